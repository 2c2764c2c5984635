package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as scripts use them: what they print, and their exit codes. Takes no root. */
class CommandsTest {

    private static final String ATTACKER = "203.0.113.9";
    private static final String BYSTANDER = "198.51.100.7";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    private static final List<String> USED_WRONGLY = List.of(
            "why",
            "why nonsense",
            "ban",
            "ban nonsense",
            "ban 192.0.2.300",
            "ban 192.0.2.1/33",
            "ban 192.0.2.7 --for soon",
            "ban 192.0.2.7 --for 0",
            "unban",
            "unban nonsense",
            "unban --all 192.0.2.7",
            "status --nonsense",
            "nonsense",
            "demo --seconds 1");

    @AutoClose
    private final Machine machine = Machine.onPaper();

    private final AuthLog log = machine.log("auth.log");

    private void configure(String... options) {
        String jail = Recipe.DEBIAN_JAIL.replace("/var/log/auth.log", log.file().toString());
        machine.configure("filter.d/wordpress.conf", Recipe.FILTER);
        machine.configure("jail.local", jail + String.join("\n", options) + "\n");
    }

    private void guard() {
        configure();
        machine.startGuard("--observe");
    }

    private void guardAndBan() {
        guard();
        log.failures(ATTACKER, 3);
        machine.awaitBanned(ATTACKER);
    }

