package bailiff.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An action as a jail names it.
 *
 * @param name the action file's base name
 * @param label by which fail2ban tells it from the jail's other actions, its {@code actname}
 * @param arguments what stands in brackets, by option; values as written, hostile to shells
 * @param builtIn whether the ban that it asks for is enforced by the program itself, and its commands are not run
 * @param properties its commands ({@code actionban}) and tags ({@code port}, {@code blocktype?family=inet6}) with
 *     everything put in that is known before a ban, in the order of the file; empty where there is no file for it
 */
public record ActionCall(
        String name, String label, Map<String, String> arguments, boolean builtIn, Map<String, String> properties) {

    public ActionCall {
        arguments = Map.copyOf(arguments);
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** An action of which no file was read. */
    public ActionCall(String name, Map<String, String> arguments, boolean builtIn) {
        this(name, name, arguments, builtIn, Map.of());
    }
}
