package bailiff.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code action.d/NAME} for a jail.
 *
 * <p>Not thread-safe: made for one reading of a configuration.
 */
final class ActionFiles {

    /** What means something in an action's [Definition], in fail2ban's order. */
    static final List<String> OPTIONS = List.of(
            "actionstart",
            "actionstart_on_demand",
            "actionstop",
            "actionflush",
            "actionreload",
            "actioncheck",
            "actionrepair",
            "actionrepair_on_unban",
            "actionban",
            "actionprolong",
            "actionreban",
            "actionunban",
            "norestored");

    /** Those of them that are yes or no. */
    static final Set<String> FLAGS = Set.of("actionstart_on_demand", "actionrepair_on_unban", "norestored");

    /** Tags that stand for what is known only when somebody is banned, or that the guard itself puts in. */
    private static final Set<String> LATER = Set.of("matches", "ipmatches", "ipjailmatches", "timeout", "bantime");

    private final ChainReader chains;
    private final Map<String, ChainReader.Chain> read = new HashMap<>();

    ActionFiles(ChainReader chains) {
        this.chains = chains;
    }

    /** Whether there is a file for the action. */
    boolean has(String name) {
        return !chain(name).sources().isEmpty();
    }

    /**
     * Its commands and tags with everything put in, in the order in which fail2ban tells them to its server; nothing
     * where there is no file of that name.
     *
     * @param call with {@code name} and {@code actname} among its arguments
     * @param jail the jail's options
     * @param problems takes what is wrong in the file
     */
    Optional<Map<String, String>> properties(Call call, Map<String, Passage> jail, Problems problems) throws BadValue {
        ChainReader.Chain chain = chain(call.name());
        if (chain.sources().isEmpty()) {
            return Optional.empty();
        }
        problems.addAll(chain.problems());
        if (!chain.sections().has(DefinitionText.DEFINITION)) {
            problems.error(Place.ofFile(chain.sources().getLast().toString()), "expected a section [Definition]");
        }
        DefinitionText text = new DefinitionText(chain.sections(), OPTIONS, call.arguments());
        text.read(jail, false);
        Map<String, Passage> combined = text.combined(LATER);
        Map<String, String> properties = new LinkedHashMap<>();
        combined.forEach((option, value) -> {
            if (OPTIONS.contains(option)) {
                properties.put(option, FLAGS.contains(option) ? flag(value) : value.text());
            }
        });
        text.arguments().forEach((option, value) -> {
            if (!OPTIONS.contains(option) && !option.startsWith("known/")) {
                properties.put(option, value.text());
            }
        });
        return Optional.of(properties);
    }

    private static String flag(Passage value) {
        return String.valueOf(JailOptions.YES.contains(value.text().toLowerCase(Locale.ROOT)));
    }

    private ChainReader.Chain chain(String name) {
        if (!name.matches("[\\w.\\-]{1,100}")) {
            return chains.none();
        }
        return read.computeIfAbsent(name, _ -> chains.read("action.d/" + name));
    }
}
