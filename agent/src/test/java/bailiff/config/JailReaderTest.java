package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Bantime;
import bailiff.filter.FilterDefinition;
import bailiff.net.PortRange;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the options of a jail mean, and what is said when they mean nothing. */
class JailReaderTest {

    @TempDir
    private Path path;

    private ConfigDirectory directory = new ConfigDirectory(Path.of(""));

    @BeforeEach
    void makeDirectory() {
        directory = ConfigDirectory.withFilter(path);
    }

    @Test
    void read_jailThatSaysLittle_hasTheseDefaults() {
        JailDefinition jail = directory.jail("").onlyJail();

        Place regex = new Place(directory.path("filter.d/test.conf"), 2, "Definition", "failregex");
        Place filter = Place.ofFile(directory.path("filter.d/test.conf"));
        assertThat(jail)
                .isEqualTo(new JailDefinition(
                        "web",
                        new FilterDefinition(
                                "test", List.of("^bad <HOST>$"), List.of(), "", "", ZoneOffset.UTC, "warn"),
                        new FilterOrigin(List.of(regex), List.of(), filter, filter),
                        new Sources(
                                Sources.Backend.FILES,
                                List.of(new LogPath("/var/log/web", LogPath.Start.HEAD)),
                                List.of(),
                                Map.of(),
                                StandardCharsets.UTF_8),
                        new Limits(3, Duration.ofMinutes(10), new Bantime(Duration.ofMinutes(10)), 5, 64),
                        new Exemptions(List.of(), true),
                        List.of(),
                        List.of(new Gate("tcp", List.of()))));
    }

    @Test
    void read_everyOption_isTaken() {
        JailDefinition jail = directory.jail("""
                maxretry = 4
                findtime = 1h30m
                bantime = -1
                maxmatches = 0
                ipv6prefix = 56
                ignoreip = 127.0.0.1/8, ::1 198.51.100.0/255.255.255.0
                           office.example.org
                ignoreself = no
                logtimezone = Europe/Berlin
                ignoreregex = ^bad 192
                prefregex = ^<F-CONTENT>.+</F-CONTENT>$
                datepattern = {^LN-BEG}%%Y
                usedns = no
                logencoding = UTF-8
                backend = pyinotify
                port = ssh
                protocol = udp
                ignorecommand =
                bantime.increment = false
                """).onlyJail();

        assertThat(jail.limits()).isEqualTo(new Limits(4, Duration.ofMinutes(90), Bantime.FOR_EVER, 0, 56));
        assertThat(jail.exemptions())
                .isEqualTo(new Exemptions(
                        List.of("127.0.0.1/8", "::1", "198.51.100.0/255.255.255.0", "office.example.org"), false));
        assertThat(jail.filter().zone()).isEqualTo(ZoneId.of("Europe/Berlin"));
        assertThat(jail.filter().ignoreregex()).containsExactly("^bad 192");
        assertThat(jail.filter().prefregex()).isEqualTo("^<F-CONTENT>.+</F-CONTENT>$");
        assertThat(jail.filter().datepattern()).isEqualTo("{^LN-BEG}%Y");
        assertThat(jail.filter().usedns()).isEqualTo("no");
        assertThat(jail.gates()).containsExactly(new Gate("udp", List.of(new PortRange(22, 22))));
    }

