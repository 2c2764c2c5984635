package bailiff.filter;

import bailiff.line.LogLine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** The WordPress recipe's filter, its prefix written out, and the lines that it meets. */
final class Recipe {

    static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    /** Host, then {@code wordpress(HOST)[PID]:} or RFC 5424's {@code wordpress(HOST) PID - -}. */
    static final String PREFIX =
            "\\s*(?:<\\d+>1?\\s*)?(?:\\S+\\s+)?wordpress(?:\\(\\S+\\))?(?:\\[\\d+\\]:?| \\d+ \\S+ \\S+)\\s+";

    static final List<String> FAILREGEX = List.of(
            "^" + PREFIX + "Authentication failure for .* from <HOST>$",
            "^" + PREFIX + "Pingback error .* generated from <HOST>$");

    static final List<String> FRAMES = List.of(
            "Nov 20 11:03:14 vm wordpress(blog.example.test)[5002]: ",
            "2026-11-20T11:03:14.980470+00:00 vm wordpress(blog:8081)[7950]: ",
            "2026-11-20T11:03:14.980470+00:00 vm wordpress(x))[5014]: ",
            "<85>1 2026-11-20T11:03:14.980470+00:00 vm wordpress(blog.example.test) 7950 - -  ");

    private Recipe() {}

    static FilterDefinition definition(List<String> failregex) {
        return new FilterDefinition("test", failregex, List.of(), "", "", ZoneOffset.UTC, "warn");
    }

    static Filter filter(String... failregex) throws RegexException {
        return Filter.compile(definition(List.of(failregex)));
    }

    static Outcome apply(Filter filter, String line) {
        return filter.apply(LogLine.of(line), NOW);
    }

    /** The host that the outcome blames, or the outcome's kind. */
    static String blamed(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Matched matched -> matched.sighting().host();
            case Outcome.Ignored _ -> "ignored";
            case Outcome.Credited credited -> "success of " + credited.sighting().host();
            case Outcome.Unmatched _ -> "unmatched";
            case Outcome.Doubtful _ -> "doubtful";
        };
    }
}
