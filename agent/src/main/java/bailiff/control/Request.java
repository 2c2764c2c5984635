package bailiff.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is asked of the guard.
 *
 * @param command the command's name, as on the command line
 * @param options its options by their long names without dashes; values are strings, booleans or lists of strings
 */
public record Request(String command, Map<String, Object> options) {

    /** The option's text, if it was given. */
    public Optional<String> text(String option) {
        return options.get(option) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The option's texts; empty when it was not given. */
    public List<String> texts(String option) {
        List<String> texts = new ArrayList<>();
        if (options.get(option) instanceof List<?> values) {
            values.forEach(value -> texts.add(String.valueOf(value)));
        }
        return texts;
    }

    /** Whether the option was given. */
    public boolean has(String option) {
        return Boolean.TRUE.equals(options.get(option));
    }

    String line() {
        return Json.line(Json.of("command", command, "options", options));
    }

    /** The request that a client's line holds. */
    static Request of(String line) throws ControlException {
        try {
            Map<String, Object> object = Json.object(line);
            if (object.get("command") instanceof String command && object.get("options") instanceof Map<?, ?> options) {
                Map<String, Object> named = new java.util.LinkedHashMap<>();
                options.forEach((name, value) -> named.put(String.valueOf(name), value));
                return new Request(command, named);
            }
        } catch (IllegalArgumentException e) {
            throw new ControlException(ControlException.USAGE, "The request is " + e.getMessage());
        }
        throw new ControlException(ControlException.USAGE, "The request names no command and options.");
    }
}
