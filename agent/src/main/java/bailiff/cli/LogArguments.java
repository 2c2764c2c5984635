package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.source.PastLog;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** The logs that a command line names: files, globs and {@code -}. */
final class LogArguments {

    private LogArguments() {}

    /** The logs in the order of the arguments; those of one glob by the time they were last written. */
    static List<PastLog> open(List<String> arguments) throws ControlException {
        List<PastLog> logs = new ArrayList<>();
        for (String argument : arguments) {
            try {
                logs.addAll(logs(argument));
            } catch (IOException e) {
                throw new ControlException(ControlException.FAILED, "Cannot read " + argument + ": " + e.getMessage());
            } catch (InvalidPathException | PatternSyntaxException e) {
                throw new ControlException(
                        ControlException.USAGE, "'" + argument + "' names no log: " + e.getMessage() + ".");
            }
        }
        return logs;
    }

    private static List<PastLog> logs(String argument) throws IOException, ControlException {
        if (argument.equals("-")) {
            return List.of(new PastLog("-", InstantSource.system().instant(), () -> System.in));
        }
        Path path = Path.of(argument);
        if (Files.isDirectory(path)) {
            throw new ControlException(ControlException.USAGE, argument + " is a directory; expected a log.");
        }
        if (Files.exists(path)) {
            return List.of(PastLog.file(path));
        }
        List<PastLog> found = globbed(path);
        if (found.isEmpty()) {
            throw new ControlException(ControlException.USAGE, "There is no log " + argument + ".");
        }
        return found;
    }

    private static List<PastLog> globbed(Path pattern) throws IOException {
        Path directory = pattern.toAbsolutePath().getParent();
        List<PastLog> found = new ArrayList<>();
        if (directory == null
                || !Files.isDirectory(directory)
                || !pattern.toString().matches(".*[*?\\[{].*")) {
            return found;
        }
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern.getFileName());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Path name = file.getFileName();
                if (name != null && matcher.matches(name) && Files.isRegularFile(file)) {
                    found.add(PastLog.file(file));
                }
            }
        }
        found.sort(Comparator.comparing(PastLog::lastWritten).thenComparing(PastLog::name));
        return found;
    }

    /**
     * The moment that {@code --now} names: ISO 8601, with the zone given unless it names its own; empty for none.
     *
     * @param otherwise what holds for an empty text
     */
    static Instant now(String text, ZoneId zone, Instant otherwise) throws ControlException {
        if (text.isEmpty()) {
            return otherwise;
        }
        String iso = text.strip().replace(' ', 'T');
        try {
            if (iso.length() == 10) {
                return LocalDate.parse(iso).atTime(23, 59, 59).atZone(zone).toInstant();
            }
            return iso.matches(".*(Z|[+-]\\d\\d:\\d\\d)")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeParseException e) {
            throw new ControlException(
                    ControlException.USAGE,
                    "--now: read '" + text + "', expected a time such as 2016-04-09T12:00:00Z or 2016-04-09 12:00:00.");
        }
    }
}
