package bailiff.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.IntStream;

/** Lines of a log with rsyslog's times, moved in time. */
final class PastLog {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx");

    private PastLog() {}

    /** The same lines so much earlier. */
    static List<String> earlier(Duration time, List<String> lines) {
        return lines.stream().map(line -> moved(line, time.negated())).toList();
    }

    /** The same lines so far apart, the last one as it is. */
    static List<String> every(Duration pause, List<String> lines) {
        return IntStream.range(0, lines.size())
                .mapToObj(i -> moved(lines.get(i), pause.multipliedBy(1L + i - lines.size())))
                .toList();
    }

    private static String moved(String line, Duration by) {
        int end = line.indexOf(' ');
        return TIME.format(OffsetDateTime.parse(line.substring(0, end)).plus(by)) + line.substring(end);
    }

    /** Makes them a file's only lines. */
    static void write(Path file, List<String> lines) {
        try {
            Files.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
