package bailiff.shield;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One connection to the {@link ShieldSocket}, and what has arrived of its next question. The socket's thread owns it. */
final class Client implements Closeable {

    /** So many bytes of a client are held: a question and its line feed. */
    static final int ROOM = Question.LONGEST + 1;

    private static final String MISUNDERSTOOD = "what";

    /** What came of a client's turn. */
    enum Turn {
        /** One question was answered. */
        ANSWERED,

        /** There is no whole question. */
        NOTHING,

        /** It has gone, sends what is no line, or does not take its answers. */
        OVER
    }

    private final SocketChannel connection;
    private final byte[] held = new byte[ROOM];
    private int size;
    private long lastAsked;

    Client(SocketChannel connection, long now) {
        this.connection = connection;
        this.lastAsked = now;
    }

    /** It has asked something at that moment of {@link System#nanoTime}. */
    void asked(long now) {
        lastAsked = now;
    }

    boolean isIdle(long now, long millis) {
        return now - lastAsked > millis * 1_000_000;
    }

    /**
     * Reads what is there, once and without waiting, and answers the first whole question.
     *
     * @param buffer of {@link #ROOM} bytes, for the moment of the call
     */
    Turn answer(Shield shield, ByteBuffer buffer) throws IOException {
        int end = end();
        if (end < 0) {
            buffer.clear().limit(ROOM - size);
            int read = connection.read(buffer);
            if (read <= 0) {
                return read < 0 ? Turn.OVER : Turn.NOTHING;
            }
            buffer.flip().get(held, size, read);
            size += read;
            end = end();
        }
        if (end < 0) {
            return size == ROOM ? Turn.OVER : Turn.NOTHING;
        }
        Optional<Question> question = Question.parse(held, 0, end);
        String answer = question.map(asked -> shield.ask(asked).line()).orElse(MISUNDERSTOOD);
        if (question.isEmpty()) {
            shield.misunderstood();
        }
        size -= end + 1;
        System.arraycopy(held, end + 1, held, 0, size);
        buffer.clear().put((answer + "\n").getBytes(StandardCharsets.US_ASCII)).flip();
        connection.write(buffer);
        // Some kilobytes of answers fit into the socket; who lets them lie is not listening.
        return buffer.hasRemaining() ? Turn.OVER : Turn.ANSWERED;
    }

    /** Whether another whole question has arrived. */
    boolean hasMore() {
        return end() >= 0;
    }

    private int end() {
        for (int i = 0; i < size; i++) {
            if (held[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
