package bailiff.demo;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.log.LogLevel;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** The demo on paper, as whoever is not root sees it. */
class DemoTest {

    private static final Pattern GUARDED = Pattern.compile("Guarding (\\S+): ");

    private final StringWriter told = new StringWriter();

    @BeforeEach
    void quiet() {
        LogLevel.set(Level.ERROR);
    }

    @AfterEach
    void loud() {
        LogLevel.set(Level.INFO);
    }

    @Test
    void run_onPaper_bansTheAttackersAndNotTheOwnerAndLeavesNothing() throws Exception {
        demo(7).run();

        assertThat(told.toString())
                .contains("On paper: the guard and its log are real, the packets are not. There is none.")
                .contains("Bans are not enforced: --observe was given.")
                .doesNotContain("in the kernel");
        assertThat(told.toString()).contains("CAMPAIGN login-").contains("tries for the first time, and is refused");
        assertThat(row("dictionary attack").bans()).isGreaterThanOrEqualTo(1);
        assertThat(row("pingback flood").bans()).isGreaterThanOrEqualTo(3);
        assertThat(row("owner who mistypes twice")).isEqualTo(new Row(1, 3, 3, 0, 0));
        // A busy machine may miss an answer of the shield, and then the attempt goes on.
        Row botnet = row("botnet, one try a wave");
        assertThat(botnet).isEqualTo(new Row(40, 80, 80 - botnet.refused(), botnet.refused(), botnet.bans()));
        assertThat(botnet.refused()).isBetween(60, 79);
        assertThat(directory()).doesNotExist();
    }

    @Test
    void run_interrupted_endsAtOnceAndLeavesNothing() throws Exception {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        CompletableFuture<Void> over = new CompletableFuture<>();
        Thread performer = Thread.ofPlatform().start(() -> {
            try {
                demo(3_600).run();
            } catch (Exception e) {
                thrown.set(e);
            }
            over.complete(null);
        });
        while (!GUARDED.matcher(told.toString()).find()) {
            Thread.sleep(10);
        }

        performer.interrupt();
        over.join();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(directory()).doesNotExist();
    }

    private Demo demo(int seconds) {
        return new Demo(new PrintWriter(told), seconds, 80, (_, _) -> new NetworkChoice(null, "There is none."));
    }

    /** A scene's numbers in the summary. */
    private record Row(int addresses, int visits, int answered, int refused, int bans) {}

    private Row row(String scene) {
        Matcher found = Pattern.compile("(?m)^" + Pattern.quote(scene) + " +(\\d+)".repeat(5) + "  ")
                .matcher(told.toString());
        assertThat(found.find()).as("row of %s in%n%s", scene, told).isTrue();
        int[] numbers = IntStream.rangeClosed(1, 5)
                .map(group -> Integer.parseInt(found.group(group)))
                .toArray();
        return new Row(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }

    private Path directory() {
        Matcher guarded = GUARDED.matcher(told.toString());
        assertThat(guarded.find()).isTrue();
        return Optional.ofNullable(Path.of(guarded.group(1)).getParent()).orElseThrow();
    }

    @Test
    void write_visits_areLoggedAsThePluginDoes() throws IOException {
        Path file = Files.createTempFile("auth", ".log");
        AuthLog log = new AuthLog(file);
        try {
            log.write(new Visit("203.0.113.9", Visit.Door.LOGIN, "admin", false, false), Outcome.ANSWERED);
            log.write(new Visit("203.0.113.9", Visit.Door.LOGIN, "admin", true, false), Outcome.REFUSED);
            log.write(new Visit("203.0.113.9", Visit.Door.PINGBACK, "victim.example", false, false), Outcome.ANSWERED);
            log.write(new Visit("203.0.113.9", Visit.Door.LOGIN, "owner", true, true), Outcome.ANSWERED);

            assertThat(Files.readAllLines(file))
                    .allMatch(line -> line.matches(
                            "\\d{4}-\\d\\d-\\d\\dT\\S+ vps wordpress\\(blog\\.example\\.test\\)\\[4711]: .*"))
                    .extracting(line -> line.replaceFirst(".*]: ", ""))
                    .containsExactly(
                            "Authentication failure for admin from 203.0.113.9",
                            "Blocked authentication attempt for admin from 203.0.113.9",
                            "Pingback error 17 generated from 203.0.113.9",
                            "Accepted password for owner from 203.0.113.9");
        } finally {
            Files.delete(file);
        }
    }
}
