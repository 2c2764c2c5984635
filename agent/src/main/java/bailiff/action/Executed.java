package bailiff.action;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Which commands were executed for which family: where two families come to the same command, it is executed once. Not
 * thread-safe: one action owns it.
 */
final class Executed {

    private final Map<Operation, Map<String, String>> commands = new EnumMap<>(Operation.class);

    /** Whether another family has had that very command executed. */
    boolean isDoneForAnother(Operation operation, String family, String command) {
        return commands.getOrDefault(operation, Map.of()).entrySet().stream()
                .anyMatch(entry ->
                        !entry.getKey().equals(family) && entry.getValue().equals(command));
    }

    /** The command was executed for the family. */
    void note(Operation operation, String family, String command) {
        commands.computeIfAbsent(operation, _ -> new HashMap<>()).put(family, command);
    }

    /** It may have to be executed again: for the family, and for whoever shared its command. */
    void forget(Operation operation, String family) {
        Map<String, String> families = commands.getOrDefault(operation, Map.of());
        String forgotten = families.get(family);
        if (forgotten != null) {
            families.values().removeIf(forgotten::equals);
        }
    }

    /** It may have to be executed again for every family. */
    void forget(Operation operation) {
        commands.remove(operation);
    }
}
