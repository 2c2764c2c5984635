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
                        new FilterOrigin(List.of(regex), List.of(), List.of(), filter, filter),
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
        "UTC, Z",
        "Z, Z",
        "+0100, +01:00",
        "-03:30, -03:30",
        "UTC+02, +02:00",
        "GMT-0800, -08:00",
        "America/New_York, America/New_York",
        "CET, +01:00",
        "NST, -03:30",
        "CET+0100, +02:00",
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
                "ignoreip = 1.2.3.0/33 | ignoreip: read '1.2.3.0/33', expected an address, a network, a host name or file:/path",
                "ignoreip = 192.0.2.256 | ignoreip: read '192.0.2.256', expected an address, a network, a host name or file:/path",
                "ignoreip = file:etc/x | ignoreip: read 'file:etc/x', expected an address, a network, a host name or file:/path",
                "logtimezone = J | logtimezone: read 'J', expected a time zone such as Europe/Berlin, CET, UTC or +0100",
                "logtimezone = +9900 | logtimezone: read '+9900', expected a time zone such as Europe/Berlin, CET, UTC or +0100",
                "usedns = maybe | usedns: read 'maybe', expected yes, warn, no or raw",
                "backend = gamma | backend: read 'gamma', expected auto, polling, pyinotify or systemd",
                "protocol = icmp | protocol: read 'icmp', expected tcp, udp or all",
                "port = 70000 | port: read '70000', expected a port such as 80, http or 1000:2000",
                "action = a[b | action: read 'b' at position 3, expected option=value",
                "maxlines = 0 | maxlines: read '0', expected a number from 1 to 10000",
                "ignorecache = max-count=1 | ignorecache: read 'max-count=1', expected key=\"...\"",
                "ignorecache = key=a,max-count=0 | ignorecache: read max-count '0', expected a number from 1 to 1000000",
                "ignorecache = key=a,max-time=x | ignorecache: read max-time 'x', expected a time such as 300 or 5m",
                "ignorecache = key=a,size=3 | ignorecache: read 'size', expected key, max-count or max-time",
                "logencoding = klingon | logencoding: read 'klingon', expected an encoding such as utf-8 or latin-1",
                "logencoding = utf-16 | logencoding: read 'utf-16', expected an encoding that has ASCII's line feed, such"
                        + " as utf-8",
                "backend = systemd[x=1] | backend: read 'x', expected journalpath, journalfiles, journalflags, namespace"
                        + " or rotated",
                "journalmatch = A='b | journalmatch: read 'A='b', expected what is quoted in it to end",
                "journalmatch = A | journalmatch: read 'A', expected FIELD=value, several of them, or + between them",
            })
    void read_whatCannotBe_leavesTheJailOutAndSaysWhy(String option, String message) {
        directory.jail(option + "\n");

        assertThat(directory.problems()).containsExactly("ERROR jail.local:5: [web] " + message);
        assertThat(directory.read().leftOut()).containsExactly("web");
    }

    @Test
    void read_misspeltOption_isSaidAndTheJailRuns() {
        directory.jail("bantme = 5\n");

        assertThat(directory.problems())
                .containsExactly("WARNING jail.local:5: [web] bantme: is no option of a jail; did you mean bantime?");
        assertThat(directory.read().jails()).hasSize(1);
    }

    @Test
    void read_whoIsNeverBanned_isWhoeverTheOptionsName() {
        Exemptions exemptions = directory.jail("""
                ignoreip = 127.0.0.1 file:/etc/bailiff/friends
                ignorecommand = /usr/bin/is-friend <ip>
                ignorecache = key="<F-USER>@<ip-host>", max-count=50, max-time=1h
                """).onlyJail().exemptions();

        assertThat(exemptions)
                .isEqualTo(new Exemptions(
                        List.of("127.0.0.1", "file:/etc/bailiff/friends"),
                        true,
                        "/usr/bin/is-friend <ip>",
                        new IgnoreCache("<F-USER>@<ip-host>", 50, Duration.ofHours(1))));
    }

    @Test
    void read_systemd_readsTheJournalAsTold() {
        directory.write("jail.local", """
                [web]
                enabled = true
                filter = test
                backend = systemd[journalfiles="/a,/b", journalflags=1]
                journalmatch = _SYSTEMD_UNIT=a.service + _COMM="b c" _UID=0
                               _COMM=d
                """);

        assertThat(directory.onlyJail().sources())
                .isEqualTo(new Sources(
                        Sources.Backend.JOURNAL,
                        List.of(),
                        List.of(List.of("_SYSTEMD_UNIT=a.service"), List.of("_COMM=b c", "_UID=0"), List.of("_COMM=d")),
                        Map.of("journalfiles", "/a,/b", "journalflags", "1"),
                        StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "journalmatch = _COMM=x, EITHER",
        "journalmatch = _COMM=x\\nsystemd_if_nologs = no, FILES",
        "journalmatch = _COMM=x\\nskip_if_nologs = yes, FILES",
        "journalmatch = _COMM=x\\nbackend = polling, FILES",
        "usedns = yes, FILES",
    })
    void read_backendAuto_mayTurnToTheJournal(String options, Sources.Backend backend) {
        assertThat(directory
                        .jail(options.replace("\\n", "\n") + "\n")
                        .onlyJail()
                        .sources()
                        .backend())
                .isEqualTo(backend);
    }

    @ParameterizedTest
    @CsvSource({
        "auto, UTF-8",
        "UTF-8, UTF-8",
        "utf_8_sig, UTF-8",
        "latin1, ISO-8859-1",
        "latin-1, ISO-8859-1",
        "iso8859-15, ISO-8859-15",
        "iso_8859_15, ISO-8859-15",
        "cp1252, windows-1252",
        "cp437, IBM437",
        "koi8_r, KOI8-R",
        "shift_jis, Shift_JIS",
        "gb18030, GB18030",
        "mac_roman, x-MacRoman",
        "ascii, US-ASCII",
    })
    void read_logencoding_isWhatPythonCallsIt(String written, String charset) {
        assertThat(directory
                        .jail("logencoding = " + written + "\n")
                        .onlyJail()
                        .sources()
                        .encoding()
                        .name())
                .isEqualTo(charset);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"mode = fast", "bantme = 5\nbantime = %(bantme)s", "chain = <known/chain>", "destemail = a@b"})
    void read_optionThatIsMaterialForOthers_isNoProblem(String options) {
        assertThat(directory.jail(options + "\n").onlyJail().name()).isEqualTo("web");
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
