package bailiff.bench.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** fail2ban's own configuration, copied, with every jail of it over one log. */
final class Stock {

    private static final Pattern SECTION = Pattern.compile("\\[([\\w-]+)]");

    private Stock() {}

    /** Copies a directory of a few files, with its subdirectories. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** The jails that a configuration's {@code jail.conf} names. */
    static List<String> jails(Path config) throws IOException {
        return Files.readAllLines(config.resolve("jail.conf")).stream()
                .map(line -> SECTION.matcher(line.strip()))
                .filter(Matcher::matches)
                .map(section -> section.group(1))
                .filter(name -> !name.equals("DEFAULT") && !name.equals("INCLUDES"))
                .toList();
    }

    /** Lets all of these jails read that log, without a ban's being carried out, besides those that are there. */
    static void enable(Path config, List<String> jails, Path log) throws IOException {
        StringBuilder text = new StringBuilder(Files.readString(config.resolve("jail.local")));
        for (String jail : jails) {
            text.append("[")
                    .append(jail)
                    .append("]\nenabled = true\nbackend = auto\naction = noop\nlogpath = ")
                    .append(log)
                    .append("\n");
        }
        Files.writeString(config.resolve("jail.local"), text);
    }
}
