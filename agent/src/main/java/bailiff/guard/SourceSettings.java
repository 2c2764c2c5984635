package bailiff.guard;

import bailiff.config.FilterOrigin;
import bailiff.config.JailDefinition;
import bailiff.config.LogPath;
import bailiff.config.Place;
import bailiff.config.Sources;
import bailiff.filter.FilterDefinition;
import bailiff.line.LogZone;
import bailiff.wire.Answer;
import bailiff.wire.Value;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How {@code set JAIL OPTION VALUE} alters what a jail reads, and what it makes of it. */
final class SourceSettings {

    /* As many of each as the configuration may hold as well, more than any stock filter has. */
    private static final int MOST_EXPRESSIONS = 1_000;
    private static final int MOST_LINES = 10_000;
    private static final int MOST_LOGS = 1_000;
    private static final int NO_SUCH_FILE = 2;
    private static final List<String> USEDNS = List.of("yes", "warn", "no", "raw");

    private SourceSettings() {}

    /** The filter with these expressions for failures. */
    static JailDefinition failregex(JailDefinition jail, List<String> expressions) throws Refused {
        FilterDefinition now = jail.filter();
        return filter(jail, few(expressions), now.ignoreregex(), now.prefregex());
    }

    static JailDefinition ignoreregex(JailDefinition jail, List<String> expressions) throws Refused {
        FilterDefinition now = jail.filter();
        return filter(jail, now.failregex(), few(expressions), now.prefregex());
    }

    static JailDefinition prefregex(JailDefinition jail, String expression) {
        FilterDefinition now = jail.filter();
        return filter(jail, now.failregex(), now.ignoreregex(), expression);
    }

    private static List<String> few(List<String> expressions) throws Refused {
        if (expressions.size() > MOST_EXPRESSIONS) {
            throw Refused.value("a filter has " + MOST_EXPRESSIONS + " expressions of a kind at most");
        }
        return expressions;
    }

    private static JailDefinition filter(
            JailDefinition jail, List<String> failregex, List<String> ignoreregex, String prefregex) {
        FilterDefinition now = jail.filter();
        FilterDefinition changed = new FilterDefinition(
                now.name(),
                failregex,
                ignoreregex,
                prefregex,
                now.datepattern(),
                now.zone(),
                now.usedns(),
                now.maxlines(),
                now.decodesRequests(),
                now.successregex());
        Place byHand = new Place("", 0, jail.name(), "");
        FilterOrigin origin = new FilterOrigin(
                failregex.stream().map(_ -> byHand).toList(),
                ignoreregex.stream().map(_ -> byHand).toList(),
                now.successregex().stream().map(_ -> byHand).toList(),
                jail.origin().prefregex(),
                jail.origin().datepattern());
        return new JailDefinition(
                jail.name(),
                changed,
                origin,
                jail.sources(),
                jail.limits(),
                jail.exemptions(),
                jail.actions(),
                jail.gates(),
                jail.shield(),
                jail.evidence());
    }

    /** The list without the element at that place; fail2ban leaves it as it is when there is none. */
    static List<String> without(List<String> expressions, int index) {
        List<String> left = new ArrayList<>(expressions);
        int place = index < 0 ? index + left.size() : index;
        if (place >= 0 && place < left.size()) {
            left.remove(place);
        }
        return left;
    }

    /** The list with the element at its end. */
    static List<String> with(List<String> expressions, List<String> added) {
        List<String> more = new ArrayList<>(expressions);
        more.addAll(added);
        return more;
    }

    private static JailDefinition reading(
            JailDefinition jail, String datepattern, ZoneId zone, String usedns, int maxlines) {
        FilterDefinition now = jail.filter();
        return jail.with(new FilterDefinition(
                now.name(),
                now.failregex(),
                now.ignoreregex(),
                now.prefregex(),
                datepattern,
                zone,
                usedns,
                maxlines,
                now.decodesRequests(),
                now.successregex()));
    }

    static JailDefinition datepattern(JailDefinition jail, String datepattern) {
        FilterDefinition now = jail.filter();
        return reading(jail, datepattern, now.zone(), now.usedns(), now.maxlines());
    }

    /** An unknown value becomes {@code no}, as in fail2ban. */
    static JailDefinition usedns(JailDefinition jail, String text) {
        FilterDefinition now = jail.filter();
        String lower = text.toLowerCase(Locale.ROOT);
        return reading(jail, now.datepattern(), now.zone(), USEDNS.contains(lower) ? lower : "no", now.maxlines());
    }

