package bailiff.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The problems found so far, each once however many jails share it; no more than {@value #MOST}. */
final class Problems {

    static final int MOST = 1_000;

    private final Set<Problem> found = new LinkedHashSet<>();

    void error(Place place, String message) {
        add(Problem.error(place, message));
    }

    void warning(Place place, String message) {
        add(Problem.warning(place, message));
    }

    void add(Problem problem) {
        if (found.size() < MOST) {
            found.add(problem);
        } else {
            found.add(Problem.error(Place.ofFile(""), "there are more problems than the " + MOST + " listed"));
        }
    }

    void addAll(Collection<Problem> problems) {
        problems.forEach(this::add);
    }

    boolean hasError() {
        return found.stream().anyMatch(problem -> problem.severity() == Severity.ERROR);
    }

    List<Problem> all() {
        return List.copyOf(new ArrayList<>(found));
    }
}
