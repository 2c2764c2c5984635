package bailiff.filter;

import bailiff.filter.LineBuffer.Entry;
import bailiff.line.Budget;
import bailiff.line.Cut;
import bailiff.line.LogLine;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The expressions of a filter at work on one line, and on those that it sees together with it; then on the next. Not
 * thread-safe: one filter owns it.
 */
final class Examination {

    /**
     * A cut can forge what stands so close to a line's end; in a regular line, what is further left cannot be moved.
     */
    private static final int CUT_REACH = 64;

    private static final int MOST_ATTEMPTS = 10_000;

    /** The group whose part in a match makes the line count twice; to fail2ban a group like any other. */
    static final String TWICE = "twice";

    private final Parts parts;
    private final LineBuffer buffer;
    private final Sessions sessions;
    private final Subject whole;
    private final Subject content;
    private final Find prefix;
    private final List<Find> inWhole;
    private final List<Find> inContent;
    private LogLine line = LogLine.of("");
    private Instant time = Instant.EPOCH;

    /** The lines that are seen together; none where that is the newest alone. */
    private List<Entry> lines = List.of();

    Examination(Parts parts, LineBuffer buffer, Sessions sessions, Texts texts) {
        this.parts = parts;
        this.buffer = buffer;
        this.sessions = sessions;
        this.whole = texts.whole();
        this.content = texts.content();
        this.prefix = new Find(parts.prefregex(), whole);
        this.inWhole = finds(whole);
        this.inContent = finds(content);
    }

    private List<Find> finds(Subject subject) {
        return parts.expressions().stream()
                .map(expression -> new Find(expression, subject))
                .toList();
    }

    /**
     * What the expressions search, one after the other.
     *
     * @param whole what prefregex sees
     * @param content for the part that it picks
     */
    record Texts(Subject whole, Subject content) {}

    /**
     * What the line says, which the whole text stands for, with those in the buffer where several are seen together; throws
     * {@link Budget.Spent} and {@link StackOverflowError} for lines made to do so.
     *
     * @param prospect what is known of the line: not less than it is
     */
    Outcome outcome(LogLine newest, Instant when, Prospect prospect) {
        line = newest;
        time = when;
        lines = buffer.lines();
        boolean excused = parts.excusesFirst() && isExcused(whole);
        if (!parts.prefregex().finds(whole) || (prospect == Prospect.END_OF_SESSION && !isInSession())) {
            return Outcome.UNMATCHED;
        }
        Subject seen = content.loadContent(whole, parts.prefregex()) ? content : whole;
        if (buffer.isOfSeveral() && !excused && !seen.text().equals(whole.text())) {
            String kept = seen.text(0, seen.length() - 1);
            buffer.keep(List.of(new Entry(kept, kept, false)));
        }
        int index = parts.firstMatch(seen);
        return index < 0 ? Outcome.UNMATCHED : matched(index, seen, excused);
    }

    /** Whether prefregex, which just matched, took the name of a session that is open. */
    private boolean isInSession() {
        int start = parts.prefregex().start(Blame.SESSION);
        return start >= 0 && sessions.hold(whole.text(start, parts.prefregex().end(Blame.SESSION)));
    }

    private Outcome matched(int index, Subject seen, boolean excusedFirst) {
        if (parts.closing().get(index) && !isInSession()) {
            return Outcome.UNMATCHED;
        }
        Find find = (seen == whole ? inWhole : inContent).get(index);
        Taking taking = parts.taking().get(index);
        Map<String, String> groups = taking.of(prefix, find);
        LineSplit split = LineSplit.of(find, lines);
        boolean excused = excusedFirst || isExcusedAfterwards(seen, split);
        if (!excusedFirst && buffer.isOfSeveral()) {
            buffer.keep(split.others());
        }
        Optional<Blame> blame = taking.blame(prefix, find, groups);
        if (excused) {
            return new Outcome.Ignored(
                    sighting(index, blame.map(Blame::host).orElse(""), groups, List.of(), List.of()));
        }
        String doubt = blame.isPresent() ? doubt(blame.get()) : "";
        if (!doubt.isEmpty()) {
            return new Outcome.Doubtful(doubt);
        }
        if (parts.isSuccess(index)) {
            return credited(index, blame, groups);
        }
        if (taking.isPlain() && lines.size() <= 1 && blame.isPresent()) {
            return new Outcome.Matched(blame.get().sighting(time, index, groups));
        }
        List<String> matched = texts(split.matched());
        return groups.containsKey(Blame.SESSION)
                ? inSession(index, groups, matched)
                : alone(index, blame, groups, matched);
    }

