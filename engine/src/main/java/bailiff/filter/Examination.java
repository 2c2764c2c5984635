package bailiff.filter;

import bailiff.line.DatedLine;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The expressions of a filter at work on one line. */
final class Examination {

    /**
     * A cut can forge what stands so close to a line's end; in a regular line, what is further left cannot be moved.
     */
    private static final int CUT_REACH = 64;

    private static final int MOST_ATTEMPTS = 10_000;
    private static final String USER = "user";
    private static final String OTHER_USER = "alt_user";

    private final Parts parts;
    private final Instant time;
    private final boolean perhapsCut;
    private final Seen line;
    private final Budget budget = new Budget();

    Examination(Parts parts, DatedLine dated, Instant time, boolean perhapsCut) {
        this.parts = parts;
        this.time = time;
        this.perhapsCut = perhapsCut;
        this.line = Seen.whole(dated.rest());
    }

    /** What the line says; throws {@link Budget.Spent} and {@link StackOverflowError} for lines made to do so. */
    Outcome outcome() {
        if (!parts.prefregex().finds(budget.over(line.text()))) {
            return Outcome.UNMATCHED;
        }
        Seen seen = line.content(parts.prefregex());
        List<Expression> failregex = parts.failregex();
        for (int i = 0; i < failregex.size(); i++) {
            if (failregex.get(i).finds(budget.over(seen.text()))) {
                return matched(i, seen);
            }
        }
        return Outcome.UNMATCHED;
    }

    private Outcome matched(int index, Seen seen) {
        Expression failregex = parts.failregex().get(index);
        Optional<Blame> found = Blame.of(failregex, seen).or(() -> Blame.of(parts.prefregex(), line));
        if (found.isEmpty()) {
            return new Outcome.Doubtful("The line blames nobody.");
        }
        Blame blame = found.get();
        Map<String, String> groups = groups(failregex);
        Sighting sighting = new Sighting(time, blame.host(), index, attempts(groups), groups);
        if (isExcused(seen)) {
            return new Outcome.Ignored(sighting);
        }
        if (perhapsCut && line.behind(blame.end()) <= CUT_REACH) {
            return new Outcome.Doubtful("The line may have been cut just behind the address, so it may be forged.");
        }
        return blame.doubt().isEmpty() ? new Outcome.Matched(sighting) : new Outcome.Doubtful(blame.doubt());
    }

    private boolean isExcused(Seen seen) {
        return parts.ignoreregex().stream().anyMatch(expression -> expression.finds(budget.over(seen.text())));
    }

    private Map<String, String> groups(Expression failregex) {
        Map<String, String> groups = new HashMap<>();
        parts.prefregex().groupsInto(groups);
        failregex.groupsInto(groups);
        groups.keySet().removeIf(Seen::isContent);
        if (groups.getOrDefault(USER, "").isEmpty()) {
            groups.keySet().stream()
                    .filter(name -> name.startsWith(OTHER_USER))
                    .filter(name -> !groups.getOrDefault(name, "").isEmpty())
                    .min(String::compareTo)
                    .ifPresent(name -> groups.put(USER, groups.getOrDefault(name, "")));
        }
        return groups;
    }

    private static int attempts(Map<String, String> groups) {
        String digits = groups.getOrDefault("attempts", "");
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 1;
        }
        int attempts = digits.length() > 6 ? MOST_ATTEMPTS : Integer.parseInt(digits);
        return Math.clamp(attempts, 1, MOST_ATTEMPTS);
    }
}
