package bailiff.enforce;

import java.io.IOException;
import java.util.Optional;

/** Walks over the messages of one datagram from the kernel, checking every length. Not thread-safe. */
final class NetlinkAnswer {

    private final byte[] bytes;
    private final int size;
    private int start;
    private int end;
    private int next;

    /** The messages in the first {@code size} bytes; the first {@link #next} leads to the first of them. */
    NetlinkAnswer(byte[] bytes, int size) {
        this.bytes = bytes;
        this.size = size;
    }

    /**
     * Goes on to the next message; false behind the last.
     *
     * @throws IOException when its length makes no sense
     */
    boolean next() throws IOException {
        if (size - next < NetlinkWire.HEADER) {
            return false;
        }
        int length = NetlinkWire.get32(bytes, next);
        if (length < NetlinkWire.HEADER || length > size - next) {
            throw new IOException("the kernel's answer has a message of length " + length);
        }
        start = next;
        end = next + length;
        next = NetlinkWire.aligned(end);
        return true;
    }

    int type() {
        return NetlinkWire.get16(bytes, start + 4);
    }

    int sequence() {
        return NetlinkWire.get32(bytes, start + 8);
    }

    /** Whether it says how a request ended, well or not. */
    boolean isError() {
        return type() == NetlinkWire.ERROR;
    }

    /** Whether a list ends here. */
    boolean isDone() {
        return type() == NetlinkWire.DONE;
    }

    /** Whether a list changed while it was written. */
    boolean isInterrupted() {
        return (flags() & NetlinkWire.DUMP_INTERRUPTED) != 0;
    }

    /**
     * The generation of the packet filter, modulo 65,536, that a message of a list was written in. Lists of members are
     * not flagged as interrupted, but this changes (nft_base_seq in net/netfilter/nf_tables_api.c).
     */
    int generation() {
        return end - start < NetlinkWire.LONG_HEADER
                ? -1
                : ((bytes[start + 18] & 0xff) << 8) | (bytes[start + 19] & 0xff);
    }

    /** Where the attributes of a message of the packet filter begin; not beyond {@link #end}. */
    int attributes() {
        return Math.min(end, start + NetlinkWire.LONG_HEADER);
    }

    /** Where the message ends. */
    int end() {
        return end;
    }

    /** What an end of a request or a list says: a refusal, or nothing when all is well. */
    Optional<NetlinkRefusal> refusal() throws IOException {
        int at = start + NetlinkWire.HEADER;
        int code = end - at >= 4 ? NetlinkWire.get32(bytes, at) : 0;
        if (isError() && end - at < 4) {
            throw new IOException("the kernel's answer has an error without a number");
        }
        return code == 0 ? Optional.empty() : Optional.of(NetlinkRefusal.of(-code, isError() ? words(at + 4) : ""));
    }

    /** The kernel's words stand behind the header of the message they are about, or behind all of that message. */
    private String words(int at) throws IOException {
        if ((flags() & NetlinkWire.WITH_WORDS) == 0 || end - at < NetlinkWire.HEADER) {
            return "";
        }
        boolean capped = (flags() & NetlinkWire.CAPPED) != 0;
        int quoted = capped ? NetlinkWire.HEADER : NetlinkWire.get32(bytes, at);
        if (quoted < NetlinkWire.HEADER || quoted > end - at) {
            return "";
        }
        NetlinkReader reader = new NetlinkReader(bytes, Math.min(end, NetlinkWire.aligned(at + quoted)), end);
        return reader.next(NetlinkWire.ERROR_WORDS) ? reader.text() : "";
    }

    private int flags() {
        return NetlinkWire.get16(bytes, start + 6);
    }
}
