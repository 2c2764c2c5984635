package bailiff.ledger;

import bailiff.net.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The failures of one transaction that are not written yet. Under an attack most of them are spent by a ban of the same
 * transaction, and are written only once, as its evidence. Not thread-safe: the ledger's lock guards it.
 */
final class Unsaved {

    /*
     * Subjects are found by themselves. Whatever else may overlap one is looked for only where the jail has subjects of
     * another length in the same family, which is rare, so a ban costs as much as there are failures in it.
     */
    private final Map<String, Jail> jails = new HashMap<>();
    private int added;

    private record Numbered(int number, Failure failure) {}

    private static final class Jail {
        private final Map<Cidr, List<Numbered>> bySubject = new HashMap<>();
        private final Lengths lengths = new Lengths();
    }

    void add(Failure failure) {
        Jail jail = jails.computeIfAbsent(failure.jail(), _ -> new Jail());
        jail.lengths.add(failure.subject());
        jail.bySubject
                .computeIfAbsent(failure.subject(), _ -> new ArrayList<>(1))
                .add(new Numbered(added++, failure));
    }

    /** Takes out the jail's failures whose subject overlaps this one, in the order in which they were added. */
    List<Failure> take(String name, Cidr subject) {
        Jail jail = jails.get(name);
        if (jail == null) {
            return List.of();
        }
        List<Numbered> taken = new ArrayList<>();
        if (jail.lengths.isOnly(subject)) {
            List<Numbered> found = jail.bySubject.remove(subject);
            return found == null ? List.of() : sorted(found);
        }
        jail.bySubject.entrySet().removeIf(entry -> {
            boolean overlaps = entry.getKey().overlaps(subject);
            if (overlaps) {
                taken.addAll(entry.getValue());
            }
            return overlaps;
        });
        return sorted(taken);
    }

    /** All that are left, in the order in which they were added. */
    List<Failure> rest() {
        List<Numbered> left = new ArrayList<>();
        jails.values().forEach(jail -> jail.bySubject.values().forEach(left::addAll));
        return sorted(left);
    }

    /** The jails of which failures were added, taken ones too. */
    Collection<String> names() {
        return jails.keySet();
    }

    private static List<Failure> sorted(List<Numbered> failures) {
        return failures.stream()
                .sorted(Comparator.comparingInt(Numbered::number))
                .map(Numbered::failure)
                .toList();
    }
}
