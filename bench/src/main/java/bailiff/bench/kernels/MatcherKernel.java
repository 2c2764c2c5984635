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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A line without a time from its bytes to a sighting, and the same expression in java.util.regex, which only searches:
 * an honest line, and one of 8 KiB made to backtrack.
 */
@State(Scope.Thread)
public class MatcherKernel {

    private static final Instant NOW = Instant.parse("2026-11-20T14:32:11Z");
    private static final int LONG = 8_192;
    private static final String PREFIX =
            "^\\s*(?:<\\d+>1?\\s*)?(?:\\S+\\s+)?(?:wordpress|wp)(?:\\(\\S+\\))?(?:\\[\\d+\\]:?| \\d+ \\S+ \\S+)\\s+";
    private static final String FAILURE = "Authentication failure(?: \\(repeat\\))? for .* from ";

    private final Filter filter = filter(PREFIX + FAILURE + "<HOST>$");
    private final Filter ambiguous = filter("^(\\S+ ?)*from <HOST>$");
    private final Matcher java = Pattern.compile(
                    PREFIX + FAILURE + "\\[?(?:(?:::[fF]{4}:)?((?:[0-9]{1,3}\\.){3}[0-9]{1,3})|([0-9a-f:]+))\\]?$")
            .matcher("");
    private final String text =
            " web1 wordpress(blog.example.org)[4711]: Authentication failure for admin from 198.51.100.23";
    private final byte[] line = text.getBytes(StandardCharsets.US_ASCII);
    private final byte[] hostile = ("ab ".repeat(LONG / 3) + "from !").getBytes(StandardCharsets.US_ASCII);

    private static Filter filter(String failregex) {
        try {
            return Filter.compile(
                    new FilterDefinition("test", List.of(failregex), List.of(), "", "{NONE}", ZoneOffset.UTC, "no"));
        } catch (RegexException e) {
            throw new IllegalStateException(e);
        }
    }

    /** From bytes to the sighting. */
    @Benchmark
    public Outcome sighting() {
        return filter.apply(LogLine.of(line, 0, line.length), NOW);
    }

    /** The search alone, by java.util.regex. */
    @Benchmark
    public boolean byJava() {
        return java.reset(text).find();
    }

    /** A long line over which java.util.regex would take longer than anybody waits. */
    @Benchmark
    public Outcome hostile() {
        return ambiguous.apply(LogLine.of(hostile, 0, hostile.length), NOW);
    }
}
