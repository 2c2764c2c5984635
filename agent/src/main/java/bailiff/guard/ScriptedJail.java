package bailiff.guard;

import bailiff.action.ActionScript;
import bailiff.config.ActionCall;
import bailiff.config.JailDefinition;
import bailiff.config.Place;
import bailiff.config.Problem;
import java.util.ArrayList;
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

    /** Whether the guard closes ports for the jail by itself, rather than leave that to the commands of its actions. */
    static boolean isEnforcedNatively(JailDefinition jail) {
        return !jail.gates().isEmpty();
    }

    /** Whether its bans come to nothing: no port is closed, and no command is run. */
    static boolean hasNoEffect(JailDefinition jail) {
        return !isEnforcedNatively(jail) && scripts(jail).isEmpty();
    }

    /** What an administrator should know of the jail's commands before they run. */
    static List<Problem> warnings(JailDefinition jail) {
        Place place = new Place("", 0, jail.name(), "action");
        List<Problem> warnings = new ArrayList<>();
        for (ActionScript script : scripts(jail)) {
            script.warnings()
                    .forEach(warning ->
                            warnings.add(Problem.warning(place, "the action " + script.label() + " " + warning)));
        }
        ActionScript.warning("it", jail.exemptions().ignorecommand())
                .ifPresent(warning ->
                        warnings.add(Problem.warning(new Place("", 0, jail.name(), "ignorecommand"), warning)));
        if (hasNoEffect(jail)) {
            warnings.add(Problem.warning(
                    place, "its bans would have no effect: none of its actions can be run, and no port is closed"));
        }
        boolean sets = jail.actions().stream()
                .anyMatch(action -> !action.builtIn() && closesPorts(action) && holdsAddressesOnly(action));
        if (sets && jail.limits().ipv6Prefix() < 128) {
            warnings.add(Problem.warning(
                    place,
                    "the sets of its actions take single addresses only, and IPv6 bans are /"
                            + jail.limits().ipv6Prefix() + " networks; set ipv6prefix = 128 for this jail"));
        }
        return warnings;
    }

    /** Sets of nftables without {@code flags interval}, and ipsets of type hash:ip; iptables rules take networks. */
    private static boolean holdsAddressesOnly(ActionCall action) {
        String commands = String.join("\n", action.properties().values());
        return commands.contains("hash:ip") || (action.name().startsWith("nftables") && !commands.contains("interval"));
    }

    private static boolean closesPorts(ActionCall action) {
        return !action.properties().isEmpty()
                && (action.name().startsWith("nftables") || action.name().startsWith("iptables"));
    }
}
