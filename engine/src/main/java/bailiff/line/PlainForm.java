package bailiff.line;

import bailiff.line.AccessLine.Field;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * The forms {@code common}, {@code combined} and {@code vhost_combined} of Apache and nginx, and whatever further fields
 * stand behind; also with the site's name, without a port, in front. Not thread-safe.
 */
final class PlainForm implements AccessForm {

    private final AccessLine line = new AccessLine();
    private final RecordText texts = new RecordText();
    private final AccessTime times;
    private byte[] bytes = {};

    /** For a log whose times are of that zone where they name none. */
    PlainForm(ZoneId zone) {
        this.times = new AccessTime(zone);
    }

    /** As {@link AccessTime#offset}. */
    int offset() {
        return times.offset();
    }

    @Override
    public Optional<AccessRecord> read(LogLine of) {
        bytes = of.buffer();
        if (!line.read(bytes, of.from(), of.to())) {
            return Optional.empty();
        }
        Optional<IpAddress> client = address(Field.CLIENT);
        boolean named = client.isEmpty();
        if (named) {
            // "www.example.com 192.0.2.1 - - [...]": what is named first is the site. A client's name with an address
            // from its own ident server behind it would look alike, but no server has asked those for decades.
            client = address(Field.IDENT);
        }
        Optional<Instant> time = times.read(bytes, line.start(Field.TIME), line.end(Field.TIME));
        if (client.isEmpty() || time.isEmpty()) {
            return Optional.empty();
        }
        RecordText.Target target = line.has(Field.TARGET)
                ? texts.target(bytes, line.start(Field.TARGET), line.end(Field.TARGET))
                : RecordText.Target.NONE;
        return Optional.of(new AccessRecord(
                time.get(),
                client.get(),
                text(Field.METHOD),
                target.path(),
                target.query(),
                text(Field.PROTOCOL),
                line.status(),
                number(),
                text(Field.REFERER),
                text(Field.AGENT),
                text(named ? Field.CLIENT : Field.HOST),
                named ? userBehindName() : text(Field.USER),
                target.spelling(),
                line.tells(Field.REFERER),
                line.tells(Field.AGENT)));
    }

    /** With a name in front, what is read as the user is {@code - USER}. */
    private String userBehindName() {
        String both = text(Field.USER);
        String user = both.substring(both.indexOf(' ') + 1);
        return user.equals("-") ? "" : user;
    }

    private Optional<IpAddress> address(Field field) {
        return line.has(field) ? IpAddress.parse(bytes, line.start(field), line.end(field)) : Optional.empty();
    }

    private String text(Field field) {
        return line.has(field) ? texts.text(bytes, line.start(field), line.end(field)) : "";
    }

    private long number() {
        return line.has(Field.BYTES) ? Numbers.read(bytes, line.start(Field.BYTES), line.end(Field.BYTES)) : -1;
    }
}
