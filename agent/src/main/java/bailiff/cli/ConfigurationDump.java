package bailiff.cli;

import bailiff.config.Configuration;
import bailiff.config.ServerCommands;
import bailiff.source.LogFollower;
import bailiff.source.LogPath;
import bailiff.source.SourceState;
import bailiff.wire.Value;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A configuration as {@code fail2ban-client -d} shows it: the commands for fail2ban's server. Stateless. */
final class ConfigurationDump {

    /* The place of the file in ['set', JAIL, 'addlogpath', FILE, 'head']. */
    private static final int FILE = 3;

    private ConfigurationDump() {}

    /** The commands in their order; of each pattern for logs, the files that are there now, by name. */
    static List<Value> of(Configuration configuration) {
        return ServerCommands.of(configuration).stream()
                .flatMap(ConfigurationDump::expanded)
                .map(ConfigurationDump::value)
                .toList();
    }

    private static Stream<List<Object>> expanded(List<Object> command) {
        boolean log = command.size() > FILE && "addlogpath".equals(command.get(2));
        if (!log) {
            return Stream.of(command);
        }
        return files(String.valueOf(command.get(FILE))).stream()
                .map(file -> Stream.<Object>concat(
                                Stream.concat(command.stream().limit(FILE), Stream.of(file)),
                                command.stream().skip(FILE + 1))
                        .toList());
    }

    private static List<String> files(String pattern) {
        LogPath path;
        try {
            path = new LogPath(pattern, LogPath.Start.HEAD);
        } catch (IllegalArgumentException e) {
            return List.of();
        }
        try (LogFollower follower = new LogFollower(List.of(path), Map.of(), InstantSource.system())) {
            return follower.states().stream()
                    .filter(state -> state.condition() != SourceState.Condition.MISSING)
                    .map(state -> state.path().toString())
                    .toList();
        }
    }

    private static Value value(Object told) {
        return switch (told) {
            case List<?> several ->
                Value.list(several.stream().map(ConfigurationDump::value).toList());
            case Map<?, ?> entries -> {
                Map<Value, Value> table = new LinkedHashMap<>();
                entries.forEach((key, value) -> table.put(Value.of(String.valueOf(key)), value(value)));
                yield new Value.Table(table);
            }
            case Boolean truth -> Value.of(truth.booleanValue());
            case Integer number -> Value.of(number.longValue());
            case Long number -> Value.of(number.longValue());
            default -> Value.of(told.toString());
        };
    }
}
