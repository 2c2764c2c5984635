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
        assertThat(bans("dictionary attack")).isGreaterThanOrEqualTo(1);
        assertThat(bans("pingback flood")).isGreaterThanOrEqualTo(3);
        assertThat(bans("botnet, one try each")).isZero();
        assertThat(bans("owner who mistypes twice")).isZero();
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
        return new Demo(new PrintWriter(told), seconds, 80, (_, _, _) -> new NetworkChoice(null, "There is none."));
    }

    /** The last number of the scene's row in the summary. */
    private int bans(String scene) {
        Matcher row = Pattern.compile("(?m)^" + Pattern.quote(scene) + " +\\d+ +\\d+ +\\d+ +(\\d+)  ")
                .matcher(told.toString());
        assertThat(row.find()).as("row of %s in%n%s", scene, told).isTrue();
        return Integer.parseInt(row.group(1));
    }

    private Path directory() {
        Matcher guarded = GUARDED.matcher(told.toString());
        assertThat(guarded.find()).isTrue();
        return Optional.ofNullable(Path.of(guarded.group(1)).getParent()).orElseThrow();
    }

    @Test
    void write_visits_areLoggedAsWordPressDoesAndSuccessIsNot() throws IOException {
        Path file = Files.createTempFile("auth", ".log");
        AuthLog log = new AuthLog(file);
        try {
            log.write(new Visit("203.0.113.9", Visit.Door.LOGIN, "admin", false));
            log.write(new Visit("203.0.113.9", Visit.Door.PINGBACK, "victim.example", false));
            log.write(new Visit("203.0.113.9", Visit.Door.LOGIN, "owner", true));

            assertThat(Files.readAllLines(file))
                    .hasSize(2)
                    .first()
                    .asString()
                    .matches("\\d{4}-\\d\\d-\\d\\dT\\S+ vps wordpress\\(blog\\.example\\.test\\)\\[4711]:"
                            + " Authentication failure for admin from 203\\.0\\.113\\.9");
        } finally {
            Files.delete(file);
        }
    }
}
