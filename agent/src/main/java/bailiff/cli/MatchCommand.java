package bailiff.cli;

import bailiff.config.ConfigReader;
import bailiff.config.FilterReading;
import bailiff.config.Problem;
import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.filter.Concern;
import bailiff.filter.Filter;
import bailiff.filter.FilterDefinition;
import bailiff.filter.Outcome;
import bailiff.filter.RegexException;
import bailiff.filter.Sieve;
import bailiff.filter.Sighting;
import bailiff.guard.Plan;
import bailiff.line.LogLine;
import bailiff.line.Printable;
import bailiff.source.PastLog;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "match",
        description = "Tries a filter or an expression on logs, and says which lines it takes for failures.",
        footer = {
            "",
            "FILTER is written as in a jail: sshd, or sshd[mode=aggressive]. LOG may be -, compressed, a glob,",
            "or systemd-journal[journalfiles=...] for the entries that the filter's journalmatch says."
        })
final class MatchCommand extends AnyCommand {

    private static final Pattern FILTER_CALL = Pattern.compile("[\\w.-]+(\\[.*])?", Pattern.DOTALL);

    private static final int LONGEST_SHOWN = 80;
    private static final String SUCCESS = "success";

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private PastLogs past = new PastLogs();

    @Parameters(index = "0", paramLabel = "FILTER|REGEX", description = "what to try")
    private String filter = "";

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "LOG", description = "on what")
    private List<String> logs = List.of();

    @Option(names = "--ignore", paramLabel = "REGEX", description = "an ignoreregex besides the filter's")
    private @Nullable String ignore;

    @Option(
            names = {"-d", "--datepattern"},
            paramLabel = "PATTERN",
            description = "where and how the time is written")
    private @Nullable String datepattern;

    @Option(names = "--all", description = "also show the lines that do not match")
    private boolean all;

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    private List<List<String>> journalmatch = List.of();
    private long lines;
    private long matched;
    private long ignored;
    private long succeeded;
    private long[] hits = {};

    MatchCommand() {}

    /** For a filter or an expression, and logs. */
    MatchCommand(PlainWords plain) {
        config = new ConfigOption(plain.config());
        filter = plain.words().getFirst();
        logs = plain.words().subList(1, plain.words().size());
    }

    @Override
    public Integer call() throws ControlException {
        ZoneId zone = past.zone();
        FilterDefinition definition = definition(zone);
        Filter compiled = compiled(definition);
        hits = new long[definition.failregex().size()];
        Optional<Sieve> sieve = all ? Optional.empty() : Optional.of(Sieve.of(List.of(compiled)));
        boolean sound =
                past.read(logs, journalmatch, sieve, messages(), (log, reference) -> reader(compiled, log, reference));
        summary(definition);
        return sound ? 0 : ControlException.FAILED;
    }

    private PastLog.Reader reader(Filter compiled, String log, Instant reference) {
        return new PastLog.Reader() {
            @Override
            public void line(LogLine line, long number, boolean whole) {
                show(log, number, line, apply(compiled, line, reference, whole));
            }

            @Override
            public void line(LogLine line, long number, Concern concern) {
                show(log, number, line, compiled.apply(line, reference, concern.prospect(0)));
            }

            @Override
            public void passedOver(long number) {
                lines += number;
            }
        };
    }

    private FilterDefinition definition(ZoneId zone) throws ControlException {
        FilterDefinition base = FILTER_CALL.matcher(filter).matches()
                ? configured(zone)
                : new FilterDefinition("regex", List.of(filter), List.of(), "", "", zone, "warn");
        List<String> ignoreregex = new ArrayList<>(base.ignoreregex());
        if (ignore != null) {
            ignoreregex.add(ignore);
        }
        String dates = datepattern == null ? base.datepattern() : datepattern;
        return new FilterDefinition(
                base.name(),
                base.failregex(),
                ignoreregex,
                base.prefregex(),
                dates,
                zone,
                base.usedns(),
                base.maxlines(),
                base.decodesRequests(),
                base.successregex());
    }

    private FilterDefinition configured(ZoneId zone) throws ControlException {
        ConfigReader reader = config.reader(zone);
        boolean journal = JournalArgument.among(logs).isPresent();
        return switch (journal ? reader.journalFilter(filter) : reader.filter(filter)) {
            case FilterReading.Usable usable -> {
                usable.problems()
                        .forEach(problem -> messages().println("warning: " + Printable.text(problem.toString())));
                journalmatch = usable.journalmatch();
                yield usable.filter();
            }
            case FilterReading.Broken(List<Problem> problems) ->
                throw new ControlException(
                        ControlException.USAGE,
                        problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        };
    }

    private static Filter compiled(FilterDefinition definition) throws ControlException {
        try {
            return Filter.compile(definition);
        } catch (RegexException e) {
            throw new ControlException(ControlException.USAGE, Plan.messages(e));
        }
    }

    private static Outcome apply(Filter filter, LogLine line, Instant reference, boolean whole) {
        return whole
                ? filter.apply(line, reference)
                : new Outcome.Doubtful("The line is longer than " + PastLog.LONGEST_LINE + " bytes.");
    }

    private void show(String file, long number, LogLine line, Outcome outcome) {
        lines++;
        switch (outcome) {
            case Outcome.Matched(Sighting sighting) -> {
                matched++;
                hits[sighting.regex()]++;
                sighted(file, number, sighting, "failure");
            }
            case Outcome.Ignored(Sighting sighting) -> {
                ignored++;
                sighted(file, number, sighting, "ignored");
            }
            case Outcome.Credited(Sighting sighting) -> {
                matched++;
                succeeded++;
                sighted(file, number, sighting, SUCCESS);
            }
            case Outcome.Unmatched _ -> unmatched(file, number, line, "");
            case Outcome.Doubtful(String reason) -> unmatched(file, number, line, reason);
        }
    }

    private void sighted(String file, long number, Sighting sighting, String kind) {
        if (json) {
            json(json(file, number, sighting, kind));
            return;
        }
        out().println(Printable.text(file) + ":" + number + "  " + Times.local(sighting.time()) + "  "
                + Printable.text(sighting.host(), 255)
                + sighting.user()
                        .map(user -> "  user " + Printable.text(user, 60))
                        .orElse("")
                + (kind.equals("failure") ? "  regex " + sighting.regex() : "  " + kind));
    }

    private static Map<String, Object> json(String file, long number, Sighting sighting, String kind) {
        return Json.of(
                "file", file,
                "line", number,
                "matched", !kind.equals("ignored"),
                "ignored", kind.equals("ignored"),
                "time", Json.time(sighting.time()),
                "ip", sighting.address().map(Object::toString),
                "host", sighting.host(),
                "user", sighting.user(),
                "regex", sighting.regex(),
                "kind", kind.equals(SUCCESS) ? SUCCESS : "failure",
                "attempts", sighting.attempts(),
                "groups", sighting.groups());
    }

    private void unmatched(String file, long number, LogLine line, String doubt) {
        if (!all) {
            return;
        }
        if (json) {
            Map<String, Object> row = unsighted(file, number);
            if (!doubt.isEmpty()) {
                row.put("doubt", doubt);
            }
            json(row);
        } else {
            String why = doubt.isEmpty() ? "no match" : doubt;
            out().println(Printable.text(file) + ":" + number + "  " + why + "  " + Printable.text(line.text(), 200));
        }
    }

    /** The same keys as for a sighting, so that whoever reads them need not look which are there. */
    private static Map<String, Object> unsighted(String file, long number) {
        Optional<String> none = Optional.empty();
        return Json.of(
                "file", file,
                "line", number,
                "matched", false,
                "ignored", false,
                "time", none,
                "ip", none,
                "host", none,
                "user", none,
                "regex", none,
                "kind", none,
                "attempts", 0,
                "groups", Map.of());
    }

    /** The last part of an expression: its beginning is the same prefix in most of them. */
    private static String end(String expression) {
        String text = Printable.text(expression, 10_000);
        return text.length() <= LONGEST_SHOWN ? text : "..." + text.substring(text.length() - LONGEST_SHOWN);
    }

    private void summary(FilterDefinition definition) {
        long missed = lines - matched - ignored;
        if (json) {
            json(Json.of("summary", Json.of("lines", lines, "matched", matched, "ignored", ignored, "missed", missed)));
            return;
        }
        for (int i = 0; i < hits.length; i++) {
            if (hits[i] > 0) {
                String end = end(definition.failregex().get(i));
                out().println("regex " + i + ": " + hits[i] + (hits[i] == 1 ? " hit   " : " hits  ") + end);
            }
        }
        if (succeeded > 0) {
            out().println(succeeded + " of those that matched tell a success, and speak for their addresses");
        }
        out().println(lines + " lines: " + matched + " matched, " + ignored + " ignored, " + missed + " missed");
    }
}
