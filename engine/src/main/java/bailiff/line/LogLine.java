package bailiff.line;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one line of a log, without its line feed.
 *
 * <p>A view: the bytes belong to whoever reads the log and may change after the call that was handed the line. Take
 * {@link #text()} to keep it. Not thread-safe.
 */
public final class LogLine {

    private static final byte UNKNOWN = -1;
    private static final byte DELETE = 0x7f;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long BEYOND_ASCII = 0x8080_8080_8080_8080L;

    private final byte[] buffer;
    private final int from;
    private final int to;
    private final @Nullable Instant time;
    private byte ascii = UNKNOWN;

    private LogLine(byte[] buffer, int from, int to, @Nullable Instant time) {
        this.buffer = buffer;
        this.from = from;
        this.to = to;
        this.time = time;
    }

    /** The bytes from {@code from} up to, not including, {@code to}; nothing is copied. */
    public static LogLine of(byte[] buffer, int from, int to) {
        return new LogLine(buffer, from, to, null);
    }

    /** The line with that text, in UTF-8. */
    public static LogLine of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new LogLine(bytes, 0, bytes.length, null);
    }

    /** A line whose time its source knows, as the journal does: the text holds none, and none is looked for. */
    public static LogLine of(String text, Instant time) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new LogLine(bytes, 0, bytes.length, time);
    }

    /** When it was written, where its source knows that apart from the text. */
    public Optional<Instant> time() {
        return Optional.ofNullable(time);
    }

    /** What holds the bytes; not to be written to. */
    byte[] buffer() {
        return buffer;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** The same line in bytes of its own, which stay as they are. */
    public LogLine copy() {
        return new LogLine(Arrays.copyOfRange(buffer, from, to), 0, to - from, time);
    }

    /** Length in bytes. */
    public int length() {
        return to - from;
    }

    /** A question about bytes of a block. */
    @FunctionalInterface
    public interface Question {

        /** Asks it of the bytes from {@code from} up to, not including, {@code to}; the block is not to be changed. */
        boolean isTrue(byte[] block, int from, int to);
    }

    /** Whether that is true of the line's bytes. */
    public boolean has(Question question) {
        return question.isTrue(buffer, from, to);
    }

    /** Whether it holds nothing but ASCII, so that its bytes are its characters. */
    public boolean isAscii() {
        if (ascii == UNKNOWN) {
            ascii = (byte) (isAllAscii() ? 1 : 0);
        }
        return ascii == 1;
    }

    private boolean isAllAscii() {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            if (((long) WORDS.get(buffer, at) & BEYOND_ASCII) != 0) {
                return false;
            }
        }
        for (; at < to; at++) {
            if (buffer[at] < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Copies bytes of the line.
     *
     * @param begin the first of them, counted from the line's own
     * @param end behind the last of them, at most {@link #length}
     * @param target has room for them from {@code at} on
     */
    public void copyTo(int begin, int end, byte[] target, int at) {
        System.arraycopy(buffer, from + begin, target, at, end - begin);
    }

    /** The line as text: UTF-8 in which every byte that is not stands as U+FFFD. */
    public String text() {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    /** The line as text that is written in that encoding; what cannot be read stands as U+FFFD. */
    public String text(Charset encoding) {
        return new String(buffer, from, to - from, encoding);
    }

    /** Whether it holds nothing but printable ASCII and tabs, which nearly every encoding writes alike. */
    public boolean isPlain() {
        for (int i = from; i < to; i++) {
            byte b = buffer[i];
            if (b == DELETE || (b < ' ' && b != '\t')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return text();
    }
}
