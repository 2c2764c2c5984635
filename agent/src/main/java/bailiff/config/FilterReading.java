package bailiff.config;

import bailiff.filter.FilterDefinition;
import java.util.List;

/** What became of reading one filter. */
public sealed interface FilterReading {

    /**
     * The filter can be tried.
     *
     * @param filter with everything put in
     * @param origin where its expressions were written
     * @param problems warnings only
     */
    record Usable(FilterDefinition filter, FilterOrigin origin, List<Problem> problems) implements FilterReading {}

    /**
     * It cannot.
     *
     * @param problems at least one of them an error
     */
    record Broken(List<Problem> problems) implements FilterReading {}
}
