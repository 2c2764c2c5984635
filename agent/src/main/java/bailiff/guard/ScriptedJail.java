package bailiff.guard;

import bailiff.action.ActionScript;
import bailiff.config.ActionCall;
import bailiff.config.JailDefinition;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a jail's configuration asks of actions. */
final class ScriptedJail {

    private ScriptedJail() {}

    /** The actions whose commands are run, in their order. */
    static List<ActionScript> scripts(JailDefinition jail) {
        return jail.actions().stream()
                .filter(action -> !action.builtIn() && !action.properties().isEmpty())
                .map(action -> new ActionScript(action.label(), properties(action)))
                .toList();
    }

    private static Map<String, String> properties(ActionCall action) {
        Map<String, String> properties = new LinkedHashMap<>(action.properties());
        properties.putIfAbsent("actname", action.label());
        return properties;
    }

    /**
     * Whether the guard closes ports for the jail by itself. It does so also where no action asks for it (a jail that
     * only sends mail), but not where one asks to do it by commands: then {@code banaction_native = no} was set.
     */
    static boolean isEnforcedNatively(JailDefinition jail) {
        return jail.actions().stream().anyMatch(ActionCall::builtIn)
                || jail.actions().stream().noneMatch(ScriptedJail::closesPorts);
    }

    private static boolean closesPorts(ActionCall action) {
        return !action.properties().isEmpty()
                && (action.name().startsWith("nftables") || action.name().startsWith("iptables"));
    }
}
