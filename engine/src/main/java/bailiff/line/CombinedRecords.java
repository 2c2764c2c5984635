package bailiff.line;

import bailiff.line.AccessLine.Field;
import bailiff.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Makes records of the lines of Apache's and nginx's {@code common}, {@code combined} and {@code vhost_combined} logs.
 *
 * <p>Not thread-safe.
 */
public final class CombinedRecords {

    private final AccessLine line = new AccessLine();
    private final DateDetector dates;

    public CombinedRecords() {
        try {
            dates = DateDetector.of("", ZoneOffset.UTC);
        } catch (DatePatternException e) {
            throw new IllegalStateException("no pattern is always one", e);
        }
    }

    /** The request that the line tells; nothing when it is none, or its client no address. Never throws. */
    public Optional<AccessRecord> read(LogLine log) {
        byte[] bytes = log.text().getBytes(StandardCharsets.UTF_8);
        if (!line.read(bytes, 0, bytes.length)) {
            return Optional.empty();
        }
        Optional<IpAddress> client = IpAddress.parse(line.text(Field.CLIENT));
        Optional<Instant> time = dates.time(log, Instant.EPOCH);
        return client.isEmpty() || time.isEmpty()
                ? Optional.empty()
                : Optional.of(record(time.get(), client.get(), bytes));
    }

    private AccessRecord record(Instant time, IpAddress client, byte[] bytes) {
        String target = target(bytes);
        int query = target.indexOf('?');
        String length = line.text(Field.BYTES);
        return new AccessRecord(
                time,
                client,
                line.text(Field.METHOD),
                query < 0 ? target : target.substring(0, query),
                query < 0 ? "" : target.substring(query + 1),
                line.text(Field.PROTOCOL),
                line.status(),
                length.isEmpty() || length.length() > 18 ? -1 : Long.parseLong(length),
                line.text(Field.REFERER),
                line.text(Field.AGENT),
                line.text(Field.HOST),
                line.text(Field.USER));
    }

    private String target(byte[] bytes) {
        byte[] normal = line.has(Field.TARGET)
                ? RequestTarget.normalized(bytes, line.start(Field.TARGET), line.end(Field.TARGET))
                : null;
        return normal == null ? line.text(Field.TARGET) : new String(normal, StandardCharsets.US_ASCII);
    }
}
