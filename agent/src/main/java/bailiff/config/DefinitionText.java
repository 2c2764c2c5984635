package bailiff.config;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A filter or an action for one jail: the options of [Definition] and [Init], the arguments, and what the jail says.
 *
 * <p>Not thread-safe.
 */
final class DefinitionText {

    /*
     * The order in which fail2ban does it is part of what a configuration means, so it is kept. read() collects: what
     * the jail or an argument sets is not taken from [Definition], and options of [Init] become arguments unless there
     * is one of that name; beside each stands known/option with the value that the files give. combined() then puts
     * tags into each other. A filter is read twice, first for the sake of the jail's %(known/...)s, when little of the
     * jail is known yet; then the arguments hold [Init] as well. What a tag was found to be outside of the table is
     * remembered from one time to the other, as there.
     */
    static final String DEFINITION = "Definition";

    private static final String INIT = "Init";
    private static final String KNOWN = "known/";
    private static final Pattern CONDITIONAL = Pattern.compile("(\\w+)\\?.+", Pattern.DOTALL);
    private static final Pattern OF_SECTION = Pattern.compile("([\\w\\-]+)/([^\\s>]+)");

    private final Sections sections;
    private final List<String> options;
    private final Map<String, Passage> arguments;
    private final Map<String, Optional<Passage>> remembered = new HashMap<>();
    private Map<String, Passage> given = Map.of();
    private Map<String, Passage> own = new LinkedHashMap<>();

    /**
     * Nothing is read yet.
     *
     * @param sections the file's
     * @param options those that mean something in [Definition]
     * @param arguments in the order written
     */
    DefinitionText(Sections sections, List<String> options, Map<String, Passage> arguments) {
        this.sections = sections;
        this.options = options;
        this.arguments = new LinkedHashMap<>(arguments);
    }

    /** Collects the options, for a jail that says this; with {@code all}, also those that are mere material. */
    void read(Map<String, Passage> jail, boolean all) throws BadValue {
        given = merged(jail, arguments);
        own = new LinkedHashMap<>();
        Percent definition = percent(DEFINITION, given);
        for (String option : options) {
            if (!given.containsKey(option)) {
                Optional<Passage> value = definition.find(option);
                value.ifPresent(found -> own.put(option, found));
            }
        }
        readInit();
        if (all) {
            Percent plain = percent(DEFINITION, Map.of());
            for (String option : sections.own(DEFINITION).keySet()) {
                if (!own.containsKey(option)) {
                    own.put(option, plain.value(option));
                }
            }
        }
    }

    private void readInit() throws BadValue {
        Percent init = percent(INIT, Map.of());
        for (String option : sections.own(INIT).keySet()) {
            Passage value = init.value(option);
            if (!option.startsWith(KNOWN)) {
                arguments.put(KNOWN + option, value);
            }
            arguments.putIfAbsent(option, value);
        }
    }

    /** The options and arguments, with tags put into each other, but for the ignored ones and those of two families. */
    Map<String, Passage> combined(Set<String> ignored) throws BadValue {
        Map<String, Passage> table = merged(own, arguments);
        Set<String> left = new HashSet<>(ignored);
        for (String option : table.keySet()) {
            Matcher conditional = CONDITIONAL.matcher(option);
            if (conditional.matches()) {
                left.add(conditional.group(1));
            }
        }
        return new TagTable(table, left, this::outside, sections.effort()).resolve();
    }

    /** What stands in brackets or in [Init], as it stands there, in that order. */
    Map<String, Passage> arguments() {
        return arguments;
    }

    /** What a tag stands for that is not in the table. */
    private Optional<Passage> outside(String tag) throws BadValue {
        Optional<Passage> value = remembered.get(tag);
        if (value == null) {
            value = lookUp(tag);
            remembered.put(tag, value);
        }
        return value;
    }

    private Optional<Passage> lookUp(String tag) throws BadValue {
        Matcher named = OF_SECTION.matcher(tag);
        if (named.matches()) {
            Optional<Passage> value = ofSection(named.group(1), named.group(2));
            if (value.isPresent()) {
                return value;
            }
        }
        return percent(DEFINITION, given).find(tag);
    }

    private Optional<Passage> ofSection(String section, String option) throws BadValue {
        return switch (section.toLowerCase(Locale.ROOT)) {
            case "known" -> {
                Optional<Passage> before = inSection(Sections.KNOWN + DEFINITION, option);
                yield before.isPresent() ? before : inSection(DEFINITION, option);
            }
            case "default" -> inSection(IniFile.DEFAULT, option);
            default -> inSection(section, option);
        };
    }

    private Optional<Passage> inSection(String section, String option) throws BadValue {
        return sections.has(section) ? percent(section, Map.of()).find(option) : Optional.empty();
    }

    private Percent percent(String section, Map<String, Passage> above) {
        return new Percent(sections, new Percent.Context(section, lowered(above), Map.of()));
    }

    private static Map<String, Passage> lowered(Map<String, Passage> values) {
        Map<String, Passage> lowered = new HashMap<>();
        values.forEach((name, value) -> lowered.put(name.toLowerCase(Locale.ROOT), value));
        return lowered;
    }

    private static Map<String, Passage> merged(Map<String, Passage> first, Map<String, Passage> second) {
        Map<String, Passage> merged = new LinkedHashMap<>(first);
        merged.putAll(second);
        return merged;
    }
}
