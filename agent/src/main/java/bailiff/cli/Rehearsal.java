package bailiff.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Runs what people run, once, over made-up logs: for the launcher, which has the virtual machine write down what it
 * loads, links and finds hot meanwhile, so that later starts need not find out. Changes nothing outside its directory:
 * its guard only observes.
 */
final class Rehearsal {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long LOOK_MILLIS = 20;

    private static final String FRIEND = "198.18.0.1";
    private static final String DOOR = "^<HOST> .*\"POST /(?:wp-login|xmlrpc)\\.php";

    private final Path directory;
    private final MadeUpLogs logs = new MadeUpLogs(LocalDateTime.now(ZoneOffset.UTC));

    private Rehearsal(Path directory) {
        this.directory = directory;
    }

    /**
     * Arguments: an empty directory, and a command that is to be run while the rehearsal's guard stands; none for asking
     * the guard in {@code BAILIFF_RUN} only. What all of them say matters to nobody.
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length == 0) {
            ask();
        } else {
            Rehearsal rehearsal = new Rehearsal(Path.of(arguments[0]));
            rehearsal.write();
            rehearsal.read();
            rehearsal.guard(List.of(arguments).subList(1, arguments.length));
        }
        Runtime.getRuntime().halt(0);
    }

    private static int run(String... arguments) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
        int exit = Main.run(out, err, arguments);
        out.flush();
        err.flush();
        return exit;
    }

    private static void ask() {
        run("ping");
        run("status");
        run("bans");
        run("status", "--json");
        run("bans", "--json");
        run("why", MadeUpLogs.ATTACKER);
        run("ban", FRIEND);
        run("unban", FRIEND);
        run("client", "ping");
        run("client", "status");
        run("client", "status", "wordpress");
        run("--version");
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private void read() {
        run("match", "--help");
        run("check");
        run("check", "-c", path("etc"));
        for (String log : List.of("syslog.log", "iso.log", "attack.log")) {
            run("match", "wordpress", path(log));
            run("replay", "-c", path("etc"), "--jail", "wordpress", path(log));
        }
        run("match", "wordpress", "--json", path("syslog.log"));
        run("match", DOOR, path("access.log"));
        run("replay", "-c", path("etc"), path("access.log"), path("syslog.log"));
        run("replay", path("iso.log"));
        run("regex", path("syslog.log"), "wordpress", "-c", path("etc"));
        run("analyze", path("access.log"), path("syslog.log"));
        run("client", "-t", "-c", path("etc"));
    }

    private void guard(List<String> meanwhile) throws IOException, InterruptedException {
        String socket = path("run");
        Thread guard = Thread.ofPlatform()
                .daemon()
                .start(() -> run("guard", "--observe", "-c", path("etc"), "--state", path("state"), "--run", socket));
        await(() -> run("ping", "--run", socket) == 0 || !guard.isAlive());
        for (int i = 0; i < 10; i++) {
            append("live.log", logs.failureNow());
        }
        await(() -> run("why", "--run", socket, MadeUpLogs.ATTACKER) == 0 || !guard.isAlive());
        if (!meanwhile.isEmpty()) {
            new ProcessBuilder(meanwhile).inheritIO().start().waitFor();
        }
        run("stop", "--run", socket);
        guard.join(PATIENCE);
    }

    private interface Sign {
        boolean isThere();
    }

    private static void await(Sign sign) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!sign.isThere() && System.nanoTime() < end) {
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private void append(String log, String line) throws IOException {
        Files.writeString(directory.resolve(log), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private void write() throws IOException {
        Files.createDirectories(directory.resolve("etc/filter.d"));
        Files.writeString(directory.resolve("etc/filter.d/doors.conf"), "[Definition]\nfailregex = " + DOOR + "\n");
        Files.writeString(directory.resolve("etc/jail.local"), """
                [wordpress]
                enabled  = true
                filter   = wordpress
                port     = http,https
                logpath  = %s
                maxretry = 3
                findtime = 1h
                bantime  = 10m
                [doors]
                enabled  = true
                filter   = doors
                port     = http,https
                logpath  = %s
                maxretry = 20
                """.formatted(path("live.log"), path("access.log")));
        Files.createFile(directory.resolve("live.log"));
        Files.write(directory.resolve("syslog.log"), logs.lines(MadeUpLogs.SYSLOG, 100));
        Files.write(directory.resolve("iso.log"), logs.lines(MadeUpLogs.ISO, 20));
        Files.write(directory.resolve("attack.log"), logs.lines(MadeUpLogs.SYSLOG, 1));
        Files.write(directory.resolve("access.log"), logs.access());
    }
}
