package bailiff.evidence.site;

import bailiff.net.Cidr;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/**
 * What honest sources do at this site, learned from the only ones that are honest for certain: those whose login was
 * accepted. Not thread-safe.
 */
final class Calibration {

    /*
     * How an honest new source behaves is a multinomial with a Dirichlet prior: the design values of Conduct, worth
     * PRIOR sources. So the first successes move it, and a site behind a CDN, whose successes never fetch a style
     * sheet here, ends with a likelihood ratio below 1 for that: the rule has switched itself off.
     *
     * How many honest sources come in a year is counted the same way, and never taken for fewer than the design value.
     */

    /** How many sources the design values are worth against those of the site. */
    private static final double PRIOR = 10;

    /**
     * Sources with a success from which on bans may rest on what the site has shown: with none of 20 behaving in some
     * way, at most 14 % do (95 % confidence, Clopper and Pearson).
     */
    static final int ENOUGH = 20;

    /** Share of honest new sources from which on what they do is usual: twice what the design expects of the bare ones. */
    private static final double USUAL = 0.35;

    private static final double SECONDS_A_YEAR = 365.25 * 86_400;

    /** A number of sources a year is told from no less than this. */
    private static final double SHORTEST = 90 * 86_400.0;

    private final Map<Door, Map<Conduct, Integer>> seen = new EnumMap<>(Door.class);
    /**
     * How a source behaved that was counted.
     *
     * @param conduct {@link Conduct#UNTOLD} where nobody saw
     */
    private record Manner(Door door, Conduct conduct) {}

    private final Recent<Cidr, Manner> counted = new Recent<>(Credits.ROOM);
    private int sources;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** Notes that time passes. */
    void look(long now) {
        first = Math.min(first, now);
        last = Math.max(last, now);
    }

    /** Counts a source whose login was accepted, by how it behaved; each source once. */
    void success(Cidr source, Door door, Conduct conduct) {
        if (counted.find(source) != null) {
            return;
        }
        counted.put(source, new Manner(door, conduct));
        sources++;
        if (conduct != Conduct.UNTOLD) {
            seen.computeIfAbsent(door, _ -> new EnumMap<>(Conduct.class)).merge(conduct, 1, Integer::sum);
        }
    }

    /** Takes in what another process saw of the same site; sources that both saw count once. */
    void merge(Calibration other) {
        long forgotten = Math.max(0L, (long) other.sources - other.counted.size());
        other.counted.entries().forEach((source, manner) -> success(source, manner.door, manner.conduct));
        sources = (int) Math.min(Integer.MAX_VALUE, sources + forgotten);
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
    }

    /** Whether there were enough successes that a ban may rest on them. */
    boolean isEnough() {
        return sources >= ENOUGH;
    }

    /** Sources with a success so far. */
    int sources() {
        return sources;
    }

    /** Honest sources that come new in a year. */
    double sourcesAYear() {
        double span = Math.max(SHORTEST, last < first ? 0 : (double) (last - first));
        return Math.max(Allowance.DESIGN_SOURCES, sources * SECONDS_A_YEAR / span);
    }

    /**
     * Whether people of this site behave so often enough that it tells nothing against a stranger: their form is another
     * plugin's, that carries no mark, or their styles come from elsewhere.
     */
    boolean isUsual(Door door, Conduct conduct) {
        return conduct != Conduct.UNTOLD && honest(door, conduct) > USUAL;
    }

    /** How much likelier a campaign's source behaves so than an honest new one, as a logarithm. */
    double ratio(Door door, Conduct conduct) {
        if (conduct == Conduct.UNTOLD) {
            return 0;
        }
        return Math.log(conduct.hostile() / honest(door, conduct));
    }

    /** The share of honest new sources that behave so, as far as is known. */
    private double honest(Door door, Conduct conduct) {
        Map<Conduct, Integer> here = seen.getOrDefault(door, Map.of());
        double all = here.values().stream().mapToInt(Integer::intValue).sum();
        return (PRIOR * conduct.honest() + here.getOrDefault(conduct, 0)) / (PRIOR + all);
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(sources);
        out.writeLong(first);
        out.writeLong(last);
        Saved.table(out, counted, (to, source, manner) -> {
            Saved.network(to, source);
            to.writeUTF(manner.door.name());
            to.writeUTF(manner.conduct.name());
        });
        for (Door door : Door.values()) {
            Map<Conduct, Integer> here = seen.getOrDefault(door, Map.of());
            for (Conduct conduct : Conduct.values()) {
                out.writeInt(here.getOrDefault(conduct, 0));
            }
        }
    }

    void read(DataInput from) throws IOException {
        sources = Math.max(0, from.readInt());
        first = from.readLong();
        last = from.readLong();
        Saved.table(
                from,
                Credits.ROOM,
                in -> counted.put(
                        Saved.network(in), new Manner(Saved.of(Door.values(), in), Saved.of(Conduct.values(), in))));
        for (Door door : Door.values()) {
            Map<Conduct, Integer> here = seen.computeIfAbsent(door, _ -> new EnumMap<>(Conduct.class));
            for (Conduct conduct : Conduct.values()) {
                here.put(conduct, Math.max(0, from.readInt()));
            }
        }
    }
}
