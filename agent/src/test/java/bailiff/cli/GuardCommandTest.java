package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bailiff guard --observe} and the commands that ask it. */
class GuardCommandTest {

    private static final String A = "203.0.113.9";

    @TempDir
    Path directory;

    private CompletableFuture<Run> guard = new CompletableFuture<>();

    @BeforeEach
    void start() throws Exception {
        Files.createFile(log());
        Files.createDirectory(directory.resolve("etc"));
        configure("");
        guard = CompletableFuture.supplyAsync(
                () -> Run.of("guard", "--observe", "-c", path("etc"), "--state", path("state"), "--run", path("run")));
        await("the guard", () -> ask("ping").exit() == 0 || guard.isDone());
    }

    @AfterEach
    void stop() {
        ask("stop");
        guard.join();
        Thread.setDefaultUncaughtExceptionHandler(null);
    }

    @Test
    void stop_runningGuard_endsWithZero() {
        assertThat(ask("ping")).isEqualTo(new Run(0, "pong\n", ""));

        assertThat(ask("stop").out()).isEqualTo("Stopping.\n");

        assertThat(guard.join()).isEqualTo(new Run(0, "", ""));
        assertThat(ask("ping").exit()).isOne();
    }

    @Test
    void bans_afterThreeFailures_showTheBanAndWhy() throws Exception {
        fail(A, A, A);
        await("the ban", () -> ask("bans").out().contains(A));

        assertThat(ask("bans").lines().getFirst()).matches("ADDRESS +JAIL +SINCE +UNTIL +TIMES +EVIDENCE +WHY");
        assertThat(ask("bans", "--json").objects())
                .singleElement()
                .satisfies(ban -> assertThat(ban.keySet())
                        .containsExactly("ip", "jail", "since", "until", "bancount", "failures", "evidence", "reason"));
        assertThat(ask("why", A).lines())
                .anyMatch(line -> line.startsWith(A + " is banned in wordpress"))
                .anyMatch(
                        line -> line.startsWith("    ") && line.contains("Authentication failure for admin from " + A));
    }

    @Test
    void why_hostileLine_printsNoControlCharacter() throws Exception {
        write("Authentication failure for \u001b[2J\u009b from " + A);
        await("the failure", () -> ask("why", A).out().contains("1 failure counts"));

        assertThat(ask("why", A).out()).contains("\\x1b[2J\\x9b").doesNotContain("\u001b", "\u009b");
    }

    @Test
    void why_failureOfASession_printsEachOfItsLines() throws Exception {
        Files.createDirectory(directory.resolve("etc/filter.d"));
        Files.writeString(directory.resolve("etc/filter.d/session.conf"), """
                [Definition]
                prefregex = ^<F-MLFID> vps wordpress\\(b\\)\\[\\d+\\]:</F-MLFID> <F-CONTENT>.+</F-CONTENT>$
                failregex = ^<F-NOFAIL>called</F-NOFAIL> by <HOST>$
                            ^<F-MLFFORGET>refused</F-MLFFORGET> \\S+$
                """);
        Files.writeString(
                directory.resolve("etc/jail.local"),
                "[wordpress]\nenabled = true\nfilter = session\nlogpath = " + log() + "\n");
        assertThat(ask("reload").exit()).isZero();

        write("called by " + A);
        write("refused \u009bbob");
        await("the failure", () -> ask("why", A).out().contains("1 failure counts"));

        assertThat(ask("why", A).lines().stream()
                        .dropWhile(line -> !line.contains("1 failure counts"))
                        .skip(1)
                        .limit(2))
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("    2").endsWith("called by " + A),
                        second -> assertThat(second).startsWith("      2").endsWith("refused \\x9bbob"));
    }

    @Test
    void ban_andUnban_sayWhatTheyDid() {
        assertThat(ask("ban", A, "--for", "10m", "--reason", "a \u001b[2J scanner")
                        .out())
                .matches("Banned " + A + " in manual until \\S+\\.\n");
        assertThat(ask("bans").out()).contains("a \\x1b[2J scanner").doesNotContain("\u001b");
        assertThat(ask("unban", A)).isEqualTo(new Run(0, "Unbanned " + A + " in manual.\n", ""));
        assertThat(ask("bans")).isEqualTo(new Run(0, "", "Nobody is banned.\n"));
    }

    @Test
    void ban_loopback_isRefused() {
        Run run = ask("ban", "127.0.0.1");

        assertThat(run.exit()).isOne();
        assertThat(run.err()).startsWith("bailiff: 127.0.0.1 is not banned, because");
    }

    @Test
    void status_forAPersonAndAsJson_tellTheSame() throws Exception {
        fail(A);
        await("the line", () -> ask("status").out().contains("1 failing, 1 failures found"));

        assertThat(ask("status", "wordpress").out())
                .contains("Firewall: observe only: nobody is shut out by this guard. Bans are not enforced")
                .contains("Jail wordpress: 0 banned now, 0 in all; 1 failing, 1 failures found")
                .contains(log() + ": followed, 1 lines read, 0 bytes behind.")
                .doesNotContain("Jail manual");
        Map<String, Object> status = ask("status", "--json").objects().getFirst();
        assertThat(status)
                .containsKeys("version", "pid", "since", "observe", "jails", "lag", "firewall")
                .containsEntry("pid", (int) ProcessHandle.current().pid());
    }

    @Test
    void reload_goodAndBadConfiguration_isTold() throws Exception {
        assertThat(ask("reload").out()).startsWith("Configuration read again: 1 jails.");
        configure("maxretry = many");

        Run run = ask("reload");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("Jail wordpress goes on with its old rules.", "[wordpress] maxretry");
    }

    @Test
    void guard_second_isRefused() {
        Run second = Run.of("guard", "--observe", "-c", path("etc"), "--state", path("state"), "--run", path("run"));

        assertThat(second.exit()).isOne();
        assertThat(second.err()).startsWith("bailiff: Another guard is using ");
    }

    @Test
    void guard_noJail_isWrongConfiguration() throws Exception {
        Files.writeString(directory.resolve("etc/jail.local"), "[wordpress]\nenabled = false\n");

        Run none = Run.of("guard", "--observe", "-c", path("etc"), "--state", path("other"), "--run", path("other"));

        assertThat(none.exit()).isEqualTo(2);
        assertThat(none.err()).contains("No jail of " + path("etc") + " can run.");
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    private Path log() {
        return directory.resolve("auth.log");
    }

    private void configure(String options) throws IOException {
        Files.writeString(directory.resolve("etc/jail.local"), """
                [wordpress]
                enabled = true
                filter = wordpress
                logpath = %s
                %s
                """.formatted(log(), options));
    }

    private void fail(String... addresses) throws IOException {
        for (String address : addresses) {
            write("Authentication failure for admin from " + address);
        }
    }

    private void write(String message) throws IOException {
        Files.writeString(log(), Instant.now() + " vps wordpress(b)[1]: " + message + "\n", StandardOpenOption.APPEND);
    }

    private Run ask(String command, String... arguments) {
        List<String> line = new ArrayList<>(List.of(command, "--run", path("run")));
        line.addAll(List.of(arguments));
        return Run.of(line.toArray(String[]::new));
    }

    private static void await(String what, java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(condition.getAsBoolean()).as(what).isTrue();
    }
}
