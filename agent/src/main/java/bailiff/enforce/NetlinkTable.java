package bailiff.enforce;

import java.io.Closeable;

/** Our table by netlink: its fences and its sets, over one channel. Not thread-safe: {@link Nftables} owns it. */
final class NetlinkTable implements Closeable {

    private final NetlinkExchange exchange;
    private final NetlinkFences fences;
    private final NetlinkSets sets;

    /** Opens its channel when it is first needed, and again after it broke. */
    NetlinkTable(NetlinkChannel.Source source) {
        this.exchange = new NetlinkExchange(source);
        this.fences = new NetlinkFences(exchange);
        this.sets = new NetlinkSets(exchange);
    }

    /** Table, chains and rules. */
    NetlinkFences fences() {
        return fences;
    }

    /** Sets and their members. */
    NetlinkSets sets() {
        return sets;
    }

    @Override
    public void close() {
        exchange.close();
    }
}
