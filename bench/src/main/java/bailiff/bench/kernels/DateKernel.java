package bailiff.bench.kernels;

import bailiff.line.DateDetector;
import bailiff.line.DatePatternException;
import bailiff.line.DatedLine;
import java.time.Instant;
import java.time.ZoneOffset;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Finding a line's time, without being told how it is written. A detector each, for detectors learn. */
@State(Scope.Thread)
public class DateKernel {

    private static final Instant NOW = Instant.parse("2026-11-20T14:32:11Z");
    private static final String REST =
            " web1 wordpress(blog.example.org)[4711]: Authentication failure for admin from 198.51.100.23";

    private final DateDetector ofSyslog = detector();
    private final DateDetector ofIso = detector();

    private static DateDetector detector() {
        try {
            return DateDetector.of("", ZoneOffset.UTC);
        } catch (DatePatternException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code Nov 20 14:32:10}. */
    @Benchmark
    public DatedLine syslog() {
        return ofSyslog.detect("Nov 20 14:32:10" + REST, NOW);
    }

    /** {@code 2026-11-20T14:32:10.123456+00:00}. */
    @Benchmark
    public DatedLine iso() {
        return ofIso.detect("2026-11-20T14:32:10.123456+00:00" + REST, NOW);
    }
}
