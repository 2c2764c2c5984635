package bailiff.bench.kernels;

import bailiff.line.AccessLine;
import bailiff.line.LogLine;
import bailiff.line.Requests;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A line of an access log in the form combined: taken apart, and shown with its request in its one spelling. */
@State(Scope.Thread)
public class RequestKernel {

    private final AccessLine access = new AccessLine();
    private final Requests requests = new Requests();
    private final byte[] plain = line("/xmlrpc.php?a=1");
    private final byte[] encoded = line("//x/../%78mlrpc.php?a=1");

    private static byte[] line(String target) {
        return ("198.51.100.23 - - [20/Nov/2026:14:32:10 +0100] \"POST " + target + " HTTP/1.1\" 200 403"
                        + " \"https://blog.example.org/wp-login.php\""
                        + " \"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\"")
                .getBytes(StandardCharsets.US_ASCII);
    }

    /** All fields. */
    @Benchmark
    public boolean fields() {
        return access.read(plain, 0, plain.length);
    }

    /** A request that is sent as it is meant. */
    @Benchmark
    public LogLine plainRequest() {
        return requests.seen(LogLine.of(plain, 0, plain.length));
    }

    /** A request that hides what it is meant for. */
    @Benchmark
    public LogLine encodedRequest() {
        return requests.seen(LogLine.of(encoded, 0, encoded.length));
    }
}
