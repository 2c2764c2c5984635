package bailiff.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Takes a pickle's bytes from the front, never beyond its end. Not thread-safe. */
final class PickleBytes {

    /** Digits of the longest number that is written in decimal: more than any command needs, and soon converted. */
    private static final int LONGEST_LINE = 64 << 10;

    private final ByteBuffer bytes;

    PickleBytes(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    boolean isEmpty() {
        return !bytes.hasRemaining();
    }

    int position() {
        return bytes.position();
    }

    int one() throws PickleException {
        need(1);
        return Byte.toUnsignedInt(bytes.get());
    }

    int two() throws PickleException {
        need(2);
        return Short.toUnsignedInt(bytes.getShort());
    }

    int four() throws PickleException {
        need(4);
        return bytes.getInt();
    }

    double real() throws PickleException {
        need(8);
        return Double.longBitsToDouble(Long.reverseBytes(bytes.getLong()));
    }

    /** A length of four bytes. */
    int length() throws PickleException {
        return length(Integer.toUnsignedLong(four()));
    }

    /** A length of eight bytes. */
    int longLength() throws PickleException {
        need(8);
        return length(bytes.getLong());
    }

    private int length(long length) throws PickleException {
        if (length < 0 || length > bytes.remaining()) {
            throw new PickleException("A length goes beyond the end.");
        }
        return (int) length;
    }

    byte[] take(int length) throws PickleException {
        need(length);
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    String text(int length) throws PickleException {
        return decode(take(length), StandardCharsets.UTF_8);
    }

    String ascii(int length) throws PickleException {
        return decode(take(length), StandardCharsets.US_ASCII);
    }

    String latin(int length) throws PickleException {
        return new String(take(length), StandardCharsets.ISO_8859_1);
    }

    private static String decode(byte[] taken, Charset charset) throws PickleException {
        try {
            return charset.newDecoder().decode(ByteBuffer.wrap(taken)).toString();
        } catch (CharacterCodingException e) {
            throw new PickleException("A text is not " + charset.name() + ".");
        }
    }

    /** What stands before the next line feed, one character for each byte. */
    String line() throws PickleException {
        int start = bytes.position();
        while (one() != '\n') {
            if (bytes.position() - start > LONGEST_LINE) {
                throw new PickleException("A line is longer than " + LONGEST_LINE + " bytes.");
            }
        }
        int length = bytes.position() - 1 - start;
        bytes.position(start);
        String line = latin(length);
        bytes.get();
        return line;
    }

    private void need(int length) throws PickleException {
        if (length > bytes.remaining()) {
            throw new PickleException("It ends in the middle.");
        }
    }
}