    @Test
    void read_logpath_isOneGlobALineWithItsStart() {
        directory.write("jail.local", """
                [web]
                enabled = yes
                filter = test
                logpath = /var/log/a*.log tail
                          /var/log/b log head

                          /var/log/c
                """);

        assertThat(directory.onlyJail().sources().logs())
                .containsExactly(
                        new LogPath("/var/log/a*.log", LogPath.Start.TAIL),
                        new LogPath("/var/log/b log", LogPath.Start.HEAD),
                        new LogPath("/var/log/c", LogPath.Start.HEAD));
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, UTC",
        "Z, Z",
        "+0100, +01:00",
        "-03:30, -03:30",
        "UTC+02, +02:00",
        "GMT-0800, -08:00",
        "America/New_York, America/New_York",
    })
    void read_logtimezone_isANameOrAnOffset(String written, String zone) {
        assertThat(directory
                        .jail("logtimezone = " + written + "\n")
                        .onlyJail()
                        .filter()
                        .zone())
                .isEqualTo(ZoneId.of(zone));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "maxretry = 0 | maxretry: read '0', expected a number from 1 to 1000000",
                "maxretry = 3.5 | maxretry: read '3.5', expected a number from 1 to 1000000",
                "maxretry = 99999999999 | maxretry: read '99999999999', expected a number from 1 to 1000000",
                "maxmatches = -1 | maxmatches: read '-1', expected a number from 0 to 1000",
                "ipv6prefix = 129 | ipv6prefix: read '129', expected a number from 1 to 128",
                "ipv6prefix = 0 | ipv6prefix: read '0', expected a number from 1 to 128",
                "findtime = -1 | findtime: read '-1', expected a time such as 600, 10m or 1d 12h",
                "findtime = 0 | findtime: read '0', expected a time such as 600, 10m or 1d 12h",
                "bantime = 0 | bantime: read '0', expected a time such as 600, 10m or 1d 12h, or -1 for ever",
                "bantime = ever | bantime: read 'ever', expected a time such as 600, 10m or 1d 12h, or -1 for ever",
                "ignoreself = perhaps | ignoreself: read 'perhaps', expected true or false",
                "ignoreip = 1.2.3.0/33 | ignoreip: read '1.2.3.0/33', expected an address, a network or a host name",
                "ignoreip = 192.0.2.256 | ignoreip: read '192.0.2.256', expected an address, a network or a host name",
                "ignoreip = file:/etc/x | ignoreip: read 'file:/etc/x', expected an address, a network or a host name",
                "logtimezone = X | logtimezone: read 'X', expected a time zone such as Europe/Berlin, UTC or +0100",
                "logtimezone = +9900 | logtimezone: read '+9900', expected an offset of at most 18 hours",
                "usedns = maybe | usedns: read 'maybe', expected yes, warn, no or raw",
                "backend = gamma | backend: read 'gamma', expected auto, polling, pyinotify or systemd",
                "protocol = icmp | protocol: read 'icmp', expected tcp, udp or all",
                "port = 70000 | port: read '70000', expected a port such as 80, http or 1000:2000",
                "action = a[b | action: read 'b' at position 3, expected option=value",
                "maxlines = 5 | maxlines: read '5', expected 1: lines are not matched together yet",
                "ignorecommand = x | ignorecommand: commands are not run yet: those whom it excuses would be banned",
            })
    void read_whatCannotBe_leavesTheJailOutAndSaysWhy(String option, String message) {
        directory.jail(option + "\n");

        assertThat(directory.problems()).containsExactly("ERROR jail.local:5: [web] " + message);
        assertThat(directory.read().leftOut()).containsExactly("web");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "usedns = yes | usedns: host names in a log are never looked up nor banned: only addresses are",
                "logencoding = latin1 | logencoding: read 'latin1'; logs are read as UTF-8 all the same",
                "backend = systemd | backend: the journal is not read yet: only the files of logpath are",
                "bantme = 5 | bantme: is no option of a jail; did you mean bantime?",
            })
    void read_whatIsNotDoneYet_isSaidAndTheJailRuns(String option, String message) {
        directory.jail(option + "\n");

        assertThat(directory.problems()).containsExactly("WARNING jail.local:5: [web] " + message);
        assertThat(directory.read().jails()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mode = fast", "bantme = 5\nbantime = %(bantme)s", "chain = <known/chain>", "destemail = a@b"})
    void read_optionThatIsMaterialForOthers_isNoProblem(String options) {
        assertThat(directory.jail(options + "\n").onlyJail().name()).isEqualTo("web");
    }

    @Test
    void read_systemdWithoutLogpath_isLeftOut() {
        directory.write("jail.local", "[web]\nenabled = true\nfilter = test\nbackend = systemd\n");

        assertThat(directory.problems())
                .containsExactly(
                        "ERROR jail.local: [web] logpath: is not set, expected a file: the journal is not read yet",
                        "WARNING jail.local:4: [web] backend: the journal is not read yet: only the files of logpath"
                                + " are");
    }

    @Test
    void read_neitherFilterNorLogpath_isLeftOutForBoth() {
        directory.write("jail.local", "[web]\nenabled = true\n");

        assertThat(directory.problems())
                .containsExactly(
                        "ERROR jail.local: [web] filter: is not set, expected the name of a file in filter.d",
                        "ERROR jail.local: [web] logpath: is not set, expected the file to read");
    }

    @Test
    void read_relativeLogpath_namesItsOwnLine() {
        directory.write("jail.local", "[web]\nenabled = 1\nfilter = test\nlogpath = /var/log/a\n          b.log\n");

        assertThat(directory.problems())
                .containsExactly("ERROR jail.local:5: [web] logpath: read 'b.log', expected an absolute path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a;drop", "$(id)", "\u00e9", "x/y"})
    void read_nameThatIsNoName_isLeftOut(String name) {
        directory.write("jail.local", "[" + name + "]\nenabled = true\nfilter = test\nlogpath = /var/log/a\n");

        Configuration configuration = directory.read();

        assertThat(configuration.jails()).isEmpty();
        assertThat(configuration.problems()).hasSize(1);
        assertThat(configuration.problems().getFirst().message()).startsWith("expected a name of at most 64 letters");
    }

    @Test
    void read_controlCharacters_neverReachAMessage() {
        directory.jail("bantime = \u001b[31m\u202ered\u2028x\n");

        assertThat(directory.problems().getFirst()).contains("read '?[31m?red?x'");
    }

    @Test
    void read_argumentsOfAnAction_areThoseWritten() {
        directory.jail("action = iptables-multiport[name=web, port=\"80,443\"]\n");

        assertThat(directory.onlyJail().actions())
                .containsExactly(new ActionCall("iptables-multiport", Map.of("name", "web", "port", "80,443"), true));
    }
}
