package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.filter.Filter;
import bailiff.filter.FilterDefinition;
import bailiff.filter.Outcome;
import bailiff.filter.RegexException;
import bailiff.filter.Sighting;
import bailiff.line.DateDetector;
import bailiff.line.DatePatternException;
import bailiff.line.DatedLine;
import bailiff.line.LogLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A filter that is tried, with all that fail2ban-regex counts besides. Not thread-safe. */
final class Trial {

    /* Which ignoreregex excuses a line is found out by filters that have one of them each. */

    private final Filter filter;
    private final DateDetector dates;
    private final Optional<Filter> prefix;
    private final List<Filter> excuses = new ArrayList<>();

    /** What one line gave. */
    record Result(
            String line,
            RegexReport.Kind kind,
            List<Integer> hits,
            Optional<Sighting> sighting,
            List<Integer> excuses,
            boolean prefixed,
            String form,
            Optional<Instant> time) {

        /** For the report; {@code firstOnly}: of several expressions that match, the first one counts. */
        RegexReport.Tried tried(boolean firstOnly) {
            List<Integer> counted = firstOnly ? hits.stream().limit(1).toList() : hits;
            return new RegexReport.Tried(line, kind, counted, sighting, excuses, prefixed, form);
        }
    }

    private Trial(FilterDefinition definition) throws RegexException, DatePatternException {
        filter = Filter.compile(definition);
        dates = DateDetector.of(definition.datepattern(), definition.zone());
        prefix = prefix(definition);
        for (String ignoreregex : definition.ignoreregex()) {
            excuses.add(Filter.compile(with(definition, definition.failregex(), List.of(ignoreregex), true)));
        }
    }

    /** The filter, ready to be tried. */
    static Trial of(FilterDefinition definition) throws ControlException {
        try {
            return new Trial(definition);
        } catch (RegexException e) {
            String message = String.valueOf(e.getMessage());
            int known = message.indexOf("No failure-id group");
            throw RegexSubject.failed("ERROR: " + (known < 0 ? message : message.substring(known)));
        } catch (DatePatternException e) {
            throw RegexSubject.failed("ERROR: " + e.getMessage());
        }
    }

    /** The prefregex as a filter of its own; it need not blame anybody, so an empty group is put behind it. */
    private static Optional<Filter> prefix(FilterDefinition definition) {
        if (definition.prefregex().isEmpty()) {
            return Optional.empty();
        }
        return alone(definition, "<F-ID></F-ID>").or(() -> alone(definition, ""));
    }

    private static Optional<Filter> alone(FilterDefinition definition, String behind) {
        try {
            List<String> failregex = List.of(definition.prefregex() + behind);
            return Optional.of(Filter.compile(with(definition, failregex, List.of(), false)));
        } catch (RegexException e) {
            return Optional.empty();
        }
    }

    private static FilterDefinition with(
            FilterDefinition base, List<String> failregex, List<String> ignoreregex, boolean prefixed) {
        return new FilterDefinition(
                base.name(),
                failregex,
                ignoreregex,
                prefixed ? base.prefregex() : "",
                base.datepattern(),
                base.zone(),
                base.usedns(),
                base.maxlines(),
                base.decodesRequests());
    }

    /** Tries one line, without its end, read at {@code now}. */
    Result take(LogLine line, Instant now) {
        String text = line.text();
        Optional<Instant> known = line.time();
        DatedLine dated = known.map(time -> DatedLine.dated(time, text)).orElseGet(() -> dates.detect(text, now));
        String form = known.isPresent() ? "" : dates.form();
        List<Integer> hits = filter.hits(line, now);
        boolean prefixed = prefix.map(first -> !first.hits(line, now).isEmpty()).orElse(false);
        Outcome outcome = filter.apply(line, now);
        List<Integer> excusing = new ArrayList<>();
        if (outcome instanceof Outcome.Ignored) {
            for (int i = 0; i < excuses.size(); i++) {
                if (excuses.get(i).apply(line, now) instanceof Outcome.Ignored) {
                    excusing.add(i);
                }
            }
        }
        Optional<Sighting> sighting =
                outcome instanceof Outcome.Matched(Sighting found) ? Optional.of(found) : Optional.empty();
        return new Result(text, kind(outcome, hits), hits, sighting, excusing, prefixed, form, dated.time());
    }

    private static RegexReport.Kind kind(Outcome outcome, List<Integer> hits) {
        return switch (outcome) {
            case Outcome.Matched _ -> RegexReport.Kind.MATCHED;
            case Outcome.Ignored _ -> RegexReport.Kind.IGNORED;
            // fail2ban's tool knows no successes.
            case Outcome.Unmatched _, Outcome.Credited _ -> hits.isEmpty() ? RegexReport.Kind.MISSED : RegexReport.Kind.NO_FAILURE;
            case Outcome.Doubtful _ -> RegexReport.Kind.MISSED;
        };
    }
}
