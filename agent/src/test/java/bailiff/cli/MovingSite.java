package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A site whose configuration both fail2ban and Bailiff read, with a log, and a guard that observes it. */
final class MovingSite implements AutoCloseable {

    static final String JAIL = "site";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    final Path directory;
    private CompletableFuture<Run> guard = CompletableFuture.completedFuture(new Run(0, "", ""));

    MovingSite(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("etc/filter.d"));
        Files.createDirectories(directory.resolve("etc/action.d"));
        Files.writeString(
                directory.resolve("etc/filter.d/site.conf"),
                "[Definition]\nfailregex = ^\\s*Wrong password for \\S+ from <HOST>$\n");
        Files.writeString(directory.resolve("etc/fail2ban.conf"), """
                [Definition]
                loglevel = INFO
                logtarget = %1$s/fail2ban.log
                syslogsocket = auto
                socket = %1$s/fail2ban.sock
                pidfile = %1$s/fail2ban.pid
                dbfile = %1$s/fail2ban.sqlite3
                dbpurgeage = 1d
                dbmaxmatches = 10
                """.formatted(directory));
        Files.createFile(log());
        configure("");
    }

    void configure(String options) throws IOException {
        Files.writeString(directory.resolve("etc/jail.conf"), """
                [DEFAULT]
                backend = polling
                usedns = no
                maxretry = 3
                findtime = 600
                bantime = 3600
                [site]
                enabled = true
                filter = site
                logpath = %s
                %s
                """.formatted(log(), options));
    }

    Path log() {
        return directory.resolve("site.log");
    }

    Path database() {
        return directory.resolve("fail2ban.sqlite3");
    }

    void fail(String... addresses) throws IOException {
        for (String address : addresses) {
            write(TIME.format(LocalDateTime.now(ZoneId.systemDefault())) + " Wrong password for admin from " + address);
        }
    }

    void write(String line) throws IOException {
        Files.writeString(log(), line + "\n", StandardOpenOption.APPEND);
    }

    Run imported(String... options) {
        List<String> line = new ArrayList<>(List.of(
                "import",
                "-c",
                path("etc"),
                "--state",
                path("state"),
                "--db",
                database().toString()));
        line.addAll(List.of(options));
        return Run.of(line.toArray(String[]::new));
    }

    void startGuard(String... options) throws InterruptedException {
        List<String> line = new ArrayList<>(
                List.of("guard", "--observe", "-c", path("etc"), "--state", path("state"), "--run", path("run")));
        line.addAll(List.of(options));
        guard = CompletableFuture.supplyAsync(() -> Run.of(line.toArray(String[]::new)));
        await("the guard", () -> ask("ping").exit() == 0 || guard.isDone());
        assertThat(guard).as("the guard: %s", guard).isNotDone();
    }

    void stopGuard() {
        ask("stop");
        guard.join();
        Thread.setDefaultUncaughtExceptionHandler(null);
    }

    Run ask(String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of(command, "--run", path("run")));
        line.addAll(List.of(arguments));
        return Run.of(line.toArray(String[]::new));
    }

    /** The time as fail2ban writes it. */
    static String local(Instant time) {
        return TIME.format(time.atZone(ZoneId.systemDefault()));
    }

    /** The guard's bans as objects. */
    List<Map<String, Object>> bans() {
        return ask("bans", "--json").objects();
    }

    String path(String name) {
        return directory.resolve(name).toString();
    }

    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 60_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }

    @Override
    public void close() {
        stopGuard();
    }
}
