package bailiff.action;

import java.util.Map;

/**
 * A command as {@code /bin/sh} is to run it.
 *
 * @param text the configuration's text, in which hostile values are only referred to
 * @param variables those values, to be handed over in the environment: a shell never reads them as its language
 */
public record ShellCommand(String text, Map<String, String> variables) {

    /** A command, with its own copy of the variables. */
    public ShellCommand {
        variables = Map.copyOf(variables);
    }
}
