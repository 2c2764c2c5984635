package bailiff.filter;

import bailiff.filter.Examination.Texts;
import bailiff.line.Budget;
import bailiff.line.Cut;
import bailiff.line.DateDetector;
import bailiff.line.DatedLine;
import bailiff.line.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Says of each line of a log whom it blames, as the expressions of a fail2ban filter would.
 *
 * <p>Examines lines of at most {@value #LONGEST} bytes and spends at most {@value Budget#READS} reads of a character on
 * one; a line that would need more is {@link Outcome.Doubtful}. Not thread-safe: one jail owns it.
 *
 * <p>A filter whose expressions take several lines together ({@code maxlines}) or join the lines of a session
 * ({@code <F-MLFID>}) remembers the lines that may still matter, in memory only and within bounds: a failure whose
 * lines stand on both sides of a restart is missed, never counted twice.
 */
public final class Filter {

    /*
     * In fail2ban's order: the time is cut out; prefregex must match, its groups are kept and its <F-CONTENT> is all
     * that the others see; the first failregex that matches decides; ignoreregex may excuse. The prefilter stands
     * before all that and does not change what a line says, except that the time of a line that it turns away is not
     * remembered.
     */
    static final int LONGEST = 65_536;

    private final Parts parts;
    private final Prefilter prefilter;
    private final LineBuffer buffer;
    private final Texts texts = new Texts(new Subject(), new Subject());
    private final Examination examination;
    private final Recent recent;
    private final boolean delays;
    private final Sessions sessions = new Sessions();
    private @Nullable Instant lastTime;
    private Instant lastRead = Instant.EPOCH;

    private Filter(Parts parts, FilterDefinition definition, Prefilter prefilter) {
        this.parts = parts;
        this.buffer = new LineBuffer(definition.maxlines());
        this.recent = new Recent(definition.maxlines());
        // What prefregex matches stays in the buffer, whatever the others say of it.
        this.delays = buffer.isOfSeveral()
                && prefilter.isUseful()
                && definition.prefregex().isEmpty();
        this.prefilter = prefilter;
        this.examination = new Examination(parts, buffer, sessions, texts);
    }

    /**
     * The filter, ready to be applied.
     *
     * @throws RegexException for the first expression that cannot be used; the others hang on it as suppressed
     */
    public static Filter compile(FilterDefinition definition) throws RegexException {
        Parts parts = Parts.compile(definition);
        return new Filter(parts, definition, Prefilter.of(parts));
    }

    /** The same, but it examines every line: to tell whether that makes a difference, which it must not. */
    static Filter compileWithoutPrefilter(FilterDefinition definition) throws RegexException {
        return new Filter(Parts.compile(definition), definition, Prefilter.NONE);
    }

    /** What is unwise about the filter's expressions: one sentence each, for the administrator. */
    public List<String> warnings() {
        return parts.warnings();
    }

    /**
     * What the line says. Never throws, whatever the line.
     *
     * <p>A line without a time has the time of the last line that had one and that the filter had to look at, plus the
     * time since that was read: the log's clock goes on while nobody writes the time.
     *
     * @param now completes times that lack a year or a day, and stands in where no time was ever seen
     */
    public Outcome apply(LogLine line, Instant now) {
        return apply(line, now, Prospect.UNKNOWN);
    }

    /**
     * The same for a line of which a {@link Sieve} has told what it may be to this filter.
     *
     * @param told what it told
     */
    public Outcome apply(LogLine line, Instant now, Prospect told) {
        boolean asks = told == Prospect.UNKNOWN && !buffer.isOfSeveral();
        Prospect prospect = asks ? prefilter.prospect(line) : told;
        if (prospect == Prospect.NOTHING || (prospect == Prospect.END_OF_SESSION && sessions.size() == 0)) {
            return Outcome.UNMATCHED;
        }
        if (line.length() > LONGEST) {
            return new Outcome.Doubtful("The line is longer than " + LONGEST + " bytes.");
        }
        if (delays && !recent.isDue(prefilter.isMentioned(line), line, now)) {
            return Outcome.UNMATCHED;
        }
        try {
            Instant time;
            if (buffer.isOfSeveral()) {
                recent.release(this::remember);
                time = remember(line, now);
                load(texts.whole(), buffer.lines());
            } else {
                time = timeOf(load(texts.whole(), line, now), now);
            }
            return examination.outcome(line, time, prospect);
        } catch (Budget.Spent e) {
            buffer.keep(List.of());
            return new Outcome.Doubtful("The line takes more work than one line may.");
        } catch (StackOverflowError e) {
            buffer.keep(List.of());
            return new Outcome.Doubtful("The line takes a deeper stack than there is.");
        }
    }

    /** Takes in a line that does not matter itself, but may be seen together with one that does. */
    private Instant remember(LogLine line, Instant now) {
        DatedLine dated = dated(line, now);
        buffer.add(entry(line, dated));
        return timeOf(dated.time(), now);
    }

    /** What a line must contain so that it, or one beside it, can matter; none for a filter that has to see every line. */
    List<Needle> needles() {
        return buffer.isOfSeveral() && !delays ? List.of() : prefilter.needles();
    }

    /** What the expressions require, of which a line must meet one to matter; none where {@link #needles} are none. */
    List<Prefilter.Claim> claims() {
        return buffer.isOfSeveral() && !delays ? List.of() : prefilter.claims();
    }

    /** How many lines the expressions see together. */
    int lines() {
        return buffer.most();
    }

    /**
     * The indices, from 0, of every failregex that matches the line, not only of the first, which decides; ignoreregex
     * is not asked. Changes nothing in the filter: the line is still to be {@linkplain #apply applied}, afterwards.
     *
     * <p>For people who try a filter. Each expression has the budget of a whole line; one that spends it has not
     * matched.
     *
     * @param now as for {@link #apply}
     */
    public List<Integer> hits(LogLine line, Instant now) {
        if (line.length() > LONGEST) {
            return List.of();
        }
        Subject whole = texts.whole();
        if (buffer.isOfSeveral()) {
            recent.release(this::remember);
            load(whole, buffer.with(entry(line, dated(line, now))));
        } else {
            load(whole, line, now);
        }
        if (!finds(parts.prefregex(), whole)) {
            return List.of();
        }
        Subject seen = texts.content().loadContent(whole, parts.prefregex()) ? texts.content() : whole;
        return IntStream.range(0, parts.failures())
                .filter(index -> finds(parts.expressions().get(index), seen))
                .boxed()
                .toList();
    }

    private static boolean finds(Expression expression, Subject seen) {
        try {
            seen.allow(new Budget());
            return expression.finds(seen);
        } catch (Budget.Spent | StackOverflowError e) {
            return false;
        }
    }

    private static void load(Subject whole, List<LineBuffer.Entry> lines) {
        whole.load(LineBuffer.joined(lines), new Budget());
    }

    /** Starts on the line alone, without its time, which it gives. */
    private Optional<Instant> load(Subject whole, LogLine line, Instant now) {
        LogLine seen = parts.seen(line);
        Optional<Instant> known = line.time();
        if (known.isPresent()) {
            whole.loadLine(seen, 0, 0, new Budget());
            return known;
        }
        DateDetector dates = parts.dates();
        Optional<Instant> written = dates.time(seen, now);
        whole.loadLine(seen, dates.cutFrom(), dates.cutTo(), new Budget());
        return written;
    }

    private DatedLine dated(LogLine line, Instant now) {
        String seen = parts.seen(line).text();
        Optional<Instant> known = line.time();
        return known.isPresent()
                ? DatedLine.dated(known.get(), seen)
                : parts.dates().detect(seen, now);
    }

    private static LineBuffer.Entry entry(LogLine line, DatedLine dated) {
        return new LineBuffer.Entry(dated.rest(), line.text(), Cut.suspects(line.length()));
    }

    private Instant timeOf(Optional<Instant> written, Instant now) {
        if (written.isPresent()) {
            lastTime = written.get();
            lastRead = now;
            return written.get();
        }
        return lastTime == null ? now : lastTime.plus(Duration.between(lastRead, now));
    }
}
