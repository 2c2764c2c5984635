package bailiff.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a log says of whom. Lines are told apart by line feeds alone, as daemons write them. */
final class Hearing {

    private static final Pattern LINE = Pattern.compile(
            "^\\S+ \\S+ wordpress\\([0-9.]+\\)\\[\\d+\\]: (.*)(?: from | ip=)([0-9a-f.:]+|unknown)$", Pattern.DOTALL);

    private final Map<String, List<String>> told;
    private final List<String> strange;

    private Hearing(List<String> lines) {
        told = lines.stream()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .collect(Collectors.groupingBy(
                        line -> line.group(2), Collectors.mapping(line -> line.group(1), Collectors.toList())));
        strange = lines.stream().filter(line -> !LINE.matcher(line).matches()).toList();
    }

    /** Of the lines that the plugin has written. */
    static Hearing of(List<String> lines) {
        return new Hearing(lines);
    }

    /** The lines of a log. */
    static List<String> lines(Path log) {
        try {
            return List.of(new String(Files.readAllBytes(log), StandardCharsets.UTF_8).split("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What was told of an address, without time, tag and address. */
    List<String> of(String address) {
        return told.getOrDefault(address, List.of());
    }

    /** How much of it is of a kind. */
    long count(String address, Pattern kind) {
        return of(address).stream().filter(line -> kind.matcher(line).find()).count();
    }

    /** Everybody of whom something was told. */
    Set<String> blamed() {
        return told.keySet();
    }

    /** Lines that are in no form of ours. */
    List<String> strange() {
        return strange;
    }
}
