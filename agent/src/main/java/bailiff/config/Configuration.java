package bailiff.config;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that was read of a configuration.
 *
 * @param jails the enabled jails without an error, in the order of the files
 * @param leftOut the names of the enabled jails that have one
 * @param problems everything that was found wrong, each once
 * @param directory where it was read
 * @param server what {@code fail2ban.conf} says
 * @param files what was read there and of the built-in configuration, by name, sorted
 * @param faults the errors of each jail that is left out, by its name, in the order of the files
 * @param commands the same in fail2ban's words
 */
public record Configuration(
        List<JailDefinition> jails,
        List<String> leftOut,
        List<Problem> problems,
        Path directory,
        ServerOptions server,
        List<String> files,
        Map<String, List<Problem>> faults,
        ServerCommands commands) {

    public Configuration {
        jails = List.copyOf(jails);
        leftOut = List.copyOf(leftOut);
        problems = List.copyOf(problems);
        files = List.copyOf(files);
        faults = Collections.unmodifiableMap(new LinkedHashMap<>(faults));
    }

    /** Whether something has to be mended before all of it runs. */
    public boolean hasErrors() {
        return problems.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }
}
