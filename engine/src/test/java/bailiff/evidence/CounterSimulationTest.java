package bailiff.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random streams of failures, counted in the tables and plainly: the verdicts are the same, word for word. */
class CounterSimulationTest {

    private static final Instant T = Instant.parse("2026-04-09T04:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "WINDOW, 1",
        "WINDOW, 2",
        "WINDOW, 3",
        "WINDOW, 5",
        "WINDOW, 6",
        "WINDOW, 8",
        "WINDOW, 9",
        "WINDOW, 12",
        "WINDOW, 40",
        "RATE, 1",
        "RATE, 3",
        "RATE, 5",
        "RATE, 40",
        "RATE_OF_BACKLOG, 5",
    })
    void record_anyStream_agreesWithPlainCounting(Counting counting, int maxretry) {
        for (long seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Limits limits = new Limits(maxretry, findtime(random), 64, counting);
            AddressEvidence subject = new AddressEvidence(limits, Room.alone(seed));
            PlainCounter model = new PlainCounter(limits);
            int sources = 1 + random.nextInt(400);
            // About one ban for every other source, whatever the limits.
            double step = 2.0 * limits.findtime().toMillis() / sources / maxretry;
            double clock = 0;
            for (int i = 0; i < 4_000; i++) {
                clock += random.nextDouble() * step;
                Cidr source = source(random, sources);
                Instant time = T.plusNanos((long) (clock * 1e6)).minusMillis(late(random));
                int attempts = random.nextInt(20) == 0 ? 1 + random.nextInt(4) : 1;

                assertThat(subject.record(source, time, attempts))
                        .as("seed %d, step %d", seed, i)
                        .isEqualTo(model.record(source, time, attempts));
                if (random.nextInt(200) == 0) {
                    Instant before = time.minus(limits.findtime());
                    subject.forgetBefore(before);
                    model.forgetBefore(before);
                }
                if (random.nextInt(200) == 0) {
                    Cidr pardoned = source.first().isV4() ? source.first().prefix(28) : source;
                    subject.forget(pardoned);
                    model.forget(pardoned);
                }
                assertThat(subject.failing()).as("seed %d, step %d", seed, i).isEqualTo(model.size());
            }
        }
    }

    private static Duration findtime(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> Duration.ofMillis(1_500);
            case 1 -> Duration.ofDays(200);
            default -> Duration.ofMinutes(10);
        };
    }

    /** Now and then a line comes late, and rarely one from the future or from long ago. */
    private static long late(SplittableRandom random) {
        return switch (random.nextInt(100)) {
            case 0 -> -random.nextLong(Duration.ofDays(300).toMillis());
            case 1 -> random.nextLong(Duration.ofDays(300).toMillis());
            case 2, 3, 4, 5, 6, 7, 8, 9 -> random.nextInt(60_000);
            default -> 0;
        };
    }

    private static Cidr source(SplittableRandom random, int sources) {
        int number = random.nextInt(sources);
        return switch (number % 5) {
            case 0 -> new IpAddress(0x20010db8L << 32 | number, 0).prefix(64);
            case 1 -> new IpAddress(0x20010db8L << 32 | number, number).alone();
            default -> IpAddress.ofV4(0xC633_6400 + number).alone();
        };
    }
}
