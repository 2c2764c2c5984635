package bailiff.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The programs that read logs as well; each only where it is installed. */
final class Peers {

    private Peers() {}

    /** {@code grep} and {@code rg} for the expression and for its literal, and {@code wc -l}, which only reads. */
    static List<Trial> scanners(String expression, String literal, Log log) {
        String file = log.path().toString();
        List<Trial> trials = new ArrayList<>();
        trials.add(Trial.peer("grep -cE", List.of("grep", "-cE", expression, file), Count.NUMBER, log));
        trials.add(Trial.peer("rg -c", List.of("rg", "-c", expression, file), Count.NUMBER, log));
        trials.add(Trial.peer("grep -c -F", List.of("grep", "-c", "-F", literal, file), Count.NUMBER, log));
        trials.add(Trial.peer("rg -c -F", List.of("rg", "-c", "-F", literal, file), Count.NUMBER, log));
        trials.add(Trial.peer("wc -l", List.of("wc", "-l", file), Count.NONE, log));
        return trials;
    }

    /** fail2ban-regex with a filter's file, and with a date pattern if it is not empty. */
    static Trial fail2banRegex(String name, Path config, String filter, String datepattern, Log log) {
        List<String> command = new ArrayList<>(List.of("fail2ban-regex"));
        if (!datepattern.isEmpty()) {
            command.addAll(List.of("-d", datepattern));
        }
        Path file = config.resolve("filter.d").resolve(filter + ".conf");
        command.addAll(List.of(log.path().toString(), file.toString()));
        return Trial.peer(name, command, Count.FAIL2BAN_REGEX, log);
    }

    /** fail2ban-regex with each of a configuration's filters of these names, one after the other. */
    static Trial fail2banRegexes(String name, Path config, List<String> filters, Log log) {
        String loop = "command -v fail2ban-regex || exit 2; for filter; do test ! -f \"$filter\" || fail2ban-regex "
                + log.path() + " \"$filter\" >/dev/null; done";
        List<String> command = new ArrayList<>(List.of("sh", "-c", loop, "sh"));
        filters.forEach(filter ->
                command.add(config.resolve("filter.d").resolve(filter + ".conf").toString()));
        return Trial.peer(name, command, Count.NONE, log);
    }
}
