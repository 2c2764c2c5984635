package bailiff.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Cuts what comes over a connection at fail2ban's end mark, wherever reads split it. One thread at a time. */
final class Frames {

    static final byte[] END = "<F2B_END_COMMAND>".getBytes(StandardCharsets.US_ASCII);
    static final byte[] CLOSE = "<F2B_CLOSE_COMMAND>".getBytes(StandardCharsets.US_ASCII);
    private static final int CHUNK = 8 << 10;

    private final ReadableByteChannel in;
    private final int longest;
    private byte[] bytes = new byte[CHUNK];
    private int length;
    private int searched;

    /**
     * @param longest bytes that a frame may have, its end mark included
     */
    Frames(ReadableByteChannel in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** Whether a frame has begun and not ended. */
    boolean hasBegun() {
        return length > 0;
    }

    /** What has come up to the next end mark; nothing while it has not come. */
    Optional<byte[]> next() throws IOException {
        while (searched + END.length <= length) {
            if (Arrays.equals(bytes, searched, searched + END.length, END, 0, END.length)) {
                byte[] frame = Arrays.copyOf(bytes, searched);
                int rest = searched + END.length;
                System.arraycopy(bytes, rest, bytes, 0, length - rest);
                length -= rest;
                searched = 0;
                return Optional.of(frame);
            }
            searched++;
        }
        if (length >= longest) {
            throw new IOException("a command is longer than " + longest + " bytes");
        }
        return Optional.empty();
    }

    /** Reads some of what has come; false at the end of the connection. */
    boolean more() throws IOException {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(bytes.length * 2, longest));
        }
        int read = in.read(ByteBuffer.wrap(bytes, length, bytes.length - length));
        length += Math.max(read, 0);
        return read >= 0;
    }

    /** Sends the bytes and the end mark. */
    static void send(WritableByteChannel out, byte[] frame) throws IOException {
        ByteBuffer sent = ByteBuffer.allocate(frame.length + END.length);
        sent.put(frame).put(END).flip();
        while (sent.hasRemaining()) {
            out.write(sent);
        }
    }
}
