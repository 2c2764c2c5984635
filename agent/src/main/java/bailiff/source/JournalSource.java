package bailiff.source;

import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which entries of the systemd journal are read.
 *
 * @param matches an entry is read when it fits all words ({@code _SYSTEMD_UNIT=sshd.service}) of one of the lists; none
 *     means every entry; a word {@code +} parts a list in two
 * @param options what stands in brackets behind {@code systemd}, by fail2ban's names: {@code journalpath},
 *     {@code journalfiles}, {@code journalflags}, {@code namespace}; {@code rotated} means nothing here, since rotated
 *     files are always read
 * @param encoding of messages that are not UTF-8
 */
public record JournalSource(List<List<String>> matches, Map<String, String> options, Charset encoding) {

    /* systemd's flags of sd_journal_open(3). */
    private static final int LOCAL_ONLY = 1;
    private static final int RUNTIME_ONLY = 2;
    private static final int SYSTEM = 4;
    private static final int CURRENT_USER = 8;
    private static final int ALL_NAMESPACES = 32;
    private static final int AND_DEFAULT_NAMESPACE = 64;

    private static final String FLAGS = "journalflags";
    private static final Set<String> OPTIONS = Set.of("journalpath", "journalfiles", FLAGS, "namespace", "rotated");

    public JournalSource {
        matches = matches.stream().map(List::copyOf).toList();
        options = Map.copyOf(options);
    }

    /** What is wrong with the options, as a sentence; nothing when they can be used. */
    public Optional<String> problem() {
        Optional<String> unknown = options.keySet().stream()
                .filter(option -> !OPTIONS.contains(option))
                .min(String::compareTo);
        if (unknown.isPresent()) {
            return Optional.of("The journal has no option '" + unknown.get() + "'.");
        }
        if (!options.getOrDefault(FLAGS, "0").matches("[0-9]{1,3}")) {
            return Optional.of("journalflags is '" + options.get(FLAGS) + "', expected a number.");
        }
        boolean unfit = options.values().stream().anyMatch(value -> value.indexOf('\0') >= 0)
                || matches.stream().flatMap(List::stream).anyMatch(word -> word.indexOf('\0') >= 0);
        return unfit ? Optional.of("An option of the journal holds a NUL character.") : Optional.empty();
    }

    /** The arguments for journalctl that make it print these entries from a moment on. */
    List<String> since(Instant moment) {
        return arguments("--since=@%d.%06d".formatted(moment.getEpochSecond(), moment.getNano() / 1_000));
    }

    /** The same from an entry on, that one included; from the next best where it is gone. */
    List<String> from(String cursor) {
        return arguments("--cursor=" + cursor);
    }

    /** The same for all that there is. */
    List<String> all() {
        return arguments("--no-tail");
    }

    private List<String> arguments(String start) {
        List<String> arguments = new ArrayList<>(List.of(
                "--output=export",
                "--output-fields=" + String.join(",", JournalEntry.FIELDS),
                "--quiet",
                "--no-pager",
                "--no-tail",
                start));
        arguments.addAll(places());
        // What follows is never taken for an option, whatever it looks like.
        arguments.add("--");
        boolean first = true;
        for (List<String> words : matches) {
            if (!first) {
                arguments.add("+");
            }
            first = false;
            arguments.addAll(words);
        }
        return arguments;
    }

    private List<String> places() {
        List<String> places = new ArrayList<>();
        for (String file : files()) {
            places.add("--file=" + file);
        }
        if (!places.isEmpty()) {
            return places;
        }
        String path = options.getOrDefault("journalpath", "");
        boolean flagged = options.containsKey(FLAGS);
        int flags = flagged ? Integer.parseInt(options.getOrDefault(FLAGS, "0")) : LOCAL_ONLY;
        if (!path.isEmpty()) {
            places.add("--directory=" + path);
        } else if ((flags & RUNTIME_ONLY) != 0) {
            places.add("--directory=/run/log/journal");
        }
        if ((flags & SYSTEM) != 0 || (!flagged && path.isEmpty())) {
            places.add("--system");
        }
        if ((flags & CURRENT_USER) != 0) {
            places.add("--user");
        }
        if ((flags & LOCAL_ONLY) == 0 && path.isEmpty()) {
            places.add("--merge");
        }
        namespace(flags).ifPresent(places::add);
        return places;
    }

    private Optional<String> namespace(int flags) {
        String name = options.getOrDefault("namespace", "");
        if ((flags & ALL_NAMESPACES) != 0) {
            return Optional.of("--namespace=*");
        }
        boolean andDefault = (flags & AND_DEFAULT_NAMESPACE) != 0;
        return name.isEmpty() ? Optional.empty() : Optional.of("--namespace=" + (andDefault ? "+" : "") + name);
    }

    /** The files or patterns of {@code journalfiles}. */
    List<String> files() {
        return List.of(options.getOrDefault("journalfiles", "").split("[\\s,]+")).stream()
                .filter(file -> !file.isEmpty())
                .toList();
    }

    /** For people: what the entries have to fit. */
    public String words() {
        return matches.isEmpty()
                ? "every entry"
                : String.join(
                        " + ",
                        matches.stream().map(words -> String.join(" ", words)).toList());
    }
}
