package bailiff.bench.kernels;

import bailiff.net.IpAddress;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Reading an address as a log writes it. */
@State(Scope.Thread)
public class AddressKernel {

    private String four = "198.51.100.23";
    private String six = "2001:db8:85a3::8a2e:370:7334";

    /** Of version 4. */
    @Benchmark
    public Optional<IpAddress> parseV4() {
        return IpAddress.parse(four);
    }

    /** Of version 6. */
    @Benchmark
    public Optional<IpAddress> parseV6() {
        return IpAddress.parse(six);
    }
}
