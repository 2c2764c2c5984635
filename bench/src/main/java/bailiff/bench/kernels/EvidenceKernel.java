package bailiff.bench.kernels;

import bailiff.evidence.AddressEvidence;
import bailiff.evidence.Counting;
import bailiff.evidence.Limits;
import bailiff.evidence.Room;
import bailiff.evidence.Verdict;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Counting one failure of one of many addresses that take turns, in no order that a processor could foresee. */
@State(Scope.Thread)
public class EvidenceKernel {

    private static final Duration FINDTIME = Duration.ofHours(1);

    /* An odd number near 2^32 divided by the golden ratio: its multiples are all numbers of 32 bits, well mixed. */
    private static final int STRIDE = 0x9E37_79B1;

    /** How many addresses take turns. */
    @Param({"100", "10000", "1000000"})
    private int addresses;

    /** How they are counted. */
    @Param({"WINDOW", "RATE"})
    private Counting counting = Counting.WINDOW;

    private AddressEvidence evidence = evidence();
    private Cidr[] sources = {};
    private Instant time = Instant.parse("2026-11-20T14:32:11Z");
    private long step;
    private int next;

    /** Each address has failed twice. */
    @Setup
    public void fill() {
        evidence = evidence();
        sources = new Cidr[addresses];
        for (int i = 0; i < addresses; i++) {
            sources[i] = IpAddress.ofV4(i * STRIDE).alone();
        }
        // Three failures within an hour, so the sixth never comes and the state stays as it is.
        step = FINDTIME.toNanos() / addresses / 3;
        for (int i = 0; i < 2 * addresses; i++) {
            record();
        }
    }

    private AddressEvidence evidence() {
        return new AddressEvidence(new Limits(6, FINDTIME, 64, counting), Room.alone(STRIDE));
    }

    /** One failure. */
    @Benchmark
    public Verdict record() {
        next = next + 1 < addresses ? next + 1 : 0;
        time = time.plusNanos(step);
        return evidence.record(sources[next], time, 1);
    }
}
