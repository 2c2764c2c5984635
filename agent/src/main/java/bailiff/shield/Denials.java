package bailiff.shield;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Addresses that are refused for a while and that no jail has banned: for a web server that cannot ask about each
 * attempt. Who is refused again is the newest. Safe for any thread.
 */
public final class Denials {

    /** Addresses that are held: no more fit into the deny map anyway. Some 150 bytes each. */
    static final int MOST = DenyMap.MOST_ENTRIES;

    private final Runnable changed;
    private final LinkedHashMap<Cidr, Bans.Standing> addresses = new LinkedHashMap<>();

    /**
     * Nobody is refused yet.
     *
     * @param changed is run after every change, by the thread that made it
     */
    public Denials(Runnable changed) {
        this.changed = changed;
    }

    /** The address is refused from {@code since} until, not including, {@code until}; both in full seconds. */
    public void put(Cidr address, Instant since, Instant until) {
        boolean isNew;
        synchronized (this) {
            Bans.Standing before = addresses.remove(address);
            isNew = before == null || before.until() != until.getEpochSecond();
            addresses.put(address, new Bans.Standing(address, since.getEpochSecond(), until.getEpochSecond()));
            if (addresses.size() > MOST) {
                addresses.pollFirstEntry();
            }
        }
        if (isNew) {
            changed.run();
        }
    }

    /** It is refused no more. */
    public void remove(Cidr address) {
        boolean was;
        synchronized (this) {
            was = addresses.remove(address) != null;
        }
        if (was) {
            changed.run();
        }
    }

    /** Whether the address itself was refused at that moment. */
    public synchronized boolean holds(IpAddress address, Instant time) {
        Bans.Standing held = addresses.get(address.alone());
        long second = time.getEpochSecond();
        return held != null && held.since() <= second && second < held.until();
    }

    /** So many at most that last, the newest first. */
    synchronized List<Bans.Standing> newest(int most, Instant now) {
        addresses.values().removeIf(held -> held.until() <= now.getEpochSecond());
        return addresses.reversed().values().stream().limit(most).toList();
    }

    /** How many are refused at that moment. */
    public synchronized int size(Instant now) {
        return newest(MOST, now).size();
    }
}
