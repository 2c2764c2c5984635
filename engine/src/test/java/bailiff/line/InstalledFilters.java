package bailiff.line;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What fail2ban, where it is installed, says of times: an oracle that is read in place. */
final class InstalledFilters {

    private static final Path FILTERS = Path.of("/etc/fail2ban/filter.d");
    private static final Path SAMPLES = Path.of("/usr/lib/python3/dist-packages/fail2ban/tests/files/logs");

    private InstalledFilters() {}

    /** The names of the filters that come with sample logs, and whose failures are one line each. */
    static List<String> withSamples() {
        require(FILTERS);
        require(SAMPLES);
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> Files.exists(filter(name)) && !hasSeveralLines(name))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sample log of a filter. */
    static List<String> samples(String name) {
        try {
            return new String(Files.readAllBytes(SAMPLES.resolve(name)), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The datepattern of a filter as written, percent signs halved; the one of syslog where it writes none. */
    static String datepattern(String name) {
        List<String> pattern = new ArrayList<>();
        boolean inside = false;
        for (String line : lines(filter(name))) {
            boolean starts = line.startsWith("datepattern");
            inside = starts || (inside && line.startsWith(" "));
            if (inside) {
                pattern.add(line.substring(starts ? line.indexOf('=') + 1 : 0).strip());
            }
        }
        return pattern.isEmpty() ? included(name) : String.join("\n", pattern).replace("%%", "%");
    }

    /** What the file says that a filter includes; the one of syslog where that chooses among several. */
    private static String included(String name) {
        String before = "before = ";
        for (String line : lines(filter(name))) {
            if (line.equals(before + "common.conf")) {
                return "{^LN-BEG}";
            }
            if (line.startsWith(before)) {
                return datepattern(line.substring(before.length(), line.lastIndexOf('.')));
            }
        }
        return "";
    }

    /** Whether a failure takes several lines, of which only the first has a time. */
    private static boolean hasSeveralLines(String name) {
        return lines(filter(name)).stream().anyMatch(line -> line.startsWith("maxlines"));
    }

    private static Path filter(String name) {
        return FILTERS.resolve(name + ".conf");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Skips the test where that is missing; under CI it fails. */
    static void require(Path path) {
        if (!Files.exists(path)) {
            String missing = path + " is missing: install Debian's package fail2ban";
            if ("true".equals(System.getenv("CI"))) {
                fail(missing);
            }
            abort(missing);
        }
    }
}
