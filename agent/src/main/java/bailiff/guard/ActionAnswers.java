package bailiff.guard;

import bailiff.config.ActionCall;
import bailiff.config.JailDefinition;
import bailiff.config.TimeExpression;
import bailiff.wire.Answer;
import bailiff.wire.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What is told of a jail's actions, and how they are altered. */
final class ActionAnswers {

    /* The commands of an action, which every action has, if only as an empty text. */
    private static final List<String> COMMANDS = List.of(
            "actionban",
            "actioncheck",
            "actionflush",
            "actionreban",
            "actionreload",
            "actionrepair",
            "actionstart",
            "actionstop",
            "actionunban");

    /* Names that fail2ban's own actions have besides, for those who list them. */
    private static final List<String> INNER = List.of("ESCAPE_CRE", "ESCAPE_VN_CRE", "banEpoch", "timeout");
    private static final List<String> METHODS = List.of(
            "ban",
            "clearAllParams",
            "consistencyCheck",
            "escapeTag",
            "executeCmd",
            "flush",
            "invalidateBanEpoch",
            "prolong",
            "reban",
            "reload",
            "replaceDynamicTags",
            "replaceTag",
            "start",
            "stop",
            "unban");
    private static final int USUAL_TIMEOUT = 60;

    private ActionAnswers() {}

    static Value names(JailDefinition jail) {
        return Value.texts(jail.actions().stream().map(ActionCall::label).toList());
    }

    static ActionCall named(JailDefinition jail, String name) throws Refused {
        return jail.actions().stream()
                .filter(action -> action.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new Refused(Answer.Failed.of("KeyError", "Invalid Action name: " + name)));
    }

    /** The properties and tags of an action, sorted. */
    static Value properties(ActionCall action) {
        TreeSet<String> names = new TreeSet<>(COMMANDS);
        names.addAll(INNER);
        names.addAll(known(action).keySet());
        return Value.texts(List.copyOf(names));
    }

    static Value methods() {
        return Value.texts(METHODS);
    }

    /** One property or tag of an action of that jail. */
    static Value property(JailDefinition jail, ActionCall action, String name) throws Refused {
        String value = known(action).get(name);
        if (name.equals("timeout")) {
            return value == null
                    ? Value.of(USUAL_TIMEOUT)
                    : TimeExpression.parse(value).map(JailAnswers::seconds).orElse(Value.of(USUAL_TIMEOUT));
        }
        if (value != null) {
            return Value.of(value);
        }
        if (COMMANDS.contains(name)) {
            return Value.of("");
        }
        return switch (name) {
            case "name" -> Value.of(jail.name());
            case "actname" -> Value.of(action.label());
            default ->
                throw new Refused(Answer.Failed.of(
                        "AttributeError",
                        "'CommandAction' object has no attribute "
                                + Value.of(name).repr()));
        };
    }

    private static Map<String, String> known(ActionCall action) {
        Map<String, String> known = new LinkedHashMap<>(action.arguments());
        known.putAll(action.properties());
        return known;
    }

    /** The jail with a new action that has no commands yet. */
    static JailDefinition add(JailDefinition jail, String name) throws Refused {
        if (jail.actions().stream().anyMatch(action -> action.label().equals(name))) {
            throw Refused.value("Action " + name + " already exists");
        }
        List<ActionCall> actions = new ArrayList<>(jail.actions());
        actions.add(new ActionCall(name, Map.of(), false));
        return jail.with(actions);
    }

    /** The jail without that action. */
    static JailDefinition remove(JailDefinition jail, String name) throws Refused {
        List<ActionCall> actions = new ArrayList<>(jail.actions());
        actions.remove(named(jail, name));
        return jail.with(actions);
    }

    /** Complains where the name is no property's, but that of something that fail2ban would call. */
    static void refuseMethod(String property) throws Refused {
        if (METHODS.contains(property)) {
            throw Refused.because("Bailiff does not call an action's methods by hand; 'banip' and 'unbanip' run them");
        }
    }

    /** The jail with a property of that action set. */
    static JailDefinition set(JailDefinition jail, String name, String property, String value) throws Refused {
        ActionCall action = named(jail, name);
        if (action.builtIn() && COMMANDS.contains(property)) {
            throw Refused.because("Bailiff enforces the action " + name
                    + " itself and runs no commands of it; 'banaction_native = no' in the jail has them run.");
        }
        if (property.equals("timeout") && TimeExpression.parse(value).isEmpty()) {
            throw Refused.value("read " + Value.of(value).repr() + ", expected a time such as 60 or 1m");
        }
        Map<String, String> properties = new LinkedHashMap<>(action.properties());
        properties.put(property, value);
        List<ActionCall> actions = new ArrayList<>(jail.actions());
        actions.set(
                actions.indexOf(action),
                new ActionCall(action.name(), action.label(), action.arguments(), action.builtIn(), properties));
        return jail.with(actions);
    }
}
