package bailiff.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What we and fail2ban make of the same directory.
 *
 * @param commands how many commands were compared
 * @param refused how many jails both refuse
 * @param differences a line for each
 */
record Comparison(int commands, int refused, List<String> differences) {

    /*
     * What fail2ban's client takes and its server refuses or can do nothing with: two actions of one name, and a filter
     * without an expression. Journal matches have to say which field.
     */
    private static final List<String> MEANT =
            List.of("two actions are called", "has no failregex", "expected FIELD=value", "expected an absolute path");

    static Comparison of(Path directory, Fail2banOracle oracle) {
        Configuration configuration = new ConfigDirectory(directory).read();
        Map<String, List<String>> ours = Fail2banOracle.ours(configuration);
        Fail2banOracle.Answer theirs = oracle.read(directory);
        Set<String> unread = Set.copyOf(configuration.leftOut());
        List<String> differences = new ArrayList<>();
        int commands = note("", ours.getOrDefault("", List.of()), theirs.server(), differences);
        for (var jail : theirs.jails().entrySet()) {
            String name = jail.getKey();
            if (unread.contains(name)) {
                refused(name, configuration).ifPresent(differences::add);
            } else {
                commands += note(name, ours.getOrDefault(name, List.of()), jail.getValue(), differences);
            }
        }
        ours.keySet().stream()
                .filter(name -> !name.isEmpty() && !theirs.jails().containsKey(name))
                .filter(name -> !theirs.faulty().containsKey("") || !configuration.hasErrors())
                .forEach(name -> differences.add(name + ": fail2ban refuses it: " + theirs.faulty()));
        return new Comparison(commands, theirs.faulty().size(), differences);
    }

    /** Why we refuse a jail that fail2ban's client takes, unless every one of its errors is one that is meant. */
    private static Optional<String> refused(String jail, Configuration configuration) {
        List<Problem> errors = configuration.faults().getOrDefault(jail, List.of());
        boolean meant = !errors.isEmpty()
                && errors.stream().allMatch(problem -> MEANT.stream().anyMatch(problem.message()::contains));
        return meant ? Optional.empty() : Optional.of(jail + ": we refuse it: " + errors);
    }

    private static int note(String jail, List<String> ours, List<String> theirs, List<String> differences) {
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            String our = i < ours.size() ? ours.get(i) : "nothing";
            String their = i < theirs.size() ? theirs.get(i) : "nothing";
            if (!our.equals(their)) {
                differences.add(jail + ": we say\n  " + our + "\n  and fail2ban says\n  " + their);
            }
        }
        return theirs.size();
    }
}
