package bailiff.bench.logs;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The growing time of a log's lines, in UTC. Not thread-safe. */
final class Stamp implements Part {

    /** How a time is written. */
    enum Form {
        /** {@code Nov  1 00:00:00}: rsyslog's traditional form, and every syslog's. */
        SYSLOG("MMM ppd HH:mm:ss", ""),
        /** {@code 2026-11-01T00:00:00.123456+00:00}: rsyslog's own, Debian's since 12. */
        ISO("uuuu-MM-dd'T'HH:mm:ss.", "+00:00"),
        /** {@code 01/Nov/2026:00:00:00 +0000}: Apache's. */
        ACCESS("dd/MMM/uuuu:HH:mm:ss +0000", "");

        private final DateTimeFormatter seconds;
        private final String tail;

        Form(String seconds, String tail) {
            this.seconds = DateTimeFormatter.ofPattern(seconds, Locale.ROOT);
            this.tail = tail;
        }
    }

    /** Between two lines pass 0 to 25 ms, so 80 lines fill a second, and ten million a day and eleven hours. */
    static final int LONGEST_PAUSE_MICROS = 25_000;

    private static final int MICROS = 1_000_000;

    private final Form form;
    private final byte[] tail;
    private long micros;
    private long second = Long.MIN_VALUE;
    private byte[] written = new byte[0];

    /** A time in that form that starts at that moment. */
    Stamp(Form form, Instant start) {
        this.form = form;
        this.tail = form.tail.getBytes(StandardCharsets.US_ASCII);
        this.micros = start.getEpochSecond() * MICROS;
    }

    /** Lets some time pass. */
    void tick(Dice dice) {
        micros += dice.below(LONGEST_PAUSE_MICROS);
    }

    /** The present moment, in whole seconds. */
    Instant now() {
        return Instant.ofEpochSecond(micros / MICROS);
    }

    @Override
    public void write(LineBytes line, Dice dice) {
        if (micros / MICROS != second) {
            second = micros / MICROS;
            OffsetDateTime time = Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC);
            written = form.seconds.format(time).getBytes(StandardCharsets.US_ASCII);
        }
        line.add(written);
        if (form == Form.ISO) {
            line.digits(micros % MICROS, 6);
            line.add(tail);
        }
    }
}
