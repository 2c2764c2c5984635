package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code bailiff doctor} on a machine with a real WordPress: what it finds, and what it does not do. */
class DoctorTest {

    private static final List<String> TRIALS = List.of("xmlrpc", "login", "pingback");

    private static TrappedSite site;
    private static Machine machine;
    private static WordPress wordPress;

    @BeforeAll
    static void open() {
        site = TrappedSite.open();
        machine = site.machine();
        wordPress = site.wordPress();
    }

    @AfterAll
    static void close() {
        if (site != null) {
            site.close();
        }
    }

    @AfterEach
    void stop() {
        machine.killGuard();
        machine.configure("jail.local", "");
    }

    /** The command's exit code, and what it says of each step. */
    private record Examined(int exit, Map<String, String> states, Map<String, String> details) {

        static Examined of(Outcome outcome) {
            Map<String, String> states = new LinkedHashMap<>();
            Map<String, String> details = new LinkedHashMap<>();
            outcome.rows().forEach(row -> {
                states.put(String.valueOf(row.get("step")), String.valueOf(row.get("state")));
                details.put(String.valueOf(row.get("step")), row.get("detail") + " " + row.get("advice"));
            });
            return new Examined(outcome.exit(), states, details);
        }
    }

    private static Examined examine(String... options) {
        List<String> command = new ArrayList<>(
                List.of("doctor", "--json", "--wordpress", wordPress.site().toString()));
        command.addAll(List.of(options));
        return Examined.of(machine.bailiff(command.toArray(String[]::new)));
    }

    @Test
    void doctor_allInOrder_saysSoAndLeavesNoFailureBehind() {
        machine.startGuard();

        Examined examined = examine();

        assertThat(examined.states())
                .as("%s", examined.details())
                .containsOnlyKeys(
                        "configuration",
                        "guard",
                        "jails",
                        "logs",
                        "firewall",
                        "site",
                        "xmlrpc",
                        "login",
                        "pingback",
                        "clock",
                        "plugin",
                        "shield")
                .doesNotContainValue("failed");
        assertThat(examined.exit()).isZero();
        assertThat(TRIALS).allSatisfy(trial -> {
            assertThat(examined.states()).containsEntry(trial, "ok");
            assertThat(examined.details().get(trial)).contains(" by /var/log/auth.log, in jail wordpress");
        });
        assertThat(machine.status("wordpress")).containsEntry("failing", 0);
        assertThat(machine.banned()).isEmpty();
        assertThat(machine.bailiff("why", "127.0.0.1").out()).contains("is never banned");
    }

    @Test
    void doctor_noSyslog_tellsThatTheLinesCameByTheGuardsOwnSocket() {
        machine.startGuard();
        wordPress.stopLog();
        try {
            Examined examined = examine("--site", "http://" + Network.SITE + "/");

            assertThat(TRIALS)
                    .allSatisfy(trial -> assertThat(examined.details().get(trial))
                            .contains(" by unix:/run/bailiff/trap.sock, in jail wordpress"));
            assertThat(examined.states()).doesNotContainValue("failed");
        } finally {
            wordPress.startLog();
        }
    }

    @Test
    void doctor_noGuard_saysSoAndSendsNothing() throws IOException {
        String before = Files.readString(machine.log("auth.log").file());

        Examined examined = examine();

        assertThat(examined.exit()).isEqualTo(1);
        assertThat(examined.states())
                .containsEntry("configuration", "ok")
                .containsEntry("guard", "failed")
                .containsEntry("firewall", "not tested")
                .containsEntry("xmlrpc", "not tested")
                .containsEntry("login", "not tested");
        assertThat(machine.log("auth.log").file()).hasContent(before);
    }

    @Test
    void doctor_noPlugin_saysWhatWouldBeMissed() throws IOException {
        Path plugin = wordPress.site().resolve("wp-content/mu-plugins/bailiff.php");
        Path aside = plugin.resolveSibling("aside");
        machine.startGuard();
        Files.move(plugin, aside);
        try {
            Examined examined = examine();

            assertThat(examined.exit()).isEqualTo(1);
            assertThat(examined.states())
                    .containsEntry("site", "ok")
                    .containsEntry("plugin", "failed")
                    .containsEntry("xmlrpc", "failed")
                    .containsEntry("login", "failed")
                    .containsEntry("pingback", "failed")
                    .containsEntry("clock", "not tested");
        } finally {
            Files.move(aside, plugin);
        }
    }

    @Test
    void doctor_guardThatOnlyObserves_saysThatNobodyIsShutOut() {
        machine.startGuard("--observe");

        Examined examined = examine();

        assertThat(examined.exit()).isEqualTo(1);
        assertThat(examined.states()).containsEntry("firewall", "failed").containsEntry("xmlrpc", "ok");
    }

    @Test
    void doctor_wrongTimeZone_saysByHowMuch() {
        machine.configure(
                "jail.local",
                "[wordpress]\ndatepattern = ^%%Y-%%m-%%dT%%H:%%M:%%S\\.%%f[+]\\d\\d:\\d\\d\nlogtimezone = +0200\n");
        machine.startGuard();

        Examined examined = examine();

        assertThat(examined.details().get("clock"))
                .contains("120 minutes behind")
                .contains("logtimezone");
        assertThat(examined.states()).containsEntry("clock", "failed");
    }

    @Test
    void doctor_siteOfAnotherMachine_isRefusedBeforeAnythingIsSent() {
        machine.startGuard();

        Outcome elsewhere = machine.bailiff("doctor", "--yes", "--site", "http://" + Network.GATEWAY + "/");
        Outcome notOurs = machine.bailiff("doctor", "--site", "http://" + Network.SITE + "/", "--at", "8.8.8.8");
        Outcome nonsense = machine.bailiff("doctor", "--site", "file:///etc/passwd");

        assertThat(elsewhere.exit()).isEqualTo(2);
        assertThat(elsewhere.out()).isEmpty();
        assertThat(elsewhere.err()).contains("not this machine");
        assertThat(notOurs.exit()).isEqualTo(2);
        assertThat(nonsense.exit()).isEqualTo(2);
    }

    @Test
    void doctor_namedSiteBehindAProxy_isReachedWhereOneSays() {
        machine.startGuard();

        Examined examined = examine("--site", "http://blog.example.invalid/", "--at", "127.0.0.1");

        assertThat(examined.states()).containsEntry("site", "ok").containsEntry("xmlrpc", "ok");
    }

    @Test
    void doctor_nothingAnswersThere_saysSo() {
        machine.startGuard();

        Examined examined = examine("--site", "http://127.0.0.1:81/");

        assertThat(examined.states()).containsEntry("site", "failed").containsEntry("xmlrpc", "not tested");
        assertThat(examined.exit()).isEqualTo(1);
    }
}
