package bailiff.bench;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Consumer;

/**
 * Reads the addresses of new set members off what the kernel's packet filter tells of its changes.
 *
 * <p>The layout is that of linux/netlink.h, linux/netfilter/nfnetlink.h and linux/netfilter/nf_tables.h: messages with a
 * head of 16 bytes and one of 4, then attributes with a head of 4, all at multiples of 4; lengths and types in the
 * machine's byte order, keys in the network's.
 */
final class NewElements {

    private static final int HEAD = 16;
    private static final int FAMILY_HEAD = 4;
    private static final int ATTRIBUTE_HEAD = 4;
    private static final int NFNL_SUBSYS_NFTABLES = 10;
    private static final int NFT_MSG_NEWSETELEM = 12;
    private static final int TYPE = 0x3fff;

    /* The way to a key: the elements of the message, one of them, its key, the key's bytes. */
    private static final int[] WAY = {3, 1, 1, 1};

    private NewElements() {}

    /** Tells the address of each member that the messages say was added; passes over all else. */
    static void in(byte[] bytes, int length, Consumer<String> addresses) {
        ByteBuffer messages = ByteBuffer.wrap(bytes, 0, length).order(ByteOrder.nativeOrder());
        for (int at = 0; at + HEAD <= length; ) {
            int size = messages.getInt(at);
            if (size < HEAD || size > length - at) {
                return;
            }
            if (messages.getShort(at + 4) == (NFNL_SUBSYS_NFTABLES << 8 | NFT_MSG_NEWSETELEM)) {
                keys(messages, at + HEAD + FAMILY_HEAD, at + size, 0, addresses);
            }
            at += aligned(size);
        }
    }

    private static void keys(ByteBuffer messages, int from, int to, int step, Consumer<String> addresses) {
        for (int at = from; at + ATTRIBUTE_HEAD <= to; ) {
            int size = messages.getShort(at) & 0xffff;
            if (size < ATTRIBUTE_HEAD || size > to - at) {
                return;
            }
            if ((messages.getShort(at + 2) & TYPE) == WAY[step]) {
                if (step == WAY.length - 1) {
                    address(messages, at + ATTRIBUTE_HEAD, size - ATTRIBUTE_HEAD, addresses);
                } else {
                    keys(messages, at + ATTRIBUTE_HEAD, at + size, step + 1, addresses);
                }
            }
            at += aligned(size);
        }
    }

    private static void address(ByteBuffer messages, int at, int length, Consumer<String> addresses) {
        byte[] key = new byte[length];
        messages.get(at, key);
        try {
            addresses.accept(InetAddress.getByAddress(key).getHostAddress());
        } catch (UnknownHostException _) {
            // A key of another length is no address.
        }
    }

    private static int aligned(int length) {
        return length + 3 & ~3;
    }
}
