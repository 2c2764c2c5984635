package bailiff.bench.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Lines on their way into a file: bytes only, so that ten million take seconds. Not thread-safe. */
final class LineBytes {

    private static final int FLUSH_AT = 1 << 16;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final OutputStream out;
    private byte[] bytes = new byte[2 * FLUSH_AT];
    private int size;
    private long flushed;

    /** Lines that go to that stream, in blocks of 64 KiB; it is not closed here. */
    LineBytes(OutputStream out) {
        this.out = out;
    }

    void add(byte[] text) {
        room(text.length);
        System.arraycopy(text, 0, bytes, size, text.length);
        size += text.length;
    }

    void add(char ascii) {
        room(1);
        bytes[size++] = (byte) ascii;
    }

    /** A number, not negative, in as many digits as it needs. */
    void number(long number) {
        int digits = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        digits(number, digits);
    }

    /** The last so many decimal digits of a number, with leading zeros. */
    void digits(long number, int digits) {
        room(digits);
        long rest = number;
        for (int i = size + digits - 1; i >= size; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
    }

    /** The lowest so many hexadecimal digits of a number, with leading zeros; at most 16. */
    void hex(long number, int digits) {
        room(digits);
        for (int i = digits - 1; i >= 0; i--) {
            bytes[size++] = HEX[(int) (number >>> (4 * i)) & 15];
        }
    }

    /** A number, not negative, in as many hexadecimal digits as it needs. */
    void hex(int number) {
        hex(number, Math.max(1, (35 - Integer.numberOfLeadingZeros(number)) / 4));
    }

    /** The four numbers of an IPv4 address. */
    void address(int address) {
        number(address >>> 24);
        add('.');
        number((address >>> 16) & 255);
        add('.');
        number((address >>> 8) & 255);
        add('.');
        number(address & 255);
    }

    /** Ends the line. */
    void end() throws IOException {
        add('\n');
        spill();
    }

    /** Writes what there is if it is much. */
    void spill() throws IOException {
        if (size >= FLUSH_AT) {
            flush();
        }
    }

    /** Writes what is left. */
    void flush() throws IOException {
        out.write(bytes, 0, size);
        flushed += size;
        size = 0;
    }

    /** All bytes so far. */
    long total() {
        return flushed + size;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }
}
