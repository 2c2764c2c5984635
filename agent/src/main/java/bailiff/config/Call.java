package bailiff.config;

import java.util.Map;

/**
 * A filter or action as a jail names it: {@code name[option="value", ...]}.
 *
 * @param name before the brackets
 * @param arguments in the order written
 */
record Call(String name, Map<String, Passage> arguments) {}
