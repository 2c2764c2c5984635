package bailiff.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A filter's options, with everything put in that files and arguments say.
 *
 * <p>Not thread-safe.
 */
final class FilterText {

    /*
     * An option is looked for in the arguments, then in [Init], then in [Definition] and its [DEFAULT]. First %(...)s
     * is replaced, where [Init] is not asked, then tags, where it is. Tags are remembered: hostile files ask often.
     */
    private static final String DEFINITION = "Definition";
    private static final String INIT = "Init";

    private final Sections sections;
    private final Map<String, Passage> arguments;
    private final Percent definition;
    private final Percent init;
    private final Map<String, Optional<Passage>> tags = new HashMap<>();

    FilterText(Sections sections, Map<String, Passage> arguments) {
        this.sections = sections;
        this.arguments = arguments;
        this.definition = new Percent(sections, new Percent.Context(DEFINITION, arguments, Map.of()));
        this.init = new Percent(sections, new Percent.Context(INIT));
    }

    /** The option with everything put in; nothing where it is not set. */
    Optional<Passage> find(String option) throws BadValue {
        Optional<Passage> raw = unresolved(option);
        return raw.isEmpty() ? raw : Optional.of(Tags.expand(raw.get(), this::tag));
    }

    private Optional<Passage> unresolved(String option) throws BadValue {
        Passage argument = arguments.get(option);
        if (argument != null) {
            return Optional.of(argument);
        }
        Optional<Passage> ofInit = ofInit(option);
        return ofInit.isPresent() ? ofInit : definition.find(option);
    }

    private Optional<Passage> ofInit(String option) throws BadValue {
        Passage raw = sections.own(INIT).get(option);
        return raw == null ? Optional.empty() : Optional.of(init.expand(raw));
    }

    private Optional<Passage> tag(String name) throws BadValue {
        Optional<Passage> remembered = tags.get(name);
        if (remembered == null) {
            remembered = lookUp(name);
            tags.put(name, remembered);
        }
        return remembered;
    }

    private Optional<Passage> lookUp(String name) throws BadValue {
        int slash = name.indexOf('/');
        if (slash <= 0) {
            boolean regexTag = !name.equals(name.toLowerCase(Locale.ROOT));
            return regexTag ? Optional.empty() : unresolved(name);
        }
        String section = name.substring(0, slash);
        String option = name.substring(slash + 1).toLowerCase(Locale.ROOT);
        if (section.equals("known")) {
            return known(option);
        }
        return new Percent(sections, new Percent.Context(section.equals("default") ? IniFile.DEFAULT : section))
                .find(option);
    }

    private Optional<Passage> known(String option) throws BadValue {
        Optional<Passage> beforeArgument = ofInit(option);
        if (beforeArgument.isPresent()) {
            return beforeArgument;
        }
        Optional<Passage> overwritten = sections.known(DEFINITION, option);
        return overwritten.isPresent() ? Optional.of(definition.expand(overwritten.get())) : definition.find(option);
    }
}
