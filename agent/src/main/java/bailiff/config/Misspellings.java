package bailiff.config;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds options that nothing reads and that look much like one that is read.
 *
 * <p>A jail may hold any option, as something to be put into others; what is put anywhere is no misspelling.
 */
final class Misspellings {

    private static final Pattern REFERENCE = Pattern.compile("%\\((?:[^)/]*+/)?([^)]++)\\)s");

    private final Sections sections;
    private final Problems problems;
    private final Set<String> referred = new HashSet<>();

    Misspellings(Sections sections, Problems problems) {
        this.sections = sections;
        this.problems = problems;
        sections.names().forEach(name -> collect(sections.own(name)));
        collect(sections.defaults());
    }

    private void collect(Map<String, Passage> options) {
        for (Passage value : options.values()) {
            Matcher reference = REFERENCE.matcher(value.text());
            while (reference.find()) {
                referred.add(reference.group(1));
            }
        }
    }

    /** Warns of what the jail itself sets. */
    void checkJail(String jail) {
        sections.own(jail).forEach(this::check);
    }

    /** Warns of what is set for all jails. */
    void checkDefaults() {
        sections.defaults().forEach(this::check);
    }

    private void check(String option, Passage value) {
        if (!referred.contains(option) && !option.endsWith("_")) {
            Spelling.near(option, JailReader.OPTIONS)
                    .ifPresent(meant ->
                            problems.warning(value.place(), "is no option of a jail; did you mean " + meant + "?"));
        }
    }
}