    /** A success is told by one line: what a session says of failures is none of its business. */
    private Outcome credited(int index, Optional<Blame> blame, Map<String, String> groups) {
        return blame.<Outcome>map(known ->
                        new Outcome.Credited(known.sighting(time, index - parts.failures(), groups)))
                .orElse(Outcome.UNMATCHED);
    }

    private List<String> texts(List<Entry> matched) {
        return buffer.isOfSeveral() ? matched.stream().map(Entry::text).toList() : List.of(line.text());
    }

    private boolean isExcusedAfterwards(Subject seen, LineSplit split) {
        if (parts.ignoreregex().isEmpty()) {
            return false;
        }
        if (!buffer.isOfSeveral()) {
            return isExcused(seen);
        }
        Subject lines = new Subject();
        lines.load(LineBuffer.joined(split.matched()), seen.budget());
        return isExcused(lines);
    }

    private Outcome alone(int index, Optional<Blame> blame, Map<String, String> groups, List<String> matched) {
        if (Session.Mark.of(groups).nofail()) {
            return Outcome.UNMATCHED;
        }
        return blame.<Outcome>map(
                        known -> new Outcome.Matched(sighting(index, known.host(), groups, matched, List.of())))
                .orElseGet(() -> new Outcome.Doubtful("The line blames nobody."));
    }

    private Outcome inSession(int index, Map<String, String> groups, List<String> matched) {
        Session.Mark mark = Session.Mark.of(groups);
        Session session = sessions.join(groups.getOrDefault(Blame.SESSION, ""), groups, mark, matched, time);
        if (session.isNofail()) {
            return Outcome.UNMATCHED;
        }
        Map<String, String> all = session.groups();
        Optional<String> host = Blame.host(all);
        if (host.isEmpty()) {
            session.setPending();
            return Outcome.UNMATCHED;
        }
        return new Outcome.Matched(sighting(index, host.get(), all, session.lines(), session.users()));
    }

    /** The sighting; its latest line is not among those before. */
    private Sighting sighting(
            int index, String host, Map<String, String> groups, List<String> matched, List<String> users) {
        String newest = buffer.isOfSeveral() ? lines.getLast().text() : line.text();
        boolean endsHere = !matched.isEmpty() && matched.getLast().equals(newest);
        List<String> before = endsHere ? matched.subList(0, matched.size() - 1) : matched;
        return new Sighting(time, host, index, attempts(groups), groups, before, users);
    }

    /** Why what the line itself says of whom to blame is not to be believed; empty when it is. */
    private String doubt(Blame blame) {
        return mayBeCut(blame.end())
                ? "The line may have been cut just behind the address, so it may be forged."
                : blame.doubt();
    }

    /** Whether that place stands at the end of a line whose end may be missing. */
    private boolean mayBeCut(int place) {
        int at = whole.characters(place);
        if (!buffer.isOfSeveral()) {
            return Cut.suspects(line.length()) && whole.characters(whole.length()) - 1 - at <= CUT_REACH;
        }
        int end = -1;
        for (int i = 0; i < lines.size(); i++) {
            Entry one = lines.get(i);
            end += one.rest().length() + 1;
            if (at <= end) {
                return one.perhapsCut() && end - at <= CUT_REACH;
            }
        }
        return false;
    }

    private boolean isExcused(Subject subject) {
        List<Expression> ignoreregex = parts.ignoreregex();
        for (int i = 0; i < ignoreregex.size(); i++) {
            if (ignoreregex.get(i).finds(subject)) {
                return true;
            }
        }
        return false;
    }

    /** Guessing at names is what attackers do: a filter says with {@code <F-TWICE>} that a line counts twice. */
    private static int attempts(Map<String, String> groups) {
        int weight = groups.containsKey(TWICE) ? 2 : 1;
        String digits = groups.getOrDefault("attempts", "");
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return weight;
        }
        int attempts = digits.length() > 6 ? MOST_ATTEMPTS : Integer.parseInt(digits);
        return Math.clamp((long) attempts * weight, 1, MOST_ATTEMPTS);
    }
}
