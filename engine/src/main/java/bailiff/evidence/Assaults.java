package bailiff.evidence;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accounts that strangers failed at, by hashes made with a secret. Not thread-safe. */
final class Assaults {

    /*
     * Two lists, each with the one that was touched longest ago first: those under attack and the others. However many
     * accounts somebody makes up, he drives out only those that are not under attack; for more he needs as many
     * addresses as make an attack, for each account.
     */
    private static final int MOST = 4_096;
    private static final int BYTES = Long.BYTES + Assault.BYTES;

    private final Map<Long, Assault> quiet = newest();
    private final Map<Long, Assault> known = newest();

    private static Map<Long, Assault> newest() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, Assault> eldest) {
                return size() > MOST;
            }
        };
    }

    /** What is known of the account, which is remembered from now on. */
    Assault of(long account) {
        Assault assault = known.get(account);
        return assault != null ? assault : quiet.computeIfAbsent(account, _ -> new Assault());
    }

    /** The account is under attack. */
    void know(long account) {
        Assault assault = quiet.remove(account);
        if (assault != null) {
            known.put(account, assault);
        }
    }

    /** The attack on the account; null where there is none. */
    @Nullable
    Assault find(long account) {
        return known.get(account);
    }

    int bytes() {
        return 2 * Integer.BYTES + BYTES * (quiet.size() + known.size());
    }

    void write(ByteBuffer to) {
        write(to, quiet);
        write(to, known);
    }

    private static void write(ByteBuffer to, Map<Long, Assault> assaults) {
        to.putInt(assaults.size());
        assaults.forEach((account, assault) -> {
            to.putLong(account);
            assault.write(to);
        });
    }

    void read(ByteBuffer from) {
        read(from, quiet);
        read(from, known);
    }

    private static void read(ByteBuffer from, Map<Long, Assault> into) {
        for (int left = Math.min(from.getInt(), from.remaining() / BYTES); left > 0; left--) {
            into.computeIfAbsent(from.getLong(), _ -> new Assault()).read(from);
        }
    }
}
