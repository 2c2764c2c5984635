package bailiff.evidence.site;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table of the keys that were in use most recently, at most as many as it was given room for.
 *
 * <p>Its keys are comparable, so that java.util.HashMap keeps its speed whatever keys an attacker chooses.
 */
final class Recent<K extends Comparable<? super K>, V> {

    private final Map<K, V> entries;

    Recent(int room) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > room;
            }
        };
    }

    @Nullable
    V find(K key) {
        return entries.get(key);
    }

    V of(K key, Function<? super K, ? extends V> made) {
        V there = entries.get(key);
        if (there == null) {
            there = made.apply(key);
            entries.put(key, there);
        }
        return there;
    }

    void put(K key, V value) {
        entries.put(key, value);
    }

    void remove(K key) {
        entries.remove(key);
    }

    /** Lets go of the half that is out of use for longest. */
    void halve() {
        Iterator<K> eldest = entries.keySet().iterator();
        for (int drop = size() / 2; drop > 0; drop--) {
            eldest.next();
            eldest.remove();
        }
    }

    int size() {
        return entries.size();
    }

    /** From the one out of use for longest to the one in use last. */
    Map<K, V> entries() {
        return entries;
    }
}
