package bailiff.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads journal entries in systemd's export format.
 *
 * <p>Not thread-safe. Keeps of an entry at most 32 KiB, however large it is.
 */
final class ExportReader {

    /*
     * A field is a line NAME=VALUE; or, when the value holds bytes that are not text, a line NAME, the value's length
     * in 8 bytes with the lowest first, the value, a line feed. An empty line ends the entry. So no value, whoever wrote
     * it, can end a field or an entry.
     */

    private static final int BUFFER = 64 << 10;
    private static final int LONGEST_NAME = 64;

    /* A value that is longer is cut: the line that it makes is too long in any case. */
    private static final int LONGEST_VALUE = LogFollower.LONGEST_LINE + 1;

    /* An entry may have a field many times; a few messages are joined, as fail2ban does. */
    private static final int MOST_BYTES = 32 << 10;

    private final BufferedInputStream in;
    private final Charset encoding;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    private final Map<String, List<byte[]>> fields = new HashMap<>();
    private int kept;
    private boolean complete = true;

    ExportReader(InputStream in, Charset encoding) {
        this.in = new BufferedInputStream(in, BUFFER);
        this.encoding = encoding;
    }

    /** The next entry; nothing at the end. An entry that the end cuts short is none. */
    Optional<JournalEntry> next() throws IOException {
        try {
            fields.clear();
            kept = 0;
            complete = true;
            while (true) {
                int length = readLine();
                if (length > 0) {
                    field();
                } else if (!fields.isEmpty()) {
                    return Optional.of(JournalEntry.of(fields, complete, encoding));
                }
            }
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    /** Reads a line into the buffer, cut where it is too long; its full length. */
    private int readLine() throws IOException {
        line.reset();
        int length = 0;
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            if (line.size() < LONGEST_NAME + LONGEST_VALUE) {
                line.write(b);
            }
            length = Math.min(length + 1, Integer.MAX_VALUE - 1);
        }
        return length;
    }

    private void field() throws IOException {
        byte[] bytes = line.toByteArray();
        int end = 0;
        while (end < bytes.length && bytes[end] != '=') {
            end++;
        }
        String name = new String(bytes, 0, Math.min(end, LONGEST_NAME), StandardCharsets.ISO_8859_1);
        if (end == bytes.length) {
            binary(name);
        } else {
            int length = Math.min(bytes.length - end - 1, LONGEST_VALUE);
            byte[] value = new byte[length];
            System.arraycopy(bytes, end + 1, value, 0, length);
            keep(name, value, length == LONGEST_VALUE);
        }
    }

    private void binary(String name) throws IOException {
        byte[] size = in.readNBytes(Long.BYTES);
        if (size.length < Long.BYTES) {
            throw new EOFException();
        }
        long length = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            length = (length << 8) | (size[i] & 0xff);
        }
        if (length < 0) {
            throw new IOException("The journal's export holds a field of impossible length.");
        }
        int most = (int) Math.min(length, LONGEST_VALUE);
        byte[] value = in.readNBytes(most);
        in.skipNBytes(length - value.length);
        if (in.read() != '\n') {
            throw new EOFException();
        }
        keep(name, value, length >= LONGEST_VALUE);
    }

    private void keep(String name, byte[] value, boolean cut) {
        if (!JournalEntry.needs(name)) {
            return;
        }
        if (kept + value.length + LONGEST_NAME > MOST_BYTES) {
            complete = false;
            return;
        }
        complete &= !cut;
        kept += value.length + LONGEST_NAME;
        fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
}
