package bailiff.shield;

import bailiff.net.AddressTable;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * Who is banned in the jails that take part in the shield, as their threads tell it. Asked for an address, it answers
 * from memory at once; a ban whose time is up counts no more, also when nobody tells of its end. Safe for any thread.
 */
public final class Bans {

    /** So many bans are held of each jail: as many as a jail has. Each takes 36 bytes. */
    public static final int MOST_OF_A_JAIL = 1_000_000;

    /** What {@link #secondsLeft} gives at most: who is banned for longer may come and ask again. */
    static final long LONGEST_SECONDS = 31_536_000;

    /* Of a table, so many entries are looked at before others have their turn. */
    private static final int AT_ONCE = 4_096;

    /* An entry's one word: when the ban began (high half) and ends (low half), in seconds from 1970, unsigned. */
    private static final int SECOND_BITS = 32;
    private static final long FOR_EVER = 0xffff_ffffL;

    private final RandomGenerator chance;
    private final Runnable changed;
    private final Map<String, AddressTable> jails = new HashMap<>();
    private volatile List<String> names = List.of();
    private long leftOut;

    /**
     * Nobody is banned yet.
     *
     * @param chance for what nobody must foresee
     * @param changed is run after every change, by the thread that made it
     */
    public Bans(RandomGenerator chance, Runnable changed) {
        this.chance = chance;
        this.changed = changed;
    }

    /**
     * A ban as the files for others have it.
     *
     * @param since when it began, in seconds from 1970
     * @param until when it ends, in seconds from 1970; {@code 4294967295} for never
     */
    record Standing(Cidr subject, long since, long until) {}

    /** From now on the jail takes part, and has banned nobody yet. */
    public synchronized void begin(String jail) {
        jails.put(jail, new AddressTable(1, chance.nextLong()));
        names = jails.keySet().stream().sorted().toList();
    }

    /** The jail takes part no more. */
    public void end(String jail) {
        boolean took;
        synchronized (this) {
            took = jails.remove(jail) != null;
            names = jails.keySet().stream().sorted().toList();
        }
        if (took) {
            changed.run();
        }
    }

    /** The names of the jails that take part. */
    public List<String> jails() {
        return names;
    }

    /** The jail has banned that subject, or its ban ends at another time now; nothing for jails that take no part. */
    public void put(String jail, Cidr subject, Instant since, Instant until) {
        synchronized (this) {
            AddressTable table = jails.get(jail);
            if (table == null) {
                return;
            }
            int at = table.find(subject);
            if (at == AddressTable.NONE && table.size() >= MOST_OF_A_JAIL) {
                leftOut++;
                return;
            }
            long word = Math.min(seconds(since, false), FOR_EVER - 1) << SECOND_BITS | seconds(until, true);
            table.set(at == AddressTable.NONE ? table.add(subject) : at, 0, word);
        }
        changed.run();
    }

    /** Seconds from 1970; an end is rounded up, so that no ban is over before its time. */
    private static long seconds(Instant time, boolean up) {
        long seconds = time.getEpochSecond() + (up && time.getNano() > 0 ? 1 : 0);
        return Math.clamp(seconds, 0, FOR_EVER);
    }

    /** The ban is over. */
    public void remove(String jail, Cidr subject) {
        synchronized (this) {
            AddressTable table = jails.get(jail);
            int at = table == null ? AddressTable.NONE : table.find(subject);
            if (table == null || at == AddressTable.NONE) {
                return;
            }
            table.remove(at);
        }
        changed.run();
    }

    /** For how many seconds, at least 1, the address is still banned; nothing when it is not. */
    OptionalLong secondsLeft(IpAddress address, Instant now) {
        long end = 0;
        synchronized (this) {
            for (AddressTable table : jails.values()) {
                end = Math.max(end, end(table, address));
            }
        }
        long millis = end * 1_000 - now.toEpochMilli();
        if (millis <= 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(end == FOR_EVER ? LONGEST_SECONDS : Math.clamp(millis / 1_000, 1, LONGEST_SECONDS));
    }

    /** Whether a ban that is held covered the address at that moment, in full seconds. */
    public synchronized boolean covered(IpAddress address, Instant time) {
        long second = time.getEpochSecond();
        return jails.values().stream().anyMatch(table -> covered(table, address, second));
    }

    private static boolean covered(AddressTable table, IpAddress address, long second) {
        int at = table.covering(address, address.width() + 1);
        while (at != AddressTable.NONE) {
            long word = table.word(at, 0);
            if (word >>> SECOND_BITS <= second && second < (word & FOR_EVER)) {
                return true;
            }
            at = table.covering(address, table.length(at));
        }
        return false;
    }

    private static long end(AddressTable table, IpAddress address) {
        long end = 0;
        int at = table.covering(address, address.width() + 1);
        while (at != AddressTable.NONE) {
            end = Math.max(end, table.word(at, 0) & FOR_EVER);
            at = table.covering(address, table.length(at));
        }
        return end;
    }

    /** How many bans are held. */
    public synchronized int size() {
        return jails.values().stream().mapToInt(AddressTable::size).sum();
    }

    /** How many bans there was no room for since the start. */
    public synchronized long leftOut() {
        return leftOut;
    }

    /**
     * The newest bans that last, the newest first, each subject once; those that began in the same second in no order.
     * One that comes or goes while this is gathered may be missing or be there: {@code changed} tells of it afterwards.
     */
    List<Standing> newest(int most, Instant now) {
        PriorityQueue<Standing> oldestFirst = new PriorityQueue<>(Comparator.comparingLong(Standing::since));
        List<AddressTable> tables;
        synchronized (this) {
            tables = List.copyOf(jails.values());
        }
        for (AddressTable table : tables) {
            int from = 0;
            while (from >= 0) {
                from = gather(table, from, now.getEpochSecond(), most, oldestFirst);
            }
        }
        Map<Cidr, Standing> each = new HashMap<>();
        oldestFirst.forEach(ban -> each.merge(ban.subject(), ban, Bans::longer));
        List<Standing> newest = new ArrayList<>(each.values());
        newest.sort(Comparator.comparingLong(Standing::since).reversed().thenComparing(Standing::subject));
        return newest;
    }

    private static Standing longer(Standing one, Standing other) {
        return one.until() >= other.until() ? one : other;
    }

    /** Where to go on; -1 when all of the table was looked at. */
    private synchronized int gather(AddressTable table, int from, long now, int most, PriorityQueue<Standing> into) {
        int to = Math.min(table.size(), from + AT_ONCE);
        for (int at = from; at < to; at++) {
            long word = table.word(at, 0);
            long since = word >>> SECOND_BITS;
            long until = word & FOR_EVER;
            boolean isNewer = into.size() < most || since > into.element().since();
            if (until > now && isNewer) {
                into.add(new Standing(table.network(at), since, until));
                if (into.size() > most) {
                    into.remove();
                }
            }
        }
        return to < table.size() ? to : -1;
    }
}
