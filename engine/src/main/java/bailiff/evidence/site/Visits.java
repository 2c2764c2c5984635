package bailiff.evidence.site;

import bailiff.line.AccessRecord;
import bailiff.net.Cidr;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Who reads the sites of this machine, with what belongs to their pages or without. One for all their logs: who reads one
 * site and logs in at another is no program.
 *
 * <p>Not thread-safe.
 */
final class Visits {

    /** Sources remembered: the visitors of a busy day, at 180 bytes each. */
    private static final int ROOM = 20_000;

    private static final long DAY = 86_400;
    private static final long NEVER = Long.MIN_VALUE / 2;

    /** Different browsers, of the 64 that are told apart, from which on an address is a crowd's; some 20 browsers. */
    private static final int CROWD = 16;

    private static final class Visit {
        private long form = NEVER;
        private long page = NEVER;
        private long file = NEVER;
        private long asset = NEVER;
        private long since = NEVER;
        private long agents;
    }

    private final Recent<Cidr, Visit> visits = new Recent<>(ROOM);

    /* Whoever fetched something fetches the next thing most often. He is in the table, since only others drive him out. */
    private @Nullable Cidr latestSource;
    private Visit latest = new Visit();

    private Visit of(Cidr source) {
        if (!source.equals(latestSource)) {
            latest = visits.of(source, _ -> new Visit());
            latestSource = source;
        }
        return latest;
    }

    /** The source fetched a login form, or looked at another door. */
    void form(Cidr source, long now) {
        of(source).form = now;
    }

    /**
     * The source fetched a page.
     *
     * @return whether it is the first in a day
     */
    boolean page(Cidr source, long now) {
        Visit visit = of(source);
        boolean first = now - visit.page > DAY;
        visit.page = now;
        return first;
    }

    /**
     * The source fetched a file of those that belong to pages.
     *
     * @return whether it is the first in a day of somebody who fetched a page as well
     */
    boolean file(Cidr source, long now) {
        Visit visit = of(source);
        boolean first = now - visit.page <= DAY && now - visit.file > DAY;
        visit.file = first ? now : visit.file;
        return first;
    }

    /**
     * The source fetched what belongs to a page.
     *
     * @return whether it is the first in a day
     */
    boolean asset(Cidr source, long now, AccessRecord request) {
        Visit visit = of(source);
        boolean first = now - visit.asset > DAY;
        visit.asset = now;
        if (now - visit.since > DAY) {
            visit.since = now;
            visit.agents = 0;
        }
        if (request.tellsAgent()) {
            visit.agents |= 1L << ((request.agent().hashCode() * 0x9e3779b9) >>> 26);
        }
        return first;
    }

    /** What it fetched in the day before: BROWSING, BARE or, if nothing, BLIND. */
    Conduct seen(Cidr source, long now) {
        Visit visit = visits.find(source);
        if (visit == null) {
            return Conduct.BLIND;
        }
        if (now - visit.asset <= DAY) {
            return Conduct.BROWSING;
        }
        return now - Math.max(visit.form, visit.page) <= DAY ? Conduct.BARE : Conduct.BLIND;
    }

    /** Whether many different browsers fetched pages through that address within a day. */
    boolean isCrowd(Cidr source, long now) {
        Visit visit = visits.find(source);
        return visit != null && now - visit.since <= 2 * DAY && Long.bitCount(visit.agents) >= CROWD;
    }

    void write(DataOutput out) throws IOException {
        Saved.table(out, visits, (to, source, visit) -> {
            Saved.network(to, source);
            to.writeLong(visit.form);
            to.writeLong(visit.page);
            to.writeLong(visit.asset);
            to.writeLong(visit.since);
            to.writeLong(visit.agents);
        });
    }

    void read(DataInput from) throws IOException {
        Saved.table(from, ROOM, in -> {
            Visit visit = of(Saved.network(in));
            visit.form = in.readLong();
            visit.page = in.readLong();
            visit.asset = in.readLong();
            visit.since = in.readLong();
            visit.agents = in.readLong();
        });
    }
}
