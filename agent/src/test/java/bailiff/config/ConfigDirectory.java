package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;

/** A configuration directory that a test writes, and reads alone. */
final class ConfigDirectory {

    static final Host HOST = new Host(ZoneOffset.UTC, Path.of("/nonexistent/services"));

    private static final String FILTER = """
            [Definition]
            failregex = ^bad <HOST>$
            """;

    private final Path path;

    ConfigDirectory(Path path) {
        this.path = path;
    }

    /** A directory with a filter named {@code test}, for jails that need one. */
    static ConfigDirectory withFilter(Path path) {
        return new ConfigDirectory(path).write("filter.d/test.conf", FILTER);
    }

    ConfigDirectory write(String name, String text) {
        try {
            Path file = path.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A jail.local with one enabled jail {@code web} that also says what is given. */
    ConfigDirectory jail(String options) {
        return write("jail.local", "[web]\nenabled = true\nfilter = test\nlogpath = /var/log/web\n" + options);
    }

    String path(String name) {
        return path.resolve(name).toString();
    }

    Configuration read() {
        return ConfigReader.alone(path, HOST).read();
    }

    /** The one jail, of a configuration without any problem. */
    JailDefinition onlyJail() {
        Configuration configuration = read();
        assertThat(configuration.problems()).isEmpty();
        assertThat(configuration.jails()).hasSize(1);
        return configuration.jails().getFirst();
    }

    /** The problems, with the directory's own path taken off. */
    List<String> problems() {
        return read().problems().stream()
                .map(problem -> problem.severity() + " " + problem)
                .map(text -> text.replace(path + "/", ""))
                .toList();
    }
}
