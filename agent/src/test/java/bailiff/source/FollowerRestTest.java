package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How long a follower may be left alone, and that it then looks by itself. The test stands in for the watcher. */
class FollowerRestTest extends FollowerTests {

    private static final Duration OFTEN = Duration.ofSeconds(2);
    private static final Duration SELDOM = Duration.ofMinutes(1);

    @BeforeEach
    void followALogOfOneLine() throws IOException {
        Logs.append(file("auth.log"), "one\n");
        followWatched("auth.log");
    }

    @Test
    void rest_everythingIsTold_isLong() throws IOException {
        Logs.append(file("auth.log"), "two\n");
        clock.advance(SELDOM);
        read();

        assertThat(follower.rest()).isEqualTo(SELDOM);
        assertThat(received.texts()).containsExactly("one");
    }

    @Test
    void rest_changesAreNotTold_looksEveryTwoSeconds() throws IOException {
        follower.interest().toldOf(Set.of());
        read();
        Logs.append(file("auth.log"), "two\n");
        read();

        assertThat(follower.rest()).isEqualTo(OFTEN);
        assertThat(received.texts()).containsExactly("one");

        clock.advance(follower.rest());
        read();

        assertThat(received.texts()).containsExactly("one", "two");
    }

    @Test
    void rest_aLookFindsWhatWasNotTold_looksOftenForAMinute() throws IOException {
        Logs.append(file("auth.log"), "two\n");
        read();

        assertThat(received.texts()).containsExactly("one");

        follower.interest().noticeEverything();
        read();
        Duration afterwards = follower.rest();
        Logs.append(file("auth.log"), "three\n");
        clock.advance(afterwards);
        read();

        assertThat(afterwards).isEqualTo(OFTEN);
        assertThat(received.texts()).containsExactly("one", "two", "three");

        clock.advance(SELDOM);
        read();

        assertThat(follower.rest()).isEqualTo(SELDOM);
    }

    @Test
    void rest_clockIsSetBack_looksAllTheSame() throws IOException {
        follower.interest().toldOf(Set.of());
        Logs.append(file("auth.log"), "two\n");
        clock.advance(Duration.ofHours(-1));
        read();

        assertThat(received.texts()).containsExactly("one", "two");
        assertThat(follower.rest()).isEqualTo(OFTEN);
    }

    @Test
    void rest_nobodyReadsForAWhile_isNeverZero() {
        follower.interest().toldOf(Set.of());
        clock.advance(OFTEN.plusMillis(1));

        assertThat(follower.rest()).isPositive();
    }

    @Test
    void rest_logWasRenamed_looksForLateLinesForTenMinutes() throws IOException {
        Logs.rename(file("auth.log"), file("auth.log.1"));
        Logs.append(file("auth.log"), "new\n");
        follower.interest().notice(directory, "auth.log");
        read();
        Logs.append(file("auth.log.1"), "late\n");
        Duration soon = follower.rest();
        clock.advance(soon);
        read();

        assertThat(soon).isEqualTo(OFTEN);
        assertThat(received.texts()).containsExactly("one", "new", "late");

        clock.advance(Duration.ofMinutes(11));
        read();

        assertThat(follower.rest()).isEqualTo(SELDOM);
    }

    @Test
    void rest_logCannotBeRead_triesAgainSoon() throws IOException {
        Files.createSymbolicLink(file("loop.log"), file("loop.log"));
        followWatched("loop.log");

        assertThat(follower.rest()).isEqualTo(OFTEN);
    }

    @Test
    void rest_logIsMissing_isLongForItsComingIsTold() throws IOException {
        followWatched("missing.log");

        assertThat(follower.rest()).isEqualTo(SELDOM);

        Logs.append(file("missing.log"), "two\n");
        follower.interest().notice(directory, "missing.log");
        read();

        assertThat(received.texts()).containsExactly("one", "two");
    }

    @Test
    void rest_journalctlCannotBeStarted_isAsLongAsThePauseBeforeTheNextTry() {
        JournalSource journal = new JournalSource(List.of(), Map.of(), StandardCharsets.UTF_8);
        List<String> nowhere = List.of(file("journalctl").toString());
        try (JournalFollower entries = new JournalFollower(journal, Map.of(), clock.instant(), clock, nowhere)) {
            entries.read(PLENTY, received);

            assertThat(entries.rest()).isEqualTo(Duration.ofSeconds(1));

            clock.advance(entries.rest());

            assertThat(entries.rest()).isPositive();

            entries.read(PLENTY, received);

            assertThat(entries.rest()).isEqualTo(Duration.ofSeconds(2));
        }
    }

    private void followWatched(String name) {
        follower.close();
        follow(name, LogPath.Start.HEAD);
        follower.interest().watchedBy(() -> {});
        follower.interest().toldOf(Set.of(directory));
        read();
        // What it found at the start makes it look more often for a minute.
        clock.advance(SELDOM);
        read();
    }
}
