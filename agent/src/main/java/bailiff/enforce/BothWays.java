package bailiff.enforce;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The two ways to our table in the kernel. Not thread-safe: {@link Nftables} owns it. */
final class BothWays implements Closeable {

    /*
     * Netlink is quicker. When it breaks, nft does the same again (every change bears repetition), and after MOST_BREAKS
     * in a row netlink is left alone until it is trusted again.
     */
    private static final int MOST_BREAKS = 3;

    private static final Logger LOG = LoggerFactory.getLogger(Nftables.class);

    private final NftProgram program;
    private final @Nullable NetlinkTable netlink;
    private int breaks;

    BothWays(NftProgram program, Optional<NetlinkTable> netlink) {
        this.program = program;
        this.netlink = netlink.orElse(null);
    }

    /** A way that may break. */
    @FunctionalInterface
    interface Quick<T> {
        T with(NetlinkTable netlink) throws FirewallException, IOException;
    }

    /** A way that always leads to an answer. */
    @FunctionalInterface
    interface Slow<T> {
        T with(NftProgram nft) throws FirewallException;
    }

    /** What changes the fences by netlink. */
    @FunctionalInterface
    interface Building {
        void with(NetlinkTable netlink) throws FirewallException, IOException;
    }

    /** Goes the quick way, or where there is none or it breaks, the slow one. */
    <T> T either(Quick<T> quick, Slow<T> slow) throws FirewallException {
        NetlinkTable kernel = netlink;
        if (kernel != null && breaks < MOST_BREAKS) {
            try {
                T result = quick.with(kernel);
                breaks = 0;
                return result;
            } catch (IOException e) {
                breaks++;
                LOG.warn("The kernel was not told by netlink, nft does it: {}", e.getMessage());
            }
        }
        return slow.with(program);
    }

    /**
     * Changes the fences; what netlink cannot do nft may, and if not, has the better words for.
     *
     * @return the rules that were made
     */
    List<NftRule> built(Building quick, Slow<List<NftRule>> slow) throws FirewallException {
        return either(
                kernel -> {
                    try {
                        quick.with(kernel);
                        return kernel.fences().rules();
                    } catch (FirewallException e) {
                        LOG.debug("The fences could not be changed by netlink: {}", e.why());
                        return slow.with(program);
                    }
                },
                slow);
    }

    /** Forgets how often netlink broke. */
    void trustAgain() {
        breaks = 0;
    }

    boolean hasNetlink() {
        return netlink != null;
    }

    NftProgram program() {
        return program;
    }

    @Override
    public void close() {
        program.close();
        if (netlink != null) {
            netlink.close();
        }
    }
}
