package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import bailiff.config.ConfigReader;
import bailiff.config.Host;
import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.enforce.CommandRunner;
import bailiff.guard.Guard;
import bailiff.guard.GuardListener;
import bailiff.guard.GuardSettings;
import java.io.IOException;
import java.io.InputStream;
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

/** fail2ban's server and a guard, with the same configuration and log, and fail2ban's client classes to ask either. */
final class BothServers implements AutoCloseable {

    /** fail2ban's own client. */
    static final Path CLIENT = Path.of("/usr/bin/fail2ban-client");

    private static final Path SERVER = Path.of("/usr/bin/fail2ban-server");
    private static final String PYTHON = "/usr/bin/python3";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** What one server said to one command: the value as Python's repr writes it, and what the client printed. */
    record Told(boolean done, String value, String out) {}

    private final Path directory;
    private final Process fail2ban;
    private final Guard guard;

    /** Starts both; where fail2ban is missing the test is skipped, but fails under CI. */
    BothServers(Path directory) throws IOException, ControlException {
        boolean there = Files.isExecutable(CLIENT) && Files.isExecutable(SERVER);
        Needs.orSkip(there, "Needs fail2ban as the oracle (package fail2ban).");
        this.directory = directory;
        configure();
        Files.writeString(directory.resolve("driver.py"), resource("client_driver.py"));
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
        fail2ban = new ProcessBuilder(SERVER.toString(), "-c", path("etc"), "-f", "start")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("server.out").toFile())
                .start();
    }

    /** Waits until fail2ban answers, too. */
    void awaitBoth() throws Exception {
        await("fail2ban's server", () -> Files.exists(theirs()) && isReady(theirs()));
    }

    @Override
    public void close() {
        guard.close();
        fail2ban.destroy();
        try {
            fail2ban.waitFor(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        fail2ban.destroyForcibly();
    }

    /** A file that belongs to this test. */
    static String resource(String name) throws IOException {
        try (InputStream in = BothServers.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A file of the directory. */
    String path(String name) {
        return directory.resolve(name).toString();
    }

    /** The socket of the guard. */
    Path ours() {
        return directory.resolve("ours.sock");
    }

    /** The socket of fail2ban. */
    Path theirs() {
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

    /** Log-ins that fail now. */
    void fail(String... addresses) throws IOException {
        for (String address : addresses) {
            Files.writeString(
                    directory.resolve("a.log"),
                    LocalDateTime.now(ZoneId.systemDefault()).format(TIME) + " login failed for admin from " + address
                            + "\n",
                    StandardOpenOption.APPEND);
        }
    }

    /** What is waited for. */
    interface Condition {
        boolean holds() throws Exception;
    }

    /** Waits until it is so; a minute at most. */
    static void await(String what, Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as(what).isLessThan(end);
            Thread.sleep(100);
        }
    }

    private boolean isReady(Path socket) throws Exception {
        return ask(socket, List.of(List.of("server-status"))).getFirst().done();
    }

    /** Has fail2ban's own client classes ask that socket, all in one process. */
    List<Told> ask(Path socket, List<List<String>> commands) throws Exception {
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
}
