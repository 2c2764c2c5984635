package bailiff.bench.kernels;

import bailiff.bench.logs.LogGenerator;
import bailiff.bench.logs.LogKind;
import bailiff.bench.logs.LogRecipe;
import bailiff.filter.Filter;
import bailiff.filter.FilterDefinition;
import bailiff.filter.Outcome;
import bailiff.filter.RegexException;
import bailiff.line.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Made-up logs, line by line through a filter: what one line costs on average when all is warm. */
@State(Scope.Thread)
public class LinesKernel {

    private static final int LINES = 10_000;

    private static final String LOGIN = "^\\s*(?:\\S+\\s+)?wordpress(?:[(\\[]\\S*)?:?\\s+Authentication failure for"
            + " <F-USER>.*</F-USER> from <HOST>$";

    private static final String XMLRPC =
            "^<HOST> \\S+ \\S+ \\[[^\\]]*\\] \"POST /xmlrpc\\.php\\S* HTTP/[0-9.]+\" [0-9]{3} ";

    /** The kind of log. */
    @Param({"AUTH", "AUTH_ISO", "ACCESS"})
    public LogKind kind = LogKind.AUTH;

    /** The share of attack lines. */
    @Param({"0.01", "1"})
    public double attack;

    private byte[] log = new byte[0];
    private final int[] starts = new int[LINES + 1];
    private Filter filter = filter(LOGIN);

    /** Makes the log and the filter for it. */
    @Setup
    public void make() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogGenerator.write(LogRecipe.of(kind, LINES, attack), out);
        log = out.toByteArray();
        int line = 0;
        for (int i = 0; i < log.length; i++) {
            if (log[i] == '\n') {
                starts[++line] = i + 1;
            }
        }
        filter = filter(kind == LogKind.ACCESS ? XMLRPC : LOGIN);
    }

    private static Filter filter(String failregex) {
        try {
            return Filter.compile(
                    new FilterDefinition("lines", List.of(failregex), List.of(), "", "", ZoneOffset.UTC, "no"));
        } catch (RegexException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every line once; gives how many were failures. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public int lines() {
        Instant reference = LogRecipe.START.plusSeconds(86_400);
        int failures = 0;
        for (int i = 0; i < LINES; i++) {
            LogLine line = LogLine.of(log, starts[i], starts[i + 1] - 1);
            failures += filter.apply(line, reference) instanceof Outcome.Matched ? 1 : 0;
        }
        return failures;
    }
}