    static JailDefinition maxlines(JailDefinition jail, int number) throws Refused {
        if (number < 1) {
            throw Refused.value("maxlines must be integer greater than zero");
        }
        if (number > MOST_LINES) {
            throw Refused.value("maxlines must be " + MOST_LINES + " at most");
        }
        FilterDefinition now = jail.filter();
        return reading(jail, now.datepattern(), now.zone(), now.usedns(), number);
    }

    static JailDefinition logtimezone(JailDefinition jail, String text) throws Refused {
        FilterDefinition now = jail.filter();
        ZoneId zone = LogZone.parse(text)
                .orElseThrow(() -> Refused.value(
                        "Unknown or unsupported time zone: " + Value.of(text).repr()));
        return reading(jail, now.datepattern(), zone, now.usedns(), now.maxlines());
    }

    static JailDefinition logencoding(JailDefinition jail, String text) throws Refused {
        Sources now = jail.sources();
        try {
            Charset charset =
                    text.equalsIgnoreCase("auto") ? StandardCharsets.UTF_8 : Charset.forName(text.replace('_', '-'));
            return jail.with(now.withEncoding(charset));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new Refused(Answer.Failed.of("LookupError", "unknown encoding: " + text));
        }
    }

    /** The jail with one more file to read, which must be there. */
    static JailDefinition addLog(JailDefinition jail, String file, LogPath.Start start) throws Refused {
        if (!isFile(file)) {
            throw new Refused(
                    Answer.Failed.ofFile("FileNotFoundError", NO_SUCH_FILE, "No such file or directory", file));
        }
        List<LogPath> logs = new ArrayList<>(jail.sources().logs());
        if (logs.stream().noneMatch(log -> log.glob().equals(file))) {
            logs.add(new LogPath(file, start));
        }
        if (logs.size() > MOST_LOGS) {
            throw Refused.value("a jail reads " + MOST_LOGS + " files at most");
        }
        return logs(jail, logs);
    }

    private static boolean isFile(String file) {
        try {
            return Path.of(file).isAbsolute() && Files.exists(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * The jail without that file, even where a pattern named it.
     *
     * @param read the files that the jail reads now
     */
    static JailDefinition removeLog(JailDefinition jail, String file, List<String> read) {
        List<LogPath> logs = new ArrayList<>(jail.sources().logs());
        boolean named = logs.removeIf(log -> log.glob().equals(file));
        if (!named && read.contains(file)) {
            logs.clear();
            read.stream()
                    .filter(other -> !other.equals(file))
                    .forEach(other -> logs.add(new LogPath(other, LogPath.Start.HEAD)));
        }
        return logs(jail, logs);
    }

    private static JailDefinition logs(JailDefinition jail, List<LogPath> logs) {
        Sources now = jail.sources();
        return jail.with(now.withLogs(logs));
    }

    /** The jail with the matches added; a jail that reads files stays as it is, as in fail2ban. */
    static JailDefinition addJournalmatch(JailDefinition jail, List<String> words) {
        List<List<String>> matches = new ArrayList<>(jail.sources().journalmatch());
        matches.addAll(alternatives(words));
        return journalmatch(jail, matches);
    }

    static JailDefinition removeJournalmatch(JailDefinition jail, List<String> words) throws Refused {
        if (jail.sources().backend() == Sources.Backend.FILES) {
            return jail;
        }
        List<List<String>> matches = new ArrayList<>(jail.sources().journalmatch());
        for (List<String> match : alternatives(words)) {
            if (!matches.remove(match)) {
                throw Refused.value("Match " + Value.texts(match).repr() + " not found");
            }
        }
        return journalmatch(jail, matches);
    }

    private static List<List<String>> alternatives(List<String> words) {
        List<List<String>> alternatives = new ArrayList<>();
        List<String> current = new ArrayList<>();
        for (String word : words) {
            if (word.equals("+")) {
                alternatives.add(List.copyOf(current));
                current.clear();
            } else {
                current.add(word);
            }
        }
        alternatives.add(List.copyOf(current));
        return alternatives;
    }

    private static JailDefinition journalmatch(JailDefinition jail, List<List<String>> matches) {
        Sources now = jail.sources();
        return now.backend() == Sources.Backend.FILES ? jail : jail.with(now.withJournalmatch(matches));
    }
}
