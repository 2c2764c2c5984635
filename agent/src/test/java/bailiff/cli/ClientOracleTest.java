package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import bailiff.config.ConfigReader;
import bailiff.config.Host;
import bailiff.control.Json;
import bailiff.enforce.CommandRunner;
import bailiff.guard.Guard;
import bailiff.guard.GuardListener;
import bailiff.guard.GuardSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * fail2ban's own client against fail2ban's own server and against a guard with the same configuration and log: the same
 * Python values, the same output, the same exit codes. And {@code bailiff client} against both.
 */
class ClientOracleTest {

    private static final Path CLIENT = Path.of("/usr/bin/fail2ban-client");
    private static final Path SERVER = Path.of("/usr/bin/fail2ban-server");
    private static final String PYTHON = "/usr/bin/python3";
    private static final int FAILED = 255;
    private static final int LEAST_ALIKE = 218;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
    private static final Pattern MOMENT = Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d");

    /** What one server said to one command: the value as Python's repr writes it, and what the client printed. */
    private record Told(boolean done, String value, String out) {}

    @TempDir
    Path directory;

    private @Nullable Guard guard;
    private @Nullable Process fail2ban;

    @BeforeEach
    void start() throws Exception {
        boolean there = Files.isExecutable(CLIENT) && Files.isExecutable(SERVER);
        String why = "Needs fail2ban as the oracle (package fail2ban).";
        Needs.orSkip(there, why);
        configure();
        Files.writeString(directory.resolve("driver.py"), DRIVER);
        fail2ban = new ProcessBuilder(SERVER.toString(), "-c", path("etc"), "-f", "start")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.out").toFile())
                .start();
        guard = Guard.start(
                new GuardSettings(
                        ConfigReader.alone(
                                directory.resolve("etc"), new Host(ZoneId.systemDefault(), Path.of("/etc/services"))),
                        true,
                        false,
                        directory.resolve("state"),
                        directory.resolve("run"),
                        CommandRunner.here(),
                        InstantSource.system(),
                        "test",
                        path("f2b.log")),
                new GuardListener() {});
        guard.speakFail2ban(ours());
        await("fail2ban's server", () -> Files.exists(theirs()) && done(theirs(), "server-status"));
    }

    @AfterEach
    void stop() throws Exception {
        if (guard != null) {
            guard.close();
        }
        if (fail2ban != null) {
            fail2ban.destroy();
            fail2ban.waitFor(30, TimeUnit.SECONDS);
            fail2ban.destroyForcibly();
        }
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private Path ours() {
        return directory.resolve("ours.sock");
    }

    private Path theirs() {
        return directory.resolve("theirs.sock");
    }

    private void configure() throws IOException {
        Files.createDirectories(directory.resolve("etc/filter.d"));
        Files.createDirectories(directory.resolve("etc/action.d"));
        Files.createFile(directory.resolve("a.log"));
        Files.writeString(directory.resolve("etc/fail2ban.conf"), """
                [Definition]
                loglevel = INFO
                logtarget = %1$s/f2b.log
                syslogsocket = auto
                allowipv6 = auto
                socket = %1$s/theirs.sock
                pidfile = %1$s/f2b.pid
                dbfile = %1$s/f2b.db
                dbmaxmatches = 10
                dbpurgeage = 365d
                """.formatted(directory));
        Files.writeString(directory.resolve("etc/jail.conf"), """
                [DEFAULT]
                maxretry = 3
                findtime = 600
                bantime = 600
                backend = polling
                ignoreip = 127.0.0.0/8 ::1
                ignoreself = true
                usedns = no
                filter = wp
                logpath = %s/a.log
                action = note[port="80,443"]

                [wp]
                enabled = true

                [wp2]
                enabled = true
                maxretry = 50
                action =
                """.formatted(directory));
        Files.writeString(directory.resolve("etc/filter.d/wp.conf"), """
                [Definition]
                failregex = ^ login failed for <F-USER>\\S+</F-USER> from <ADDR>$
                ignoreregex =
                datepattern = ^%%Y-%%m-%%d %%H:%%M:%%S
                """);
        Files.writeString(directory.resolve("etc/action.d/note.conf"), """
                [Definition]
                actionstart = true
                actionstop = true
                actionban = true <ip>
                actionunban = true <ip>
                [Init]
                port = 1
                """);
    }

    private void fail(String... addresses) throws IOException {
        for (String address : addresses) {
            Files.writeString(
                    directory.resolve("a.log"),
                    LocalDateTime.now(ZoneId.systemDefault()).format(TIME) + " login failed for admin from " + address
                            + "\n",
                    StandardOpenOption.APPEND);
        }
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(100);
        }
    }

