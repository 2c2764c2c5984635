package bailiff.bench.kernels;

import bailiff.line.DateDetector;
import bailiff.line.DatePatternException;
import bailiff.line.DatedLine;
import java.time.Instant;
import java.time.ZoneOffset;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Finding a line's time. A detector each, for detectors learn; each second has a few lines, as in a busy log. */
@State(Scope.Thread)
public class DateKernel {

    private static final Instant NOW = Instant.parse("2026-11-20T14:32:11Z");
    private static final String REST =
            " web1 wordpress(blog.example.org)[4711]: Authentication failure for admin from 198.51.100.23";
    private static final String REQUEST = "+0100] \"POST /xmlrpc.php HTTP/1.1\" 200 403 \"-\" \"Mozilla/5.0\"";
    private static final int LINES = 1024;
    private static final int LINES_A_SECOND = 17;

    private final DateDetector ofSyslog = detector("");
    private final DateDetector ofIso = detector("");
    private final DateDetector ofAccess = detector("");
    private final DateDetector ofPattern = detector("^[^\\[]*\\[({DATE})");
    private final DateDetector ofUndated = detector("");
    private final String[] syslog = new String[LINES];
    private final String[] iso = new String[LINES];
    private final String[] access = new String[LINES];
    private int next;

    /** Makes the lines, whose seconds and fractions go on. */
    public DateKernel() {
        for (int i = 0; i < LINES; i++) {
            String time = "%02d:%02d".formatted(i / LINES_A_SECOND / 60, i / LINES_A_SECOND % 60);
            syslog[i] = "Nov 20 14:" + time + REST;
            iso[i] = "2026-11-20T14:%s.%06d+00:00".formatted(time, i * 977) + REST;
            access[i] = "198.51.100.%d - - [20/Nov/2026:14:%s %s".formatted(i % 256, time, REQUEST);
        }
    }

    private static DateDetector detector(String datepattern) {
        try {
            return DateDetector.of(datepattern, ZoneOffset.UTC);
        } catch (DatePatternException e) {
            throw new IllegalStateException(e);
        }
    }

    private String line(String[] lines) {
        next = (next + 1) % LINES;
        return lines[next];
    }

    /** {@code Nov 20 14:32:10}. */
    @Benchmark
    public DatedLine syslog() {
        return ofSyslog.detect(line(syslog), NOW);
    }

    /** {@code 2026-11-20T14:32:10.123456+00:00}. */
    @Benchmark
    public DatedLine iso() {
        return ofIso.detect(line(iso), NOW);
    }

    /** {@code 198.51.100.7 - - [20/Nov/2026:14:32:10 +0100]}. */
    @Benchmark
    public DatedLine access() {
        return ofAccess.detect(line(access), NOW);
    }

    /** The same by the datepattern that fail2ban's filters for web servers have. */
    @Benchmark
    public DatedLine accessByPattern() {
        return ofPattern.detect(line(access), NOW);
    }

    /** A line without a time. */
    @Benchmark
    public DatedLine undated() {
        return ofUndated.detect(REST, NOW);
    }
}
