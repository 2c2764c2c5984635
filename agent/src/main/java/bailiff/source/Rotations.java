package bailiff.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names that logrotate and its kin give to the old files of a log, and their order. */
final class Rotations {

    /*
     * `log.1`, `log.2.gz`; `log-20261120`, `log-2026112013`, `log.2026-11-20`, `log-1795132800`. A number of more than
     * three digits that is no date is not taken for one: `app.8080` is a log of its own.
     */
    private static final Pattern OLD = Pattern.compile("(?<log>.+?)[.-]"
            + "(?:(?<number>\\d{1,3})|(?<date>\\d{4}-?\\d\\d-?\\d\\d(?:[-_T.]?\\d{1,6})?|\\d{10}))"
            + "(?:\\.(?:gz|xz|bz2|zst|Z))?");
    private static final Pattern COMPRESSED = Pattern.compile(".+\\.(?:gz|xz|bz2|zst|Z)");
    private static final int MOST = 1_000;
    private static final int NEWEST_NUMBER = 1_999;

    private Rotations() {}

    /** Whether the name is that of a compressed file. */
    static boolean isCompressed(Path file) {
        return COMPRESSED.matcher(name(file)).matches();
    }

    /** Whether the name is that of a compressed file that can be read. */
    static boolean isGzip(Path file) {
        return name(file).endsWith(".gz");
    }

    /** The log of which a file so named is an old part; nothing when the name is not one that rotation gives. */
    static Optional<Path> logOf(Path file) {
        Matcher old = OLD.matcher(name(file));
        return old.matches() ? Optional.of(file.resolveSibling(old.group("log"))) : Optional.empty();
    }

    /** The old files of a log that can be read, oldest first; at most 1,000. None when the directory cannot be read. */
    static List<Path> of(Path log) {
        Set<Path> found = new HashSet<>();
        String prefix = name(log);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(
                log.resolveSibling(""), file -> name(file).startsWith(prefix) && isOldPart(file, log))) {
            for (Path file : files) {
                if (found.size() < MOST) {
                    found.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return List.of();
        }
        found.removeIf(file -> isGzip(file) && found.contains(withoutEnding(file)));
        List<Path> ordered = new ArrayList<>(found);
        ordered.sort(Comparator.comparing(Rotations::age));
        return ordered;
    }

    private static boolean isOldPart(Path file, Path log) {
        return (isGzip(file) || !isCompressed(file))
                && logOf(file).filter(log::equals).isPresent();
    }

    /** While gzip works both stand there, and the compressed one is not complete. */
    private static Path withoutEnding(Path gzip) {
        String name = name(gzip);
        return gzip.resolveSibling(name.substring(0, name.length() - ".gz".length()));
    }

    /** Sorts by age: dates ascend with time, numbers descend. */
    private static String age(Path file) {
        Matcher old = OLD.matcher(name(file));
        if (!old.matches()) {
            throw new IllegalArgumentException("Not an old part of a log: " + file);
        }
        String number = old.group("number");
        return number == null
                ? "date " + old.group("date").replaceAll("\\D", "")
                : "number " + (NEWEST_NUMBER - Integer.parseInt(number));
    }

    private static String name(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }
}
