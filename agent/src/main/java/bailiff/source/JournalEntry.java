package bailiff.source;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One entry of the journal, as the line that filters see.
 *
 * @param cursor by which journalctl finds it again
 * @param text {@code HOST IDENTIFIER[PID]: MESSAGE}, a single line; hostile
 * @param time when it happened, by the one who wrote it where the journal knows
 * @param received when the journal got it
 * @param whole false when it is longer than {@link LogFollower#LONGEST_LINE} bytes and is cut
 */
record JournalEntry(String cursor, String text, Instant time, Instant received, boolean whole) {

    /* The layout is that of syslog, which fail2ban's filters for files know how to read. */

    /** What an entry is made of. */
    static final List<String> FIELDS = List.of(
            "MESSAGE",
            "_HOSTNAME",
            "SYSLOG_IDENTIFIER",
            "_COMM",
            "SYSLOG_PID",
            "_PID",
            "_SOURCE_REALTIME_TIMESTAMP",
            "_SOURCE_MONOTONIC_TIMESTAMP");

    /** Fields that journalctl prints unasked. */
    static final String CURSOR = "__CURSOR";

    private static final String RECEIVED = "__REALTIME_TIMESTAMP";
    private static final String UPTIME = "__MONOTONIC_TIMESTAMP";

    /** Whether anything is made of that field. */
    static boolean needs(String field) {
        return field.equals(CURSOR) || field.equals(RECEIVED) || field.equals(UPTIME) || FIELDS.contains(field);
    }

    private static final Pattern DECIMAL = Pattern.compile("\\s*[+]?0*([0-9]{1,18})\\s*");
    private static final Pattern HEX = Pattern.compile("\\s*0[xX]([0-9a-fA-F]{1,15})\\s*");

    /**
     * The entry that these fields make.
     *
     * @param fields the values of each field, in the entry's order
     * @param complete whether no value was cut
     * @param encoding of values that are not UTF-8
     */
    static JournalEntry of(Map<String, List<byte[]>> fields, boolean complete, Charset encoding) {
        Reading reading = new Reading(fields, encoding);
        String text = reading.text();
        Instant received = reading.micros(RECEIVED, Instant.EPOCH);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        boolean fits = bytes.length <= LogFollower.LONGEST_LINE;
        String kept = fits ? text : new String(bytes, 0, LogFollower.LONGEST_LINE, StandardCharsets.UTF_8);
        Instant time = reading.micros("_SOURCE_REALTIME_TIMESTAMP", received);
        return new JournalEntry(reading.first(CURSOR), kept, time, received, complete && fits);
    }

    /** The fields of one entry, read as what they mean. */
    private record Reading(Map<String, List<byte[]>> fields, Charset encoding) {

        private String text() {
            StringBuilder line = new StringBuilder(first("_HOSTNAME"));
            String identifier = firstOf("SYSLOG_IDENTIFIER", "_COMM");
            if (!identifier.isEmpty()) {
                String tag = identifier + process() + ":";
                space(line).append(tag);
                if (tag.equals("kernel:")) {
                    line.append(' ').append(uptime());
                }
            }
            String message = String.join(
                    " ", values("MESSAGE").stream().map(this::decoded).toList());
            space(line).append(message);
            // A line break would let a message pretend to be two lines, the second of anybody's.
            return line.toString().replace("\n", "\\n");
        }

        /* The message is kept apart from what stands before it even when it is empty. */
        private static StringBuilder space(StringBuilder line) {
            return line.isEmpty() ? line : line.append(' ');
        }

        private String process() {
            String written = process("SYSLOG_PID");
            return written.isEmpty() ? process("_PID") : written;
        }

        private String process(String field) {
            String value = first(field);
            Matcher decimal = DECIMAL.matcher(value);
            if (decimal.matches()) {
                long number = Long.parseLong(decimal.group(1));
                return number == 0 ? "" : "[" + number + "]";
            }
            Matcher hex = HEX.matcher(value);
            if (hex.matches()) {
                return "[" + Long.parseLong(hex.group(1), 16) + "]";
            }
            return value.isEmpty() ? "" : "[" + value + "]";
        }

        private String uptime() {
            String own = first("_SOURCE_MONOTONIC_TIMESTAMP");
            String micros = own.matches("[0-9]{1,18}") ? own : first(UPTIME);
            double seconds = micros.matches("[0-9]{1,18}") ? Long.parseLong(micros) / 1e6 : 0;
            return String.format(Locale.ROOT, "[%12.6f]", seconds);
        }

        private Instant micros(String field, Instant otherwise) {
            String value = first(field);
            if (!value.matches("[0-9]{1,18}")) {
                return otherwise;
            }
            long micros = Long.parseLong(value);
            return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
        }

        private String firstOf(String field, String otherwise) {
            String value = first(field);
            return value.isEmpty() ? first(otherwise) : value;
        }

        private String first(String field) {
            List<byte[]> values = values(field);
            return values.isEmpty() ? "" : decoded(values.getFirst());
        }

        private List<byte[]> values(String field) {
            return fields.getOrDefault(field, List.of());
        }

        private String decoded(byte[] bytes) {
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
            } catch (CharacterCodingException e) {
                return new String(bytes, encoding);
            }
        }
    }
}
