package bailiff.line;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the time that a line carries and cuts it out, as a filter's datepattern says. Not thread-safe: one jail owns
 * it.
 *
 * <p>The same line read at the same moment gives the same time whatever was read before, save that numbers which
 * could be day or month are read as in the lines before. Work per line is bounded, whatever the line.
 */
public final class DateDetector {

    /*
     * Of several templates, the first that is anchored and fits has the time: the administrator named the place and
     * the order. Among those that look anywhere, the time that stands first in the line counts, since what an
     * attacker writes comes after what the daemon writes; to try the one that fitted last first would let him choose.
     */

    /** Each may look at every line; fail2ban has 31 of its own, and no filter lists as many. */
    static final int MOST_TEMPLATES = 64;

    private static final int MOST_LINES = 1_000;
    private static final String EXPECTED = "at most " + MOST_TEMPLATES + " lines";

    private final List<DateTemplate> templates;
    private final Almanac almanac;
    private @Nullable DateTemplate last;
    private final DateText text = new DateText();
    private int cutFrom;
    private int cutTo;

    private DateDetector(List<DateTemplate> templates, ZoneId zone) {
        this.templates = templates;
        this.almanac = new Almanac(zone);
    }

    /**
     * The detector for a filter.
     *
     * @param datepattern fail2ban's option, percent signs not doubled: one template a line; blank for the usual forms
     * @param zone the zone of times that name none
     * @throws DatePatternException when a template cannot be understood
     */
    public static DateDetector of(String datepattern, ZoneId zone) throws DatePatternException {
        List<DateTemplate> templates = new ArrayList<>();
        for (String line : datepattern.split("\n", MOST_LINES + 1)) {
            if (templates.size() == MOST_TEMPLATES) {
                throw new DatePatternException(
                        line.substring(0, Math.min(line.length(), 40)), 1, "begins one more line", EXPECTED);
            }
            if (!line.isBlank()) {
                templates.add(template(line.strip()));
            }
        }
        if (templates.isEmpty()) {
            templates.add(new DefaultTemplate(false));
        }
        return new DateDetector(templates, zone);
    }

    /** What is unwise about the datepattern: one sentence for each line of it that makes reading a log slow. */
    public List<String> warnings() {
        return DateLint.check(templates);
    }

    private static DateTemplate template(String pattern) throws DatePatternException {
        return switch (pattern.toUpperCase(Locale.ROOT)) {
            case "{DEFAULT}", "{DATE}" -> new DefaultTemplate(false);
            case "{^LN-BEG}", "{^LN-BEG}{DEFAULT}", "{^LN-BEG}{DATE}" -> new DefaultTemplate(true);
            case "{NONE}", "{NON}" -> new NoTemplate();
            case "EPOCH" -> DatePatternReader.builtIn("(?:^\\[?|\\baudit\\()({EPOCH})");
            case "LEPOCH" -> DatePatternReader.builtIn("(?:^\\[?|\\baudit\\()({LEPOCH})");
            case "^EPOCH", "{^LN-BEG}EPOCH" -> DatePatternReader.builtIn("{^LN-BEG}{EPOCH}");
            case "^LEPOCH", "{^LN-BEG}LEPOCH" -> DatePatternReader.builtIn("{^LN-BEG}{LEPOCH}");
            case "TAI64N" -> DatePatternReader.builtIn("{TAI64N}");
            case "^TAI64N", "{^LN-BEG}TAI64N" -> DatePatternReader.builtIn("{^LN-BEG}{TAI64N}");
            case "ISO8601" -> DatePatternReader.read("%ExY-%m-%d[T ]%H:%M:%S(?:[.,]%f)?(?:\\s*%z)?");
            default -> DatePatternReader.read(pattern);
        };
    }

    /**
     * Finds the time of a line; a line whose time is impossible (31 February) has none.
     *
     * @param line without its line feed
     * @param now the moment of reading, against which a time without a year or a day is completed to the latest that is
     *     not in the future
     */
    public DatedLine detect(String line, Instant now) {
        text.set(line);
        Optional<Instant> time = read(now);
        return DatedLine.cut(time, line, cutFrom, cutTo);
    }

    /**
     * Finds the time of a line, as {@link #detect}, but says only what it is; where it stands say {@link #cutFrom} and
     * {@link #cutTo}.
     *
     * @param now as for {@link #detect}
     * @return the time; empty where the line names no possible one
     */
    public Optional<Instant> time(LogLine line, Instant now) {
        text.set(line);
        Optional<Instant> time = read(now);
        text.letGo();
        return time;
    }

    private Optional<Instant> read(Instant now) {
        DateReading found = find();
        if (found == null) {
            cutFrom = 0;
            cutTo = 0;
            return Optional.empty();
        }
        cutFrom = found.from();
        cutTo = found.to();
        return found.isNone() ? Optional.empty() : almanac.time(found, now);
    }

    /** Where in the latest line, counted in characters, that begins which is to be cut out of it. */
    public int cutFrom() {
        return cutFrom;
    }

    /** Where that ends; as {@link #cutFrom} where nothing is to be cut out. */
    public int cutTo() {
        return cutTo;
    }

    /**
     * How the time of the latest line is written, as a datepattern: one line of the filter's, or one of the usual forms;
     * empty where none fits.
     */
    public String form() {
        return last == null ? "" : last.form();
    }

    /**
     * Whether a time may be cut out of a line between these two characters, so that they come together in what is left
     * of it; true also where that cannot be told.
     */
    public boolean mayCutBetween(char before, char after) {
        return templates.stream().anyMatch(template -> template.mayCutBetween(before, after));
    }

    private @Nullable DateReading find() {
        last = null;
        DateReading first = null;
        for (int i = 0; i < templates.size(); i++) {
            DateTemplate template = templates.get(i);
            DateReading found = template.find(text);
            if (found != null && (template.isAnchored() || first == null || found.from() < first.from())) {
                last = template;
                first = found;
            }
            if (found != null && template.isAnchored()) {
                return found;
            }
        }
        return first;
    }

    /** For logs without times. */
    private static final class NoTemplate implements DateTemplate {

        private final DateReading none = new DateReading();

        NoTemplate() {
            none.clear();
            none.putNone();
            none.span(0, 0);
        }

        @Override
        public DateReading find(DateText text) {
            return none;
        }

        @Override
        public boolean isAnchored() {
            return true;
        }

        @Override
        public boolean mayCutBetween(char before, char after) {
            return false;
        }

        @Override
        public String form() {
            return "{NONE}";
        }
    }
}
