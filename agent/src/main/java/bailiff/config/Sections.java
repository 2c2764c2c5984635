package bailiff.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Files laid over each other: for every section and option the value of the last file that sets it.
 *
 * <p>Not thread-safe.
 */
final class Sections {

    /** Before a section's name it stands for the values of that section that were overwritten last. */
    static final String KNOWN = "KNOWN/";

    private final Map<String, Map<String, Passage>> sections = new LinkedHashMap<>();
    private final Map<String, Map<String, Passage>> overwritten = new LinkedHashMap<>();
    private final Map<String, Passage> defaults = new LinkedHashMap<>();

    private final Effort effort;

    Sections(Effort effort) {
        this.effort = effort;
    }

    /** What putting these values into each other may cost. */
    Effort effort() {
        return effort;
    }

    /** Lays a file over what is there. */
    void merge(IniFile file) {
        file.sections().forEach((name, options) -> {
            int condition = name.indexOf('?');
            if (name.equals(IniFile.DEFAULT)) {
                defaults.putAll(options);
            } else if (condition > 0) {
                mergeSection(name.substring(0, condition), conditional(options, name.substring(condition)));
            } else {
                mergeSection(name, options);
            }
        });
    }

    /** Every option of {@code [Init?family=inet6]} becomes {@code option?family=inet6} of {@code [Init]}. */
    private static Map<String, Passage> conditional(Map<String, Passage> options, String condition) {
        Map<String, Passage> renamed = new LinkedHashMap<>();
        options.forEach((option, value) -> renamed.put(option + condition, value));
        return renamed;
    }

    private void mergeSection(String name, Map<String, Passage> options) {
        Map<String, Passage> present = sections.get(name);
        if (present == null) {
            sections.put(name, new LinkedHashMap<>(options));
            return;
        }
        Map<String, Passage> known = overwritten.computeIfAbsent(name, ignored -> new LinkedHashMap<>());
        options.forEach((option, value) -> {
            Passage before = present.put(option, value);
            if (before != null) {
                known.put(option, before);
            }
        });
    }

    /** A value for every section, whatever the files say. */
    void preset(String option, Passage value) {
        defaults.put(option, value);
    }

    /** The sections that options were set in, in the order of their first appearance, without the defaults. */
    Set<String> names() {
        return Collections.unmodifiableSet(sections.keySet());
    }

    /** Whether a file has the section; the defaults are always there. */
    boolean has(String section) {
        return section.equals(IniFile.DEFAULT)
                || (section.startsWith(KNOWN)
                        ? overwritten.containsKey(section.substring(KNOWN.length()))
                        : sections.containsKey(section));
    }

    /** The options that the section itself sets. */
    Map<String, Passage> own(String section) {
        Map<String, Passage> own =
                section.startsWith(KNOWN) ? overwritten.get(section.substring(KNOWN.length())) : sections.get(section);
        return own == null ? Map.of() : Collections.unmodifiableMap(own);
    }

    Map<String, Passage> defaults() {
        return Collections.unmodifiableMap(defaults);
    }

    /** The option's value as written, of the section or else of the defaults. */
    Optional<Passage> find(String section, String option) {
        Passage own = own(section).get(option);
        return Optional.ofNullable(own != null ? own : defaults.get(option));
    }
}
