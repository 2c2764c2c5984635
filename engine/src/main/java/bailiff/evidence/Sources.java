package bailiff.evidence;

import bailiff.net.Cidr;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What is kept of each source, for so many sources and no more. Not thread-safe: a {@link Counter} owns it. */
final class Sources<T> {

    private final Map<Cidr, T> bySource = new LinkedHashMap<>(16, 0.75f, true);
    private long forgotten;

    /** What is kept of the source, new if nothing was; where there are too many, the one asked for least lately goes. */
    T of(Cidr source, Supplier<T> fresh) {
        T kept = bySource.computeIfAbsent(source, _ -> fresh.get());
        if (bySource.size() > AddressEvidence.MOST_SOURCES) {
            bySource.remove(bySource.keySet().iterator().next());
            forgotten++;
        }
        return kept;
    }

    Optional<T> find(Cidr source) {
        return Optional.ofNullable(bySource.get(source));
    }

    void remove(Cidr source) {
        bySource.remove(source);
    }

    void removeOverlapping(Cidr subject) {
        bySource.keySet().removeIf(source -> source.overlaps(subject));
    }

    void removeIf(Predicate<T> old) {
        bySource.values().removeIf(old);
    }

    int size() {
        return bySource.size();
    }

    /** How many had to go for want of room. */
    long forgotten() {
        return forgotten;
    }
}