    @ParameterizedTest
    @CsvSource({"ping", "status", "bans", "reload", "stop", "why 192.0.2.7", "ban 192.0.2.7", "unban --all"})
    void anyQuestion_noGuard_isOneLineAndExitOne(String command) {
        Outcome outcome = machine.bailiff(command.split(" "));

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).singleElement().asString().contains("Bailiff is not running");
    }

    @Test
    void anyCommand_usedWrongly_saysSoAndExitsTwo() {
        guard();

        SoftAssertions softly = new SoftAssertions();
        for (String command : USED_WRONGLY) {
            Outcome outcome = machine.bailiff(command.split(" "));
            softly.assertThat(outcome.exit()).as(command).isEqualTo(2);
            softly.assertThat(outcome.out()).as(command).isEmpty();
            softly.assertThat(outcome.err()).as(command).isNotBlank();
        }

        softly.assertAll();
    }

    @Test
    void ping_guardRuns_isAnswered() {
        guard();

        assertThat(machine.bailiff("ping").good().out()).isEqualTo("pong\n");
    }

    @Test
    void status_afterABan_hasTheKeysOfTheContract() {
        guardAndBan();

        Map<String, Object> status = machine.bailiff("status", "--json").good().row();

        assertThat(status).containsKeys("version", "pid", "since", "observe", "jails", "lag", "firewall");
        assertThat(status).containsEntry("observe", true).containsEntry("pid", (int) machine.guardPid());
        assertThat(String.valueOf(status.get("since"))).matches(TIME);
        assertThat(status.get("lag")).isEqualTo(Map.of("bytes", 0, "seconds", 0));
        assertThat(status.get("firewall"))
                .asInstanceOf(MAP)
                .containsEntry("backend", "observe")
                .containsEntry("verified", false);
        assertThat(machine.status("wordpress"))
                .containsEntry("name", "wordpress")
                .containsEntry("found", 3)
                .containsEntry("failing", 0)
                .containsEntry("banned", 1)
                .containsEntry("totalBanned", 1)
                .containsEntry("problems", List.of())
                .containsKey("sources");
    }

    @Test
    void status_observing_saysThatNobodyIsShutOut() {
        guard();

        assertThat(machine.bailiff("status").good().out()).contains("nobody is shut out");
    }

    @Test
    void status_unknownJail_exitsOne() {
        guard();

        Outcome outcome = machine.bailiff("status", "sshd");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.err()).contains("no jail 'sshd'", "wordpress");
    }

    @Test
    void bans_json_hasExactlyTheKeysOfTheContract() {
        guardAndBan();

        Map<String, Object> ban = machine.bailiff("bans", "--json").good().row();

        assertThat(ban).containsOnlyKeys("ip", "jail", "since", "until", "bancount", "failures", "evidence", "reason");
        assertThat(ban)
                .containsEntry("ip", ATTACKER)
                .containsEntry("jail", "wordpress")
                .containsEntry("bancount", 1)
                .containsEntry("failures", 3)
                .containsEntry("evidence", "address");
        assertThat(String.valueOf(ban.get("since"))).matches(TIME);
        assertThat(String.valueOf(ban.get("until"))).matches(TIME);
    }

    @Test
    void bans_nobodyBanned_printsNothingForScripts() {
        guard();

        assertThat(machine.bailiff("bans", "--json").good().out()).isEmpty();
        assertThat(machine.bailiff("bans").good()).isEqualTo(new Outcome(0, "", "Nobody is banned.\n"));
    }

    @Test
    void ban_addressesAndNetworks_areListedWithTheirReasonAndEnd() {
        guard();

        machine.bailiff(
                        "ban",
                        ATTACKER,
                        "198.51.100.0/28",
                        "2001:db8:bad::/48",
                        "--for",
                        "-1",
                        "--reason",
                        "told me so")
                .good();

        List<Map<String, Object>> bans =
                machine.bailiff("bans", "--json").good().rows();
        assertThat(bans)
                .extracting(ban -> ban.get("ip"))
                .containsExactlyInAnyOrder(ATTACKER, "198.51.100.0/28", "2001:db8:bad::/48");
        assertThat(bans)
                .allSatisfy(ban -> assertThat(ban)
                        .containsEntry("jail", "manual")
                        .containsEntry("until", -1)
                        .containsEntry("reason", "told me so")
                        .containsEntry("failures", 0));
        assertThat(machine.bailiff("bans", "--jail", "wordpress", "--json")
                        .good()
                        .out())
                .isEmpty();
    }

    @Test
    void ban_forATimeInAJail_endsByItself() {
        guard();

        machine.bailiff("ban", ATTACKER, "--for", "2s", "--jail", "wordpress").good();
        List<String> first = machine.banned();

        machine.awaitBanned();
        assertThat(first).containsExactly(ATTACKER);
        assertThat(machine.bailiff("why", ATTACKER).good().out()).contains("was banned in wordpress", "ended at");
    }

    @Test
    void ban_unknownJail_exitsOneAndBansNobody() {
        guard();

        Outcome outcome = machine.bailiff("ban", ATTACKER, "--jail", "sshd");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(machine.banned()).isEmpty();
    }

    @Test
    void unban_oneAddress_leavesTheOthersAndForgivesItsFailures() {
        guardAndBan();
        machine.bailiff("ban", BYSTANDER, "--jail", "wordpress").good();

        Outcome outcome = machine.bailiff("unban", ATTACKER).good();
        log.failures(ATTACKER, 2);
        machine.awaitStatus("wordpress", "found", 5);

        assertThat(outcome.out()).isEqualTo("Unbanned " + ATTACKER + " in wordpress.\n");
        assertThat(machine.banned()).containsExactly(BYSTANDER);
        assertThat(machine.bailiff("why", ATTACKER).good().out()).contains("lifted at", "bailiff unban");
    }

    @Test
    void unban_all_endsEveryBan() {
        guardAndBan();
        machine.bailiff("ban", BYSTANDER, "198.51.100.0/28").good();

        machine.bailiff("unban", "--all").good();

        assertThat(machine.banned()).isEmpty();
        assertThat(machine.bailiff("unban", "--all").good().out()).isEqualTo("Nobody is banned.\n");
    }

    @Test
    void unban_network_endsTheBansInIt() {
        guardAndBan();

        machine.bailiff("unban", "203.0.113.0/24").good();

        assertThat(machine.banned()).isEmpty();
    }

    @Test
    void unban_somebodyWhoIsNotBanned_saysSo() {
        guard();

        assertThat(machine.bailiff("unban", ATTACKER).good().out()).isEqualTo(ATTACKER + " is not banned.\n");
    }

    @Test
    void why_bannedAddress_showsTheLinesThatLedToIt() {
        guardAndBan();

        Map<String, Object> why =
                machine.bailiff("why", ATTACKER, "--json").good().row();

        assertThat(why)
                .containsEntry("banned", true)
                .containsEntry("ip", ATTACKER)
                .containsEntry("failures", 3);
        assertThat(why.get("lines"))
                .asInstanceOf(LIST)
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(line).asString().endsWith("Authentication failure for admin from " + ATTACKER));
        assertThat(machine.bailiff("why", ATTACKER).good().out())
                .contains(ATTACKER + " is banned in wordpress")
                .contains("    20");
    }

    @Test
    void why_addressWithFailuresButNoBan_showsWhatCounts() {
        guard();
        log.failures(ATTACKER, 2);
        machine.awaitStatus("wordpress", "found", 2);

        Outcome why = machine.bailiff("why", ATTACKER).good();

        assertThat(why.out()).contains(ATTACKER + " is not banned.", "2 failures count against it in wordpress");
    }

    @ParameterizedTest
    @CsvSource({"198.51.100.7, is not banned", "127.0.0.1, is never banned", "2001:db8::7, is not banned"})
    void why_addressWithoutABan_saysSo(String address, String answer) {
        guard();

        assertThat(machine.bailiff("why", address).good().out()).contains(address, answer);
        assertThat(machine.bailiff("why", address, "--json").good().row()).containsEntry("banned", false);
    }

    @Test
    void reload_jailUnchanged_keepsItsCounters() {
        guard();
        log.failures(ATTACKER, 2);
        machine.awaitStatus("wordpress", "found", 2);

        machine.bailiff("reload").good();
        boolean kept = Integer.valueOf(1).equals(machine.status("wordpress").get("failing"));
        log.failures(ATTACKER, 1);

        machine.awaitBanned(ATTACKER);
        assertThat(kept).isTrue();
    }

    @Test
    void reload_jailChanged_keepsItsFailuresAndBansUnderTheNewLimit() {
        guardAndBan();
        log.failures(BYSTANDER, 2);
        machine.awaitStatus("wordpress", "found", 5);

        configure("maxretry = 5");
        machine.bailiff("reload").good();
        log.failures(BYSTANDER, 2);
        machine.awaitStatus("wordpress", "found", 2);
        List<String> afterFour = machine.banned();
        log.failures(BYSTANDER, 1);

        machine.awaitBanned(ATTACKER, BYSTANDER);
        assertThat(afterFour).containsExactly(ATTACKER);
    }

    @Test
    void reload_brokenConfiguration_namesThePlaceExitsTwoAndChangesNothing() {
        guardAndBan();

        configure("maxretry = many");
        Outcome outcome = machine.bailiff("reload");
        log.failures(BYSTANDER, 3);

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("jail.local:8", "[wordpress]", "maxretry", "'many'");
        machine.awaitBanned(ATTACKER, BYSTANDER);
    }

    @Test
    void reload_jailSwitchedOff_isGoneWithItsBansUntilItReturns() {
        guardAndBan();

        machine.configure(
                "jail.d/more.local",
                "[other]\nenabled = true\nfilter = wordpress\nlogpath = " + log.file() + ".other\n");
        machine.configure("jail.d/off.local", "[wordpress]\nenabled = false\n");
        machine.bailiff("reload").good();
        List<String> without = machine.banned();
        machine.configure("jail.d/off.local", "");
        machine.bailiff("reload").good();

        assertThat(without).isEmpty();
        assertThat(machine.banned()).containsExactly(ATTACKER);
    }

    @Test
    void check_severalMistakes_listsThemAllWithFileAndLine() {
        configure("maxretry = many", "findtime = soon");

        Outcome check = machine.bailiff("check", "-c", etc());

        assertThat(check.exit()).isEqualTo(2);
        assertThat(check.out()).contains("jail.local:8", "maxretry", "jail.local:9", "findtime");
    }

    @Test
    void match_json_hasTheKeysOfTheContractAndASummary() {
        configure();
        log.failures(ATTACKER, 1);
        log.message("Accepted password for owner from " + BYSTANDER);

        Outcome match =
                machine.bailiff("match", "-c", etc(), "wordpress", log.file().toString(), "--json");

        List<Map<String, Object>> rows = match.good().rows();
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst())
                .containsOnlyKeys(
                        "file",
                        "line",
                        "matched",
                        "ignored",
                        "time",
                        "ip",
                        "host",
                        "user",
                        "regex",
                        "kind",
                        "attempts",
                        "groups")
                .containsEntry("line", 1)
                .containsEntry("matched", true)
                .containsEntry("ip", ATTACKER)
                .containsEntry("regex", 0);
        assertThat(rows.getLast())
                .containsExactly(Map.entry("summary", Map.of("lines", 2, "matched", 1, "ignored", 0, "missed", 1)));
    }

    @Test
    void replay_json_hasTheKeysOfTheContractAndASummary() {
        configure();
        log.failures(ATTACKER, 4);
        log.failures(BYSTANDER, 2);

        Outcome replay = machine.bailiff("replay", "-c", etc(), log.file().toString(), "--json");

        List<Map<String, Object>> rows = replay.good().rows();
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst())
                .containsOnlyKeys(
                        "event", "time", "ip", "jail", "bantime", "bancount", "failures", "evidence", "reason")
                .containsEntry("event", "ban")
                .containsEntry("ip", ATTACKER)
                .containsEntry("bantime", 86_400)
                .containsEntry("failures", 3);
        assertThat(rows.getLast().get("summary"))
                .asInstanceOf(MAP)
                .containsEntry("bans", 1)
                .containsEntry("addresses", 2);
    }

    private String etc() {
        return machine.folder().path().resolve("etc").toString();
    }

    @Test
    void guard_brokenConfiguration_doesNotStart() {
        configure("maxretry = many");

        Outcome outcome = machine.guardInVain("--observe");

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err()).contains("jail.local:8", "maxretry");
    }

    @Test
    void guard_secondOnTheSameState_isRefused() {
        guard();

        Outcome second = machine.guardInVain("--observe");

        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.err()).contains("Another guard is using");
        assertThat(machine.bailiff("ping").exit()).isZero();
    }

    @Test
    void stop_guardRuns_endsItInOrder() {
        guardAndBan();

        Outcome stop = machine.bailiff("stop");

        assertThat(stop).isEqualTo(new Outcome(0, "Stopping.\n", ""));
        assertThat(machine.guardExit()).isZero();
        assertThat(machine.bailiff("ping").exit()).isEqualTo(1);
    }

    @Test
    void guard_terminated_endsInOrder() {
        guardAndBan();

        ProcessHandle.of(machine.guardPid()).ifPresent(ProcessHandle::destroy);

        assertThat(machine.guardExit()).isIn(0, 143);
        machine.startGuard("--observe");
        assertThat(machine.banned()).containsExactly(ATTACKER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "demo", "guard", "status", "bans", "ban", "unban", "why", "reload", "stop", "ping", "check",
                "match", "replay"
            })
    void help_anyCommand_isPrintedAndExitsZero(String command) {
        Outcome help = command.isEmpty() ? machine.bailiff("--help") : machine.bailiff(command, "--help");

        assertThat(help.good().out()).startsWith(("Usage: bailiff " + command).strip());
        assertThat(help.err()).isEmpty();
    }
}
