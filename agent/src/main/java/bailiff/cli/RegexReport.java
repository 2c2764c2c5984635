package bailiff.cli;

import bailiff.filter.FilterDefinition;
import bailiff.filter.Sighting;
import bailiff.line.Printable;
import java.io.PrintWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What fail2ban-regex prints of all lines together, in its layout. Not thread-safe. */
final class RegexReport {

    /** What became of a line. */
    enum Kind {
        MATCHED,
        MISSED,
        IGNORED,
        /** An expression matches that says it is no failure. */
        NO_FAILURE
    }

    /**
     * One line.
     *
     * @param hits the indices of the expressions that match
     * @param sighting whom the first of them blames
     * @param excuses the indices of the expressions of ignoreregex that match
     * @param prefixed prefregex matches
     * @param form how its time is written; empty for none
     */
    record Tried(
            String line,
            Kind kind,
            List<Integer> hits,
            Optional<Sighting> sighting,
            List<Integer> excuses,
            boolean prefixed,
            String form) {}

    /** Longer lines are shown cut. */
    private static final Pattern TAG = Pattern.compile("</?(?:F-)([A-Z0-9_-]+)>");

    private static final int LONGEST_SHOWN = 8_192;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss uuuu", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final FilterDefinition filter;
    private final RegexOptions options;
    private final List<List<String>> blamed = new ArrayList<>();
    private final int[] hits;
    private final int[] excuses;
    private final Map<String, Integer> forms = new TreeMap<>();
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, List<String>> listed = new EnumMap<>(Kind.class);
    private int prefixed;

    RegexReport(FilterDefinition filter, RegexOptions options) {
        this.filter = filter;
        this.options = options;
        this.hits = new int[filter.failregex().size()];
        this.excuses = new int[filter.ignoreregex().size()];
        filter.failregex().forEach(regex -> blamed.add(new ArrayList<>()));
        for (Kind kind : Kind.values()) {
            counts.put(kind, 0);
            listed.put(kind, new ArrayList<>());
        }
    }

    /** Counts a line, and keeps it where it is to be listed. */
    void take(Tried tried) {
        prefixed += tried.prefixed() ? 1 : 0;
        if (!tried.form().isEmpty()) {
            forms.merge(tried.form(), 1, Integer::sum);
        }
        Kind kind = tried.kind() == Kind.NO_FAILURE ? Kind.IGNORED : tried.kind();
        if (tried.kind() == Kind.MATCHED || tried.kind() == Kind.NO_FAILURE) {
            for (int i = 0; i < tried.hits().size(); i++) {
                count(tried, i);
            }
        }
        tried.excuses()
                .forEach(index -> excuses[index] += Math.max(1, tried.hits().size()));
        counts.merge(kind, 1, Integer::sum);
        List<String> list = listed.get(kind);
        if (list != null && (isAll(kind) || list.size() <= options.listed())) {
            list.add(shown(tried.line()));
        }
    }

    private void count(Tried tried, int place) {
        int index = tried.hits().get(place);
        hits[index]++;
        if (options.isVerbose() && tried.sighting().isPresent()) {
            Sighting sighting = tried.sighting().get();
            blamed.get(index)
                    .add("    " + shown(sighting.host()) + "  " + TIME.format(sighting.time())
                            + (place > 1 ? " (multiple regex matched)" : ""));
        }
    }

    /** Hostile text made fit for a terminal; tabs stay, since logs have them. */
    static String shown(String hostile) {
        return hostile.lines()
                .flatMap(line -> Stream.of(line.split("\t", -1)))
                .map(part -> Printable.text(part, LONGEST_SHOWN))
                .collect(Collectors.joining("\t"));
    }

    private boolean isAll(Kind kind) {
        return switch (kind) {
            case MATCHED -> options.allMatched;
            case MISSED -> options.allMissed;
            case IGNORED, NO_FAILURE -> options.allIgnored;
        };
    }

    /** Prints it. */
    void print(PrintWriter out, double seconds) {
        out.println("\nResults\n=======");
        if (!filter.prefregex().isEmpty()) {
            out.println("\nPrefregex: " + prefixed + " total");
            list(out, "", List.of(inPython(filter.prefregex())));
        }
        expressions(out, "Failregex", filter.failregex(), hits);
        expressions(out, "Ignoreregex", filter.ignoreregex(), excuses);
        out.println("\nDate template hits:");
        list(out, "[# of hits] date format", dates());
        int matched = count(Kind.MATCHED);
        int missed = count(Kind.MISSED);
        int ignored = count(Kind.IGNORED);
        out.println("\nLines: %d lines, %d ignored, %d matched, %d missed"
                .formatted(matched + missed + ignored, ignored, matched, missed));
        out.println("[processed in %.2f sec]\n".formatted(seconds));
        if (options.allMatched) {
            lines(out, "Matched", Kind.MATCHED);
        }
        if (!options.noIgnored) {
            lines(out, "Ignored", Kind.IGNORED);
        }
        if (!options.noMissed) {
            lines(out, "Missed", Kind.MISSED);
        }
    }

    /** Python's groups in place of the tags {@code <F-...>}: fail2ban-regex shows only this expression so. */
    private static String inPython(String prefregex) {
        return TAG.matcher(prefregex).replaceAll(tag -> {
            String name = tag.group(1).toLowerCase(Locale.ROOT).replace('-', '_');
            return Matcher.quoteReplacement(tag.group().startsWith("</") ? ")" : "(?P<" + name + ">");
        });
    }

    private int count(Kind kind) {
        return counts.getOrDefault(kind, 0);
    }

    private void expressions(PrintWriter out, String title, List<String> expressions, int[] counted) {
        int total = 0;
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < counted.length; i++) {
            total += counted[i];
            if (counted[i] > 0 || options.isVerbose()) {
                rows.add("%2d) [%d] %s".formatted(i + 1, counted[i], expressions.get(i)));
                if (title.equals("Failregex")) {
                    rows.addAll(blamed.get(i));
                }
            }
        }
        out.println("\n" + title + ": " + total + " total");
        list(out, " #) [# of hits] regular expression", rows);
    }

    /** The forms by their hits; with {@code --verbose} also the lines of the datepattern that none has. */
    private List<String> dates() {
        List<String> rows = new ArrayList<>();
        if (options.isVerbose()) {
            filter.datepattern()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.contains("{DATE}") && !line.equals("{^LN-BEG}"))
                    .forEach(line -> forms.putIfAbsent(line, 0));
        }
        forms.entrySet().stream()
                .sorted(Map.Entry.comparingByValue((a, b) -> b - a))
                .forEach(form -> {
                    rows.add("[" + form.getValue() + "] " + DateForm.name(form.getKey()));
                    if (options.verboseDate) {
                        rows.add("    # pattern: " + form.getKey());
                    }
                });
        return rows;
    }

    private void lines(PrintWriter out, String title, Kind kind) {
        int count = count(kind);
        if (count == 0) {
            return;
        }
        String header = title + " line(s):";
        if (count < options.listed() || isAll(kind)) {
            List<String> lines = listed.getOrDefault(kind, List.of());
            list(out, header, lines.stream().map(String::stripTrailing).toList());
        } else {
            out.println(header + " too many to print.  Use --print-all-" + title.toLowerCase(Locale.ROOT)
                    + " to print all " + count + " lines");
        }
    }

    private static void list(PrintWriter out, String header, List<String> rows) {
        if (!rows.isEmpty()) {
            out.print(header.isEmpty() ? "" : "|- " + header + "\n");
            out.println("|  " + String.join("\n|  ", rows) + "\n`-");
        }
    }
}
