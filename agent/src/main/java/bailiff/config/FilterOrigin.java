package bailiff.config;

import java.util.List;

/**
 * Where the expressions of a {@link bailiff.filter.FilterDefinition} were written, so that a bad one can be named.
 *
 * @param failregex one place for each expression, in the definition's order
 * @param ignoreregex likewise
 * @param successregex likewise
 * @param prefregex the place of the filter where there is none
 * @param datepattern the place of the filter where there is none
 */
public record FilterOrigin(
        List<Place> failregex,
        List<Place> ignoreregex,
        List<Place> successregex,
        Place prefregex,
        Place datepattern) {

    public FilterOrigin {
        failregex = List.copyOf(failregex);
        ignoreregex = List.copyOf(ignoreregex);
        successregex = List.copyOf(successregex);
    }
}
