package bailiff.cli;

import bailiff.config.ConfigReader;
import bailiff.config.Host;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which configuration a command reads. */
final class ConfigOption {

    private static final Path OWN = Path.of("/etc/bailiff");

    @Option(
            names = "-c",
            paramLabel = "DIR",
            description = "configuration directory in fail2ban's layout (default: /etc/bailiff over the built-in one);"
                    + " '-c /etc/fail2ban' reads fail2ban's own")
    private @Nullable Path directory;

    ConfigOption() {}

    /** The option with that value, or without one. */
    ConfigOption(Optional<Path> directory) {
        this.directory = directory.orElse(null);
    }

    ConfigReader reader() {
        return reader(ZoneId.systemDefault());
    }

    /** A reader for which times without a zone are in this one. */
    ConfigReader reader(ZoneId zone) {
        Host host = new Host(zone, Host.local().services());
        return directory == null ? ConfigReader.overBuiltIn(OWN, host) : ConfigReader.alone(directory, host);
    }
}
