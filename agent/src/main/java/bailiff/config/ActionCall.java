package bailiff.config;

import java.util.Map;

/**
 * An action as a jail names it.
 *
 * @param name the action file's base name
 * @param arguments what stands in brackets, by option; values as written, hostile to shells
 * @param builtIn whether the ban that it asks for is enforced by the program itself; otherwise it is not run yet
 */
public record ActionCall(String name, Map<String, String> arguments, boolean builtIn) {

    public ActionCall {
        arguments = Map.copyOf(arguments);
    }
}
