package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Ban;
import bailiff.net.Cidr;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunningBansTest {

    private static final Instant T = Instant.parse("2026-04-09T04:00:00Z");

    private final RunningBans running = new RunningBans(11);

    @Test
    void takeNext_bansOfSeveralJails_comeInTheOrderOfTheirEnds() {
        running.put(ban("web", 1, 30));
        running.put(ban("ssh", 1, 20));
        running.put(ban("web", 2, 10));
        running.put(ban("web", 3, 60));

        assertThat(running.takeNext(T.plusSeconds(30))).containsExactly(ban("web", 2, 10));
        assertThat(running.takeNext(T.plusSeconds(30))).containsExactly(ban("ssh", 1, 20));
        assertThat(running.takeNext(T.plusSeconds(30))).containsExactly(ban("web", 1, 30));
        assertThat(running.takeNext(T.plusSeconds(30))).isEmpty();
    }

    @Test
    void put_sameSubjectOfTheSameJail_takesThePlaceOfTheOneBefore() {
        assertThat(running.put(ban("web", 1, 10))).isEmpty();
        assertThat(running.put(ban("ssh", 1, 15))).isEmpty();

        assertThat(running.put(ban("web", 1, 20))).contains(ban("web", 1, 10));

        assertThat(running.takeNext(T.plusSeconds(20))).containsExactly(ban("ssh", 1, 15));
        assertThat(running.takeNext(T.plusSeconds(20))).containsExactly(ban("web", 1, 20));
        assertThat(running.takeNext(Instant.MAX)).isEmpty();
    }

    private static Ban ban(String jail, int number, long seconds) {
        Cidr subject = Cidr.parse("192.0.2." + number).orElseThrow();
        return new Ban(jail, subject, T, T.plusSeconds(seconds), 1, 0, Ban.BY_HAND, "by hand");
    }
}
