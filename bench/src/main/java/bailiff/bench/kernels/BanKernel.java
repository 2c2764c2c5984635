package bailiff.bench.kernels;

import bailiff.ban.ActiveBans;
import bailiff.ban.Ban;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Asking whether an address is banned, of those that are and of those that are not. */
@State(Scope.Thread)
public class BanKernel {

    private static final Instant NOW = Instant.parse("2026-11-20T14:32:11Z");
    private static final int STRIDE = 0x9E37_79B1;

    /** How many are banned. */
    @Param({"100", "10000", "1000000"})
    private int banned;

    private final ActiveBans bans = new ActiveBans(1_000_000, STRIDE);
    private int next;

    /** Bans every other address. */
    @Setup
    public void ban() {
        for (int i = 0; i < banned; i++) {
            Instant end = NOW.plusSeconds(600 + i % 3_600);
            String reason = "5 failures within " + i % 60 + "s (maxretry 5, findtime 10m)";
            bans.add(new Ban("sshd", address(2 * i).alone(), NOW, end, 1, 5, Ban.BY_ADDRESS, reason));
        }
    }

    /** One question. */
    @Benchmark
    public Optional<Ban> covering() {
        next = next + 1 < 2 * banned ? next + 1 : 0;
        return bans.covering(address(next), NOW);
    }

    private static IpAddress address(int number) {
        return IpAddress.ofV4(number * STRIDE);
    }
}
