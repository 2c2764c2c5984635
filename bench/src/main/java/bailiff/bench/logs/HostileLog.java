package bailiff.bench.logs;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Logs that somebody wrote to make their reader slow, each by one means. */
public enum HostileLog {
    /** All the words that the WordPress filter looks for, and no failure: nothing is ruled out early. */
    LITERALS("lines with every literal and no match"),
    /** {@code .* from ADDRESS} at every place of a long line but the last. */
    FROM_FROM("WordPress: ' from ADDRESS' 200 times, then rubbish"),
    /** The same for what sshd says. */
    SSHD_NESTED("sshd: 'invalid user a from b port 1' 150 times"),
    /** What {@code (a+)+} takes exponential time for, in an engine that goes back. */
    EXPONENTIAL("custom (a+)+ over a thousand letters"),
    /** Failures from IPv6 networks whose two halves are equal: their usual hashes are, too. */
    COLLIDING("failures whose addresses have one hash"),
    /** As long as a line may be, and a failure. */
    LONG_LINES("failures in lines of 8,000 bytes"),
    /** Longer than a line may be. */
    TOO_LONG("failures in lines of 9,000 bytes"),
    /** Nothing ends. */
    NO_NEWLINE("no newline at all"),
    /** Nothing but zero bytes. */
    NULS("NULs"),
    /** Nothing but ends of lines. */
    NEWLINES("newlines"),
    /** Letters of two, three and four bytes, and bytes that are none, in every failure. */
    FOREIGN("failures with non-ASCII users"),
    /** Each line writes its time in another form. */
    TIMES("failures, each with another form of time");

    private static final String FAILURE = " web1 wordpress(blog.example.org)[4711]: Authentication failure for ";
    private static final String SYSLOG = "Nov  1 00:00:00";

    private static final String[] TIME_FORMS = {
        "Nov  1 00:00:00",
        "2026-11-01T00:00:00.123456+00:00",
        "2026-11-01 00:00:00,123",
        "01/Nov/2026:00:00:00 +0000",
        "Sun Nov 01 00:00:00 2026",
        "2026/11/01 00:00:00",
        "01/11/2026:00:00:00",
        "11-01-2026 00:00:00.000",
        "1793491200",
        "1793491200.123",
        "@400000006ae53c000000000a",
        "01-Nov-2026 00:00:00",
        "20261101T000000",
        "Nov 01, 2026 12:00:00 AM"
    };

    private final String words;

    HostileLog(String words) {
        this.words = words;
    }

    /** What it does, in a few words. */
    public String words() {
        return words;
    }

    /** Writes so many bytes of it or a line more into a file; gives the number of lines. */
    public long write(Path file, long bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            LineBytes line = new LineBytes(out);
            Dice dice = new Dice(name().hashCode());
            Part part = part();
            long lines = 0;
            while (line.total() < bytes) {
                part.write(line, dice);
                if (this == NO_NEWLINE || this == NULS) {
                    line.spill();
                } else {
                    line.end();
                    lines++;
                }
            }
            line.flush();
            return lines;
        }
    }

    private Part part() {
        return switch (this) {
            case LITERALS ->
                Part.text(SYSLOG + " web1 wordpress(blog.example.org)[4711]: XML-RPC authentication failure, REST"
                        + " authentication attempt for unknown user, Spam Spammed comment, Pingback error generated,"
                        + " Authentication failure for nobody from nowhere");
            case FROM_FROM -> Part.text(SYSLOG + FAILURE + "x from 192.0.2.1 ".repeat(200) + "x");
            case SSHD_NESTED ->
                Part.text(SYSLOG + " web1 sshd[4711]: Failed password for "
                        + "invalid user a from 192.0.2.1 port 1 ".repeat(150) + "sshx");
            case EXPONENTIAL -> Part.text(SYSLOG + " app: " + "a".repeat(1_000) + "! from 192.0.2.1");
            case COLLIDING -> HostileLog::collide;
            case LONG_LINES -> Part.text(SYSLOG + FAILURE + "u".repeat(7_900) + " from 192.0.2.1");
            case TOO_LONG -> Part.text(SYSLOG + FAILURE + "u".repeat(8_900) + " from 192.0.2.1");
            case NO_NEWLINE -> Part.text("wordpress Authentication failure for x from ".repeat(100));
            case NULS -> Part.text("\0".repeat(4_096));
            case NEWLINES -> Part.text("");
            case FOREIGN ->
                Phrase.of(
                        SYSLOG + FAILURE + "{user} from 192.0.2.1",
                        Map.of(
                                "user",
                                Part.oneOf(
                                        "j\u00fcrgen",
                                        "\u7ba1\u7406\u5458",
                                        "\ud83d\udc31\ud83d\udc31",
                                        "\u0130\u0131\ufb01")));
            case TIMES -> times();
        };
    }

    private static void collide(LineBytes line, Dice dice) {
        int half = 0x2000_0000 | (int) (dice.next() & 0x0FFF_FFFF);
        String group = String.format(Locale.ROOT, "%x:%x", half >>> 16, half & 0xFFFF);
        Part.text(SYSLOG + FAILURE + "admin from " + group + ":" + group + "::1")
                .write(line, dice);
    }

    /** In turn, so that whoever remembers the form of the line before is always wrong. */
    private static Part times() {
        Part[] lines = new Part[TIME_FORMS.length];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = Part.text(TIME_FORMS[i] + FAILURE + "admin from 192.0.2.1");
        }
        int[] turn = {0};
        return (line, dice) -> {
            lines[turn[0]].write(line, dice);
            turn[0] = (turn[0] + 1) % lines.length;
        };
    }
}
