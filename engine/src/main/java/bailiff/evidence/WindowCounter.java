package bailiff.evidence;

import bailiff.net.AddressTable;
import bailiff.net.Cidr;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Counts in an exact sliding window: the failures that lie within {@code findtime}, both ends included. */
final class WindowCounter implements Counter {

    /*
     * Of a source's own words, the first is its latest failure, and the next one or two have the earlier ones, packed; the
     * mark says how many failures there are. 52 or 60 bytes a source with the table's. Where they are too many or too
     * far apart they are in the annex, and the word behind the first says where.
     */
    private static final int LATEST = Sources.OWN;
    private static final int EARLIER = Sources.OWN + 1;
    private static final int IN_ANNEX = 0xffff;
    private static final int NOT_SO_SIMPLE = -1;

    /* Only a log whose times go backwards brings more than about 2 * maxretry. */
    private static final int FEWEST_TIMES = 64;
    private static final int MOST_TIMES = 1 << 20;

    /* 32 MB of failures in the annex; beyond, sources go that are likely to be in it, see Sources.forgetOneFrom. */
    private static final long MOST_WORDS = 4L << 20;
    private static final int MOST_FORGOTTEN_AT_ONCE = 16;

    private final int mostAttempts;
    private final long findtime;
    private final long longest;
    private final Packing packing;
    private final int fit;
    private final Duration span;
    private final Sources sources;
    private final Annex annex = new Annex();
    private final FailureTimes few;
    private final long mostWords;

    WindowCounter(Limits limits, Sources.Terms terms) {
        this(limits, terms, MOST_WORDS);
    }

    WindowCounter(Limits limits, Sources.Terms terms, long mostWords) {
        this.mostAttempts = Math.multiplyExact(limits.maxretry(), limits.credit() ? Credit.MOST_ROOM : 1);
        this.span = limits.findtime();
        this.findtime = limits.findtime().toMillis();
        this.longest = findtime + FailureTimes.LATENESS;
        this.packing = new Packing(limits.maxretry(), longest);
        this.fit = packing.fit();
        this.few = new FailureTimes(Math.clamp(4L * mostAttempts, FEWEST_TIMES, MOST_TIMES));
        this.sources =
                new Sources(1 + packing.words(), terms, at -> this.sources().word(at, LATEST), this::dropped);
        this.mostWords = mostWords;
    }

    @Override
    public Verdict record(Cidr source, Instant time, int attempts, int limit) {
        long moment = time.toEpochMilli();
        int at = sources.of(source);
        int soFar = attempts == 1 ? recordNext(at, moment, limit) : NOT_SO_SIMPLE;
        if (soFar != NOT_SO_SIMPLE) {
            return new Verdict.Nothing(source, soFar);
        }
        FailureTimes times = with(at, moment, Math.min(attempts, limit));
        int failures = times.failures(findtime, moment);
        if (failures < limit) {
            keep(at, times);
            return new Verdict.Nothing(source, failures);
        }
        String reason = reason(times.heaviest(findtime, moment), limit);
        sources.remove(at);
        return new Verdict.Ban(source, time, failures, reason);
    }

    /**
     * Takes in one more failure of a source whose others are in the table and not later, as nearly all are, and if that
     * makes no ban. The same as the long way, without taking everything apart.
     *
     * @return the failures that count now; {@link #NOT_SO_SIMPLE}, with nothing done, where it takes the long way
     */
    private int recordNext(int at, long time, int limit) {
        int count = sources.mark(at);
        long since = count == 0 ? 0 : time - sources.word(at, LATEST);
        if (count > fit || since < 0) {
            return NOT_SO_SIMPLE;
        }
        long near = sources.word(at, EARLIER);
        long far = far(at);
        long newNear = 0;
        long newFar = 0;
        int kept = 0;
        int failures = 1;
        while (kept < count) {
            long before = since + (kept == 0 ? 0 : packing.of(kept - 1, near, far));
            if (before > longest) {
                break;
            }
            if (before > packing.farthest() || kept == fit - 1) {
                return NOT_SO_SIMPLE;
            }
            failures += before <= findtime ? 1 : 0;
            newNear |= packing.near(kept, before);
            newFar |= packing.far(kept, before);
            kept++;
        }
        if (failures >= limit) {
            return NOT_SO_SIMPLE;
        }
        sources.set(at, LATEST, time);
        setEarlier(at, newNear, newFar);
        sources.mark(at, kept + 1);
        sources.failed(at, kept + 1, time);
        return failures;
    }

