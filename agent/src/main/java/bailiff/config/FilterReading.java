package bailiff.config;

import bailiff.filter.FilterDefinition;
import java.util.List;
import java.util.Set;

/** What became of reading one filter. */
public sealed interface FilterReading {

    /**
     * The filter can be tried.
     *
     * @param filter with everything put in
     * @param origin where its expressions were written
     * @param journalmatch which entries of the journal it is for: those that fit all words of one of the lists
     * @param given the options of a filter that it gives, rather than leave them to the usual
     * @param problems warnings only
     */
    record Usable(
            FilterDefinition filter,
            FilterOrigin origin,
            List<List<String>> journalmatch,
            Set<String> given,
            List<Problem> problems)
            implements FilterReading {

        public Usable {
            given = Set.copyOf(given);
            journalmatch = journalmatch.stream().map(List::copyOf).toList();
            problems = List.copyOf(problems);
        }
    }

    /**
     * It cannot.
     *
     * @param problems at least one of them an error
     */
    record Broken(List<Problem> problems) implements FilterReading {}
}
