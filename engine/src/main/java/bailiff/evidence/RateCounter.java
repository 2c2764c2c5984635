package bailiff.evidence;

import bailiff.net.AddressTable;
import bailiff.net.Cidr;
import java.time.Instant;
import java.util.Optional;

/** Counts as fail2ban does: one number for each source, scaled by rate when {@code findtime} is outlived. */
final class RateCounter implements Counter {

    /*
     * The number grows with each failure. When a failure comes later than findtime after the time from which the rate
     * is reckoned, the number first shrinks to what that rate makes of one findtime, rounded half to even, and the
     * reckoning then begins one findtime before the failure. A failure that is not later than the latest one moves no
     * time. Python's arithmetic on floats is Java's, so the numbers are the same to the last bit.
     *
     * Of a source's own words, the first has the number and how many failures there really were, 32 bits each; the
     * others are the two times, bit by bit. 60 bytes a source with the table's.
     */
    private static final int COUNTS = Sources.OWN;
    private static final int SINCE = Sources.OWN + 1;
    private static final int LAST = Sources.OWN + 2;
    private static final int WORDS = 3;

    private final Limits limits;
    private final double findtime;
    private final Sources sources;
    private final Tally tally = new Tally();

    RateCounter(Limits limits, Sources.Terms terms) {
        this.limits = limits;
        this.findtime = limits.findtime().toMillis() / 1e3;
        this.sources = new Sources(
                WORDS, terms, at -> order(Double.longBitsToDouble(this.sources().word(at, LAST))), _ -> {});
    }

    /** What is known of one source, while it is worked on. */
    private static final class Tally {

        private int retry;
        private int failures;
        private double since;
        private double last;

        /** Nothing yet: the first failure sets the times. */
        private boolean isNew() {
            return failures == 0;
        }

        private void begin(double time) {
            retry = 0;
            failures = 0;
            since = time;
            last = time;
        }

        private void moveOn(double time, double findtime) {
            if (time <= last) {
                return;
            }
            if (since < time - findtime) {
                retry = (int) Math.rint(retry / (time - since) * findtime);
                since = time - findtime;
            }
            last = time;
        }
    }

    @Override
    public Verdict record(Cidr source, Instant time, int attempts, int limit) {
        int at = remember(source, time, attempts);
        if (tally.retry < limits.maxretry()) {
            return new Verdict.Nothing(source, tally.retry);
        }
        sources.remove(at);
        return new Verdict.Ban(source, RateCount.instant(tally.last), tally.failures, reason(tally));
    }

    private int remember(Cidr source, Instant time, int attempts) {
        double seconds = RateCount.seconds(time);
        int at = sources.of(source);
        load(at);
        boolean isSilent = limits.counting() == Counting.RATE && tally.last <= seconds - findtime;
        if (tally.isNew() || isSilent) {
            tally.begin(seconds);
        }
        tally.moveOn(seconds, findtime);
        tally.retry++;
        tally.failures++;
        if (attempts > 1 && tally.retry < limits.maxretry()) {
            // To fail2ban, what it adds for a known offender is a second failure.
            tally.retry += attempts - 1;
            tally.failures++;
        }
        keep(at);
        return at;
    }

    private void load(int at) {
        long counts = sources.word(at, COUNTS);
        tally.retry = (int) (counts >>> 32);
        tally.failures = (int) counts;
        tally.since = Double.longBitsToDouble(sources.word(at, SINCE));
        tally.last = Double.longBitsToDouble(sources.word(at, LAST));
    }

    private void keep(int at) {
        sources.set(at, COUNTS, (long) tally.retry << 32 | (tally.failures & 0xffff_ffffL));
        sources.set(at, SINCE, Double.doubleToRawLongBits(tally.since));
        sources.set(at, LAST, Double.doubleToRawLongBits(tally.last));
        sources.failed(at, tally.retry, order(tally.last));
    }

    @Override
    public int count(Cidr source, Instant time) {
        int at = sources.find(source);
        return at == AddressTable.NONE ? 0 : (int) (sources.word(at, COUNTS) >>> Integer.SIZE);
    }

    @Override
    public void restore(Cidr source, Instant time, int attempts) {
        remember(source, time, attempts);
    }

    @Override
    public void restore(Cidr source, RateCount count) {
        int at = sources.of(source);
        tally.retry = count.retry();
        tally.failures = count.failures();
        tally.since = count.since();
        tally.last = count.last();
        keep(at);
    }

    @Override
    public Optional<RateCount> countOf(Cidr source) {
        int at = sources.find(source);
        if (at == AddressTable.NONE) {
            return Optional.empty();
        }
        load(at);
        return Optional.of(new RateCount(tally.retry, tally.failures, tally.since, tally.last));
    }

    @Override
    public void forgetBefore(Instant time) {
        sources.removeSilent(order(RateCount.seconds(time)) + 1);
    }

    @Override
    public Sources sources() {
        return sources;
    }

    /** A number that is ordered as the float is. */
    private static long order(double time) {
        long bits = Double.doubleToLongBits(time + 0.0);
        return bits ^ ((bits >> 63) & Long.MAX_VALUE);
    }

    private String reason(Tally tally) {
        return "%d %s, counted as %d by fail2ban's rate (maxretry %d, findtime %s)"
                .formatted(
                        tally.failures,
                        tally.failures == 1 ? "failure" : "failures",
                        tally.retry,
                        limits.maxretry(),
                        Spans.text(limits.findtime()));
    }
}
