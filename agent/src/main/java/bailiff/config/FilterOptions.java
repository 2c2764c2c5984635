package bailiff.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a filter says of its own options and what its jail says of them.
 *
 * @param ofFilter the filter's options with everything put in, where the jail does not set them
 * @param ofJail the jail's options
 */
record FilterOptions(Map<String, Passage> ofFilter, Map<String, Passage> ofJail) {

    /*
     * Both can be there at once, when an argument or the filter's [Init] says what the jail says as well. fail2ban then
     * tells its server both. Expressions add up; of what there is one of, the server keeps what it hears last, and that
     * is the filter's, but for the date pattern, where it is the jail's.
     */

    /** The expressions of an option that may have several. */
    List<Passage> several(String option) {
        List<Passage> lines = new ArrayList<>();
        for (Map<String, Passage> options : List.of(ofFilter, ofJail)) {
            Passage value = options.get(option);
            if (value != null) {
                lines.addAll(value.rawLines());
            }
        }
        return lines;
    }

    /** The value of an option that there is one of. */
    Passage one(String option, Passage otherwise) {
        boolean jailFirst = option.equals("datepattern");
        Map<String, Passage> first = jailFirst ? ofJail : ofFilter;
        Map<String, Passage> second = jailFirst ? ofFilter : ofJail;
        Passage value = first.get(option);
        return value != null ? value : second.getOrDefault(option, otherwise);
    }
}
