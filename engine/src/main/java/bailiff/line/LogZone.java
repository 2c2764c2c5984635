package bailiff.line;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the zone of a log, as fail2ban's option {@code logtimezone} names it. Stateless; any thread may ask. */
public final class LogZone {

    /** The longest name of a zone of the world is half as long. */
    private static final int LONGEST = 64;

    private static final Pattern OFFSET = Pattern.compile("([A-Z](?:[A-Z]{1,4})?)?([+-])([01][0-9])(?::?([0-9]{2}))?");

    private LogZone() {}

    /**
     * The zone that a text names; nothing when it names none.
     *
     * <p>An abbreviation ({@code CET}, {@code PT}, {@code Z}) is a fixed offset, without summer time. An offset
     * ({@code +0200}, {@code -03:30}, {@code +02}) is added to the abbreviation in front of it, if there is one. Any
     * other name is one of the world's zones ({@code Europe/Berlin}), with its summer time.
     *
     * @param text any text, blanks around it are passed over
     */
    public static Optional<ZoneId> parse(String text) {
        String name = text.strip();
        if (name.isEmpty() || name.length() > LONGEST) {
            return Optional.empty();
        }
        if (ZoneNames.isKnown(name)) {
            return offset(ZoneNames.minutes(name));
        }
        Matcher numbered = OFFSET.matcher(name);
        if (numbered.matches()) {
            return numbered(numbered);
        }
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<ZoneId> numbered(Matcher found) {
        String name = found.group(1) == null ? "Z" : found.group(1);
        int minutes = found.group(4) == null ? 0 : Integer.parseInt(found.group(4));
        int east = Integer.parseInt(found.group(3)) * 60 + minutes;
        if (!ZoneNames.isKnown(name) || minutes > 59) {
            return Optional.empty();
        }
        return offset(ZoneNames.minutes(name) + (found.group(2).equals("-") ? -east : east));
    }

    private static Optional<ZoneId> offset(int minutes) {
        return Math.abs(minutes) > ZoneOffset.MAX.getTotalSeconds() / 60
                ? Optional.empty()
                : Optional.of(ZoneOffset.ofTotalSeconds(minutes * 60));
    }
}