    private long far(int at) {
        return packing.words() > 1 ? sources.word(at, EARLIER + 1) : 0;
    }

    private void setEarlier(int at, long near, long far) {
        sources.set(at, EARLIER, near);
        if (packing.words() > 1) {
            sources.set(at, EARLIER + 1, far);
        }
    }

    @Override
    public int count(Cidr source, Instant time) {
        int at = sources.find(source);
        return at == AddressTable.NONE ? 0 : load(at).failures(findtime, time.toEpochMilli());
    }

    @Override
    public void restore(Cidr source, Instant time, int attempts) {
        int at = sources.of(source);
        keep(at, with(at, time.toEpochMilli(), attempts));
    }

    @Override
    public void restore(Cidr source, RateCount count) {
        restore(source, RateCount.instant(count.last()), 1);
    }

    @Override
    public Optional<RateCount> countOf(Cidr source) {
        return Optional.empty();
    }

    @Override
    public void forgetBefore(Instant time) {
        sources.removeSilent(time.toEpochMilli() - FailureTimes.LATENESS);
    }

    @Override
    public Sources sources() {
        return sources;
    }

    /** The source's failures with this one: those in the annex themselves, or a copy that has to be kept. */
    private FailureTimes with(int at, long time, int attempts) {
        FailureTimes times = load(at);
        int before = times.capacity();
        for (int i = 0; i < Math.clamp(attempts, 1, mostAttempts); i++) {
            times.add(time, findtime);
        }
        if (times != few) {
            annex.grown(times.capacity() - before);
        }
        return times;
    }

    private FailureTimes load(int at) {
        int count = sources.mark(at);
        if (count == IN_ANNEX) {
            return annex.get((int) sources.word(at, EARLIER));
        }
        few.clear();
        long latest = sources.word(at, LATEST);
        for (int i = count - 2; i >= 0; i--) {
            few.append(latest - packing.of(i, sources.word(at, EARLIER), far(at)));
        }
        if (count > 0) {
            few.append(latest);
        }
        return few;
    }

    private void keep(int at, FailureTimes times) {
        int count = times.size();
        boolean fits = count <= fit && times.last() - times.at(0) <= packing.farthest();
        sources.set(at, LATEST, times.last());
        if (fits) {
            dropped(at);
            pack(at, times);
            sources.mark(at, count);
        } else if (sources.mark(at) != IN_ANNEX) {
            sources.set(at, EARLIER, annex.put(new FailureTimes(times)));
            sources.mark(at, IN_ANNEX);
        }
        sources.failed(at, count, times.last());
        int tries = 0;
        while (annex.words() > mostWords && tries < MOST_FORGOTTEN_AT_ONCE && sources.forgetOneFrom(fit + 1)) {
            tries++;
        }
    }

    private void pack(int at, FailureTimes times) {
        long near = 0;
        long far = 0;
        for (int i = 0; i < times.size() - 1; i++) {
            long before = times.last() - times.at(times.size() - 2 - i);
            near |= packing.near(i, before);
            far |= packing.far(i, before);
        }
        setEarlier(at, near, far);
    }

    private void dropped(int at) {
        if (sources.mark(at) == IN_ANNEX) {
            annex.remove((int) sources.word(at, EARLIER));
        }
    }

    private String reason(FailureTimes.Stretch failures, int limit) {
        String when = failures.span() == 0 ? "at once" : "within " + Spans.text(Duration.ofMillis(failures.span()));
        return failures.failures() + (failures.failures() == 1 ? " failure " : " failures ") + when + " (maxretry " + limit + ", findtime "
                + Spans.text(span) + ")";
    }
}
