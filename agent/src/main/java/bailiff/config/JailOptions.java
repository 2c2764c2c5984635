package bailiff.config;

import bailiff.ban.Bantime;
import bailiff.line.LogZone;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The options of one jail, each read as what it has to be. What is not goes to the problems and reads as absent.
 *
 * <p>Not thread-safe.
 */
final class JailOptions {

    static final Set<String> YES = Set.of("1", "on", "true", "yes");
    static final Set<String> NO = Set.of("0", "off", "false", "no");

    private final Sections sections;
    private final String jail;
    private final Problems problems;
    private final Map<String, Optional<Passage>> read = new HashMap<>();
    private Percent percent;

    JailOptions(Sections sections, String jail, Problems problems) {
        this.sections = sections;
        this.jail = jail;
        this.problems = problems;
        this.percent = new Percent(sections, new Percent.Context(jail));
    }

    /** From now on {@code %(known/option)s} means these values, which are named so. */
    void know(Map<String, Passage> known) {
        percent = new Percent(sections, new Percent.Context(jail, Map.of(), known));
        read.clear();
    }

    /** The option with everything put in; nothing where it is not set, or set to nothing. */
    Optional<Passage> text(String option) {
        return set(option).filter(value -> !value.isBlank());
    }

    /** The option with everything put in, which may be nothing but blanks. */
    Optional<Passage> set(String option) {
        Optional<Passage> value = read.get(option);
        if (value == null) {
            value = find(option);
            read.put(option, value);
        }
        return value;
    }

    private Optional<Passage> find(String option) {
        try {
            return percent.find(option);
        } catch (BadValue e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    /** Where a jail that does not set the option could set it. */
    Place placeFor(String option) {
        String file = sections.own(jail).values().stream()
                .map(value -> value.place().file())
                .findFirst()
                .orElse("");
        return new Place(file, 0, jail, option);
    }

    boolean flag(String option, boolean otherwise) {
        Optional<Passage> value = text(option);
        String read = value.map(Passage::text).orElse("").strip().toLowerCase(Locale.ROOT);
        if (value.isPresent() && !YES.contains(read) && !NO.contains(read)) {
            wrong(value.get(), "true or false");
        }
        return YES.contains(read) || (!NO.contains(read) && otherwise);
    }

    int number(String option, int least, int most, int otherwise) {
        Optional<Passage> value = text(option);
        if (value.isEmpty()) {
            return otherwise;
        }
        String read = value.get().text().strip();
        if (read.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(read);
            if (number >= least && number <= most) {
                return number;
            }
        }
        wrong(value.get(), "a number from " + least + " to " + most);
        return otherwise;
    }

    /** A number above zero, with decimals if need be. */
    double positive(String option, double most, double otherwise) {
        Optional<Passage> value = text(option);
        if (value.isEmpty()) {
            return otherwise;
        }
        String read = value.get().text().strip();
        double number = read.matches("[0-9]{1,9}(\\.[0-9]{1,9})?") ? Double.parseDouble(read) : 0;
        if (number > 0 && number <= most) {
            return number;
        }
        wrong(value.get(), "a number above 0, such as 1 or 0.5, and at most " + Math.round(most));
        return otherwise;
    }

    Duration findtime(Duration otherwise) {
        Optional<Passage> value = text("findtime");
        Optional<Duration> time = value.flatMap(text -> TimeExpression.parse(text.text()));
        if (value.isPresent() && (time.isEmpty() || !time.get().isPositive())) {
            wrong(value.get(), "a time such as 600, 10m or 1d 12h");
            return otherwise;
        }
        return time.orElse(otherwise);
    }

    Bantime bantime(Bantime otherwise) {
        Optional<Passage> value = text("bantime");
        Optional<Duration> time = value.flatMap(text -> TimeExpression.parse(text.text()));
        if (value.isPresent() && (time.isEmpty() || time.get().isZero())) {
            wrong(value.get(), "a time such as 600, 10m or 1d 12h, or -1 for ever");
            return otherwise;
        }
        return time.map(length -> length.isNegative() ? Bantime.FOR_EVER : new Bantime(length))
                .orElse(otherwise);
    }

    ZoneId zone(ZoneId otherwise) {
        Optional<Passage> value = text("logtimezone");
        if (value.isEmpty()) {
            return otherwise;
        }
        Optional<ZoneId> zone = LogZone.parse(value.get().text());
        if (zone.isEmpty()) {
            wrong(value.get(), "a time zone such as Europe/Berlin, CET, UTC or +0100");
        }
        return zone.orElse(otherwise);
    }

    /** What stands between blanks, commas and line breaks. */
    List<String> words(String option) {
        return text(option).map(Passage::words).orElse(List.of());
    }

    /** The value is wrong; the message says how. */
    void refuse(Passage value, String message) {
        problems.error(value.place(), message);
    }

    void wrong(Passage value, String expected) {
        problems.error(value.place(), "read " + Quoted.of(value.text().strip()) + ", expected " + expected);
    }
}
