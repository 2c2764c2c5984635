package bailiff.bench.kernels;

import bailiff.evidence.AddressEvidence;
import bailiff.evidence.Limits;
import bailiff.evidence.Verdict;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counting one failure of one of 50,000 addresses that take turns; each tenth of a second brings one. */
@State(Scope.Thread)
public class EvidenceKernel {

    private static final int ADDRESSES = 50_000;

    private final AddressEvidence evidence = new AddressEvidence(new Limits(3, Duration.ofHours(1), 64), 11);
    private Instant time = Instant.parse("2026-11-20T14:32:11Z");
    private int next;

    /** One failure: never the third within the hour, so the state stays as it is. */
    @Benchmark
    public Verdict record() {
        next = (next + 1) % ADDRESSES;
        time = time.plusMillis(100);
        return evidence.record(IpAddress.ofV4(0xC612_0000 + next).alone(), time, 1);
    }
}
