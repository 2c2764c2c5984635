package bailiff.source;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** What the part of a file that was read looks like: its first bytes, and the last ones before the position. */
final class Fingerprint {

    /*
     * The head finds a file again among others, also when it is compressed. The tail tells whether a file of which we
     * know the position is still the one that was read: after copytruncate other bytes stand there, or none.
     */

    /** How many of the first bytes count. */
    static final int HEAD = 1024;

    /** How many of the last bytes count. */
    static final int TAIL = 256;

    private final byte[] head = new byte[HEAD];
    private int headLength;
    private byte[] tail = new byte[0];

    /** Takes the next bytes of the file, the first {@code length} of the array. */
    void pass(byte[] bytes, int length) {
        int missing = Math.min(HEAD - headLength, length);
        System.arraycopy(bytes, 0, head, headLength, missing);
        headLength += missing;
        int kept = Math.clamp(TAIL - (long) length, 0, tail.length);
        int fresh = Math.min(TAIL, length);
        byte[] joined = Arrays.copyOfRange(tail, tail.length - kept, tail.length + fresh);
        System.arraycopy(bytes, length - fresh, joined, kept, fresh);
        tail = joined;
    }

    /** Takes the first and the last bytes of a part of which the rest is not looked at. */
    void pass(byte[] first, byte[] last) {
        pass(first, first.length);
        tail = last;
    }

    /** Checksum of the first 1,024 bytes that were read, or of as many as there were. */
    int head() {
        return checksum(head, headLength);
    }

    /** Checksum of the last 256 bytes that were read, or of as many as there were. */
    int tail() {
        return checksum(tail, tail.length);
    }

    /** Whether these are the last bytes that were read. */
    boolean endsWith(byte[] bytes) {
        return Arrays.equals(tail, bytes);
    }

    /** How many of the last bytes are known: {@link #TAIL}, or fewer in a short file. */
    int tailLength() {
        return tail.length;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