    private boolean done(Path socket, String... words) throws Exception {
        return ask(socket, List.of(List.of(words))).getFirst().done();
    }

    /** Has fail2ban's own client classes ask that socket, all in one process. */
    private List<Told> ask(Path socket, List<List<String>> commands) throws Exception {
        Process python = new ProcessBuilder(PYTHON, path("driver.py"), socket.toString())
                .redirectError(directory.resolve("driver.err").toFile())
                .start();
        try (var in = python.getOutputStream()) {
            for (List<String> command : commands) {
                in.write((Json.line(Json.of("words", command)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        List<Told> told = new ArrayList<>();
        for (String line : python.inputReader(StandardCharsets.UTF_8).lines().toList()) {
            Map<String, Object> row = Json.object(line);
            told.add(new Told(
                    Boolean.TRUE.equals(row.get("done")),
                    Objects.toString(row.get("value")),
                    Objects.toString(row.get("out"))));
        }
        assertThat(told).as(Files.readString(directory.resolve("driver.err"))).hasSameSizeAs(commands);
        return told;
    }

    private List<List<String>> commands() {
        return COMMANDS.replace("@", directory.toString())
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> ShellWords.of(line).orElseThrow())
                .toList();
    }

    private String neutral(String text) {
        return MOMENT.matcher(text).replaceAll("TIME");
    }

    private String reason(List<String> command) {
        String line = String.join(" ", command);
        return DIFFERENCES.entrySet().stream()
                .filter(entry -> line.matches(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    @Test
    void guard_everyCommandOfFail2bansClient_isAnsweredAsByFail2ban() throws Exception {
        fail("203.0.113.9", "203.0.113.10", "203.0.113.9", "203.0.113.9");
        for (Path socket : List.of(theirs(), ours())) {
            await(
                    "the ban of " + socket,
                    () -> ask(socket, List.of(List.of("status", "wp")))
                            .getFirst()
                            .value()
                            .contains("('Currently failed', 1), ('Total failed', 4)"));
            await(
                    "the ban of " + socket,
                    () -> ask(socket, List.of(List.of("banned")))
                            .getFirst()
                            .value()
                            .contains("203.0.113.9"));
        }
        List<List<String>> commands = commands();
        List<Told> theirs = ask(theirs(), commands);
        List<Told> ours = ask(ours(), commands);

        SoftAssertions all = new SoftAssertions();
        int same = 0;
        for (int i = 0; i < commands.size(); i++) {
            Told expected = theirs.get(i);
            Told actual = ours.get(i);
            boolean equal = neutral(actual.value()).equals(neutral(expected.value()))
                    && neutral(actual.out()).equals(neutral(expected.out()))
                    && actual.done() == expected.done();
            same += equal ? 1 : 0;
            if (reason(commands.get(i)).isEmpty()) {
                all.assertThat(actual.done()).as("done: %s", commands.get(i)).isEqualTo(expected.done());
                all.assertThat(neutral(actual.value()))
                        .as("value of %s", commands.get(i))
                        .isEqualTo(neutral(expected.value()));
                all.assertThat(neutral(actual.out()))
                        .as("output of %s", commands.get(i))
                        .isEqualTo(neutral(expected.out()));
            }
        }
        all.assertThat(same).as("answered alike of %s", commands.size()).isGreaterThanOrEqualTo(LEAST_ALIKE);
        all.assertAll();
    }

    /** The program itself, process by process, with its exit codes. */
    @Test
    void client_unmodifiedProgram_saysAndEndsTheSame() throws Exception {
        List<List<String>> commands = Stream.of(
                        "ping",
                        "status",
                        "status wp",
                        "status nojail",
                        "set wp banip 198.18.0.1",
                        "banned",
                        "get wp banip --with-time",
                        "set wp unbanip --report-absent 198.18.0.9",
                        "reload",
                        "reload wp",
                        "get wp maxretry",
                        "nonsense")
                .map(line -> List.of(line.split(" ")))
                .toList();
        SoftAssertions all = new SoftAssertions();
        for (List<String> command : commands) {
            Run theirs = program(theirs(), command);
            Run ours = program(ours(), command);
            List<String> arguments = new ArrayList<>(List.of("client", "-s", path("run/control.sock")));
            arguments.addAll(command);
            Run ownClient = Run.of(arguments.toArray(String[]::new));
            all.assertThat(neutral(ours.out())).as("output of %s", command).isEqualTo(neutral(theirs.out()));
            all.assertThat(ours.exit()).as("exit code of %s", command).isEqualTo(theirs.exit());
            if (!command.getFirst().equals("set") || theirs.exit() == FAILED) {
                all.assertThat(neutral(ownClient.out()))
                        .as("bailiff client %s", command)
                        .isEqualTo(neutral(theirs.out()));
            }
            all.assertThat(ownClient.exit())
                    .as("exit of bailiff client %s", command)
                    .isEqualTo(theirs.exit());
        }
        all.assertAll();
    }

    private Run program(Path socket, List<String> command) throws Exception {
        List<String> words = new ArrayList<>(List.of(CLIENT.toString(), "-c", path("etc"), "-s", socket.toString()));
        words.addAll(command);
        Process process = new ProcessBuilder(words)
                .redirectError(directory.resolve("client.err").toFile())
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, "");
    }

    /** {@code bailiff client} prints what fail2ban's client prints for the same answers. */
    @Test
    void bailiffClient_sameCommands_printsTheSame() throws Exception {
        List<List<String>> commands = commands().stream()
                .filter(words -> words.getFirst().equals("get")
                        || (words.getFirst().equals("status") && !words.contains("--all"))
                        || words.getFirst().equals("ping"))
                .toList();
        List<Told> expected = ask(ours(), commands);

        SoftAssertions all = new SoftAssertions();
        for (int i = 0; i < commands.size(); i++) {
            List<String> arguments = new ArrayList<>(List.of("client", "-s", path("run/control.sock")));
            arguments.addAll(commands.get(i));
            Run run = Run.of(arguments.toArray(String[]::new));
            all.assertThat(run.out())
                    .as("%s", commands.get(i))
                    .isEqualTo(expected.get(i).out() + "\n");
            all.assertThat(run.exit()).isEqualTo(expected.get(i).done() ? 0 : FAILED);
        }
        all.assertAll();
    }

    /** What exporters of metrics do: a pickle in the protocol of their choice, and values by their places. */
    @Test
    void guard_exporterInEveryProtocol_findsItsNumbers() throws Exception {
        Process python = new ProcessBuilder(PYTHON, "-c", EXPORTER, ours().toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("wp 0 0 0 0\nwp2 0 0 0 0\n".repeat(6));
    }

    private static final String EXPORTER = """
            import pickle, socket, sys
            END = b"<F2B_END_COMMAND>"
            def ask(words, protocol):
                with socket.socket(socket.AF_UNIX) as s:
                    s.connect(sys.argv[1])
                    s.sendall(pickle.dumps(words, protocol) + END)
                    got = b""
                    while not got.endswith(END):
                        got += s.recv(64)
                    return pickle.loads(got[:-len(END)])
            for protocol in range(6):
                for jail in ask(["status"], protocol)[1][1][1].split(", "):
                    filters, actions = ask(["status", jail], protocol)[1]
                    print(jail, *(dict(part[1][:2])[name] for part, name in (
                        (filters, "Currently failed"), (filters, "Total failed"),
                        (actions, "Currently banned"), (actions, "Total banned"))))
            """;

    private static final String DRIVER = """
            import io, json, logging, sys
            sys.path.insert(0, "/usr/lib/python3/dist-packages")
            from fail2ban.client.csocket import CSocket
            from fail2ban.client.beautifier import Beautifier
            logging.disable(logging.CRITICAL)
            client = CSocket(sys.argv[1])
            beautifier = Beautifier()
            for line in sys.stdin:
                words = json.loads(line)["words"]
                beautifier.setInputCmd(words)
                answer = client.send(words)
                if isinstance(answer, str):
                    row = {"done": False, "value": answer, "out": answer}
                elif answer[0] == 0:
                    row = {"done": True, "value": repr(answer[1]), "out": str(beautifier.beautify(answer[1]))}
                else:
                    row = {"done": False, "value": repr(answer[1]), "out": str(beautifier.beautifyError(answer[1]))}
                print(json.dumps(row), flush=True)
            """;

    /** Where Bailiff means to answer otherwise: a pattern of commands, and why. */
    private static final Map<String, String> DIFFERENCES = Map.ofEntries(
            Map.entry("version", "the commands are those of a newer release than Debian's"),
            Map.entry("status --all.*|stats|statistics", "Debian's release does not have it"),
            Map.entry("[gs]et wp \\w*failregex.*", "expressions are told as they were written"),
            Map.entry("[gs]et dbfile.*", "the ledger is another file in another format"),
            Map.entry("set wp (findtime|bantime) abc", "the error says what was expected"),
            Map.entry("set wp bantime\\.(formula|multipliers|maxtime) bad", "the error says what was expected"),
            Map.entry("set wp bantime\\.overalljails true", "a switch is a truth value, not its text"),
            Map.entry("set wp action note start", "an action's methods are not called by hand"),
            Map.entry("set wp addaction py .*", "no Python actions"),
            Map.entry("set wp banip (127.0.0.1|foo)", "who must never be banned is not, and what is no address"),
            Map.entry("add (new|wp).*", "no jail is made by hand"),
            Map.entry("set wp attempt", "the error says what was expected"));

    private static final String COMMANDS = """
            ping
            ping 1
            version
            status
            status wp
            status wp short
            status wp basic
            status wp nonsense
            status wp cymru
            status wp a b
            status nojail
            status --all
            stats
            banned
            banned 203.0.113.9
            banned 203.0.113.9 198.18.0.2
            get wp banned
            get wp banned 203.0.113.9
            get wp banned 203.0.113.9 198.18.0.2
            get loglevel
            get logtarget
            get syslogsocket
            get thread
            get dbfile
            get dbmaxmatches
            get dbpurgeage
            get allowipv6
            get wp logpath
            get wp logencoding
            get wp journalmatch
            get wp ignoreself
            get wp ignoreip
            get wp ignorecommand
            get wp ignorecache
            get wp prefregex
            get wp failregex
            get wp ignoreregex
            get wp usedns
            get wp findtime
            get wp datepattern
            get wp logtimezone
            get wp maxmatches
            get wp maxretry
            get wp maxlines
            get wp bantime
            get wp banip
            get wp banip ,
            get wp banip --with-time
            get wp bantime.increment
            get wp actions
            get wp2 actions
            get wp action note actionban
            get wp action note actionstart
            get wp action note actioncheck
            get wp action note timeout
            get wp action note port
            get wp action note nothing
            get wp action nothing port
            get wp action note
            get wp actionproperties note
            get wp actionmethods note
            get wp idle
            get wp
            get
            get nojail
            get nojail bantime
            get wp foo
            set
            set wp
            set wp foo 1
            set nojail foo 1
            set nojail bantime 1
            set wp idle on
            set wp idle off
            set wp idle x
            set wp ignoreself false
            set wp ignoreself true
            set wp addignoreip 198.51.100.0/24 198.51.100.0/25
            set wp delignoreip 198.51.100.0/25
            set wp delignoreip 198.51.100.77
            set wp delignoreip 198.51.100.0/24
            set wp ignorecommand /bin/true
            get wp ignorecommand
            set wp ignorecommand ""
            set wp ignorecache 'key="<ip>",max-count=10,max-time=1m'
            set wp ignorecache ''
            set wp addlogpath @/nothing.log tail
            set wp addlogpath @/a.log
            set wp addlogpath @/driver.py tail
            set wp addlogpath @/driver.py foo
            set wp addlogpath @/driver.py tail x
            get wp logpath
            set wp dellogpath @/driver.py
            set wp dellogpath @/zz
            set wp logencoding auto
            set wp logencoding latin1
            set wp logencoding nosuch
            set wp logencoding utf-8
            set wp addjournalmatch A=b
            set wp deljournalmatch A=b
            set wp prefregex ^x
            set wp prefregex ""
            set wp addfailregex "^ bad <HOST>$"
            set wp addfailregex "^ bad $"
            set wp addfailregex "^ bad ( <HOST>$"
            set wp delfailregex 1
            set wp delfailregex 7
            set wp delfailregex x
            set wp addignoreregex "^ good"
            set wp delignoreregex 0
            set wp usedns foo
            set wp usedns no
            set wp findtime 2h
            set wp findtime abc
            set wp findtime 600
            set wp datepattern "^%Y-%m-%d"
            set wp datepattern "^%Y-%m-%d %H:%M:%S"
            set wp logtimezone UTC+0100
            get wp logtimezone
            set wp logtimezone foo/bar
            set wp maxmatches 7
            set wp maxmatches x
            set wp maxretry 4
            get wp maxretry
            set wp maxretry x
            set wp maxretry 3
            set wp maxlines 2
            set wp maxlines 0
            set wp maxlines 1
            set wp bantime 2h
            set wp bantime -1
            set wp bantime 600
            set wp bantime 1h30
            set wp bantime 600
            get wp bantime.formula
            get wp bantime.maxtime
            get wp bantime.nonsense
            set wp bantime.increment true
            get wp bantime.increment
            set wp bantime.factor 2
            get wp bantime.factor
            set wp bantime.formula "ban.Time * (ban.Count + 1) * banFactor"
            get wp bantime.formula
            set wp bantime.formula bad
            set wp bantime.formula ""
            get wp bantime.formula
            set wp bantime.multipliers "1 2 4 8"
            set wp bantime.multipliers bad
            set wp bantime.multipliers ""
            set wp bantime.maxtime 5w
            get wp bantime.maxtime
            set wp bantime.maxtime bad
            set wp bantime.maxtime 2h
            get wp bantime.maxtime
            set wp bantime.rndtime 10m
            set wp bantime.rndtime ""
            get wp bantime.rndtime
            set wp bantime.overalljails true
            set wp bantime.overalljails ""
            get wp bantime.overalljails
            set wp bantime.factor ""
            set wp bantime.increment false
            set wp banip 198.18.0.1
            set wp banip 198.18.0.1
            set wp banip 198.18.0.2 198.18.0.3 2001:db8::1
            set wp banip 198.51.100.0/24
            get wp banned 198.18.0.1
            get wp banned 198.18.0.1 9.9.9.9
            banned 198.18.0.1 9.9.9.9
            get wp banip
            get wp banip --with-time
            status wp
            set wp unbanip 198.18.0.1
            set wp unbanip 198.18.0.1
            set wp unbanip --report-absent 198.18.0.1
            set wp unbanip --report-absent 198.18.0.1 198.18.0.2 5.5.5.5
            set wp unbanip 198.18.0.0/24
            set wp unbanip nonsense
            unban 2001:db8::1
            unban --all
            unban
            banned
            set wp attempt 198.18.0.9
            set wp attempt 198.18.0.9 one two
            set wp attempt
            sleep 3
            get wp banip
            unban 198.18.0.9
            set wp addaction other
            set wp addaction other
            set wp addaction py some.py "{}"
            set wp action other actionban "true"
            set wp action other actionban
            set wp action other foo bar
            set wp action other timeout 5
            get wp action other timeout
            get wp action other actionban
            set wp delaction other
            set wp delaction other
            set wp action note timeout 10
            set wp action note start
            get wp actions
            set loglevel DEBUG
            get loglevel
            set loglevel 20
            set loglevel FOO
            set loglevel INFO
            set logtarget /nonexistent/x
            get logtarget
            set logtarget @/other.log
            get logtarget
            set logtarget STDERR
            flushlogs
            set logtarget @/f2b.log
            flushlogs
            set syslogsocket auto
            set allowipv6 auto
            echo a b
            echo
            server-status
            sleep 0.1
            sleep x
            sleep
            flushlogs
            add wp
            add --all
            start wp
            start nojail
            stop nojail
            config-error x
            help
            foo
            stop wp2
            status
            status wp2
            banned
            set wp banip 127.0.0.1
            set wp banip foo
            """;
}
