package bailiff.bench.kernels;

import bailiff.filter.Filter;
import bailiff.filter.FilterDefinition;
import bailiff.filter.Outcome;
import bailiff.filter.RegexException;
import bailiff.line.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One line through the WordPress recipe's filter: one that blames, and one that the prefilter turns away. */
@State(Scope.Thread)
public class FilterKernel {

    private static final Instant NOW = Instant.parse("2026-11-20T14:32:11Z");

    /** What stands before the message in a line of syslog, once the time is cut out. */
    private static final String PREFIX = "\\s*(?:<\\d{1,3}>\\d{0,2}\\s*)?(?:\\S+\\s+)?wordpress(?:[(\\[]\\S*)?:?\\s+";

    private final Filter filter = filter();
    private final byte[] blaming = bytes("Nov 20 14:32:10 web1 wordpress(blog.example.org)[4711]:"
            + " Authentication failure for admin from 198.51.100.23");
    private final byte[] other = bytes("Nov 20 14:32:10 web1 sshd[4712]:"
            + " Accepted publickey for editor from 198.51.100.23 port 50022 ssh2: ED25519");

    private static Filter filter() {
        List<String> failregex = List.of(
                "^" + PREFIX + "Authentication failure for .* from <HOST>$",
                "^" + PREFIX + "Pingback error .* generated from <HOST>$");
        try {
            return Filter.compile(
                    new FilterDefinition("wordpress", failregex, List.of(), "", "", ZoneOffset.UTC, "no"));
        } catch (RegexException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String line) {
        return line.getBytes(StandardCharsets.US_ASCII);
    }

    /** A failed login: time, prefix, address. */
    @Benchmark
    public Outcome matchingLine() {
        return filter.apply(LogLine.of(blaming, 0, blaming.length), NOW);
    }

    /** Somebody else's line. */
    @Benchmark
    public Outcome otherLine() {
        return filter.apply(LogLine.of(other, 0, other.length), NOW);
    }
}
