package bailiff.bench.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Bailiff's commands over a log, as its launcher runs them. */
record Bailiff(Path launcher) {

    /** Tries a filter, or an expression, of a configuration. */
    Trial match(String name, Path config, String filter, Log log) {
        return Trial.ours(name, command("match", filter, "-c", config.toString(), log), Count.MATCHED, log);
    }

    /** Runs all jails of a configuration. */
    Trial replay(String name, Path config, Log log) {
        return Trial.ours(name, command("replay", "-c", config.toString(), log), Count.FAILURES, log);
    }

    /** Runs one jail of a configuration. */
    Trial replay(String name, Path config, String jail, Log log) {
        return Trial.ours(name, command("replay", "-c", config.toString(), "--jail", jail, log), Count.FAILURES, log);
    }

    private List<String> command(Object... words) {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        for (Object word : words) {
            command.add(word instanceof Log log ? log.path().toString() : word.toString());
        }
        return command;
    }
}
