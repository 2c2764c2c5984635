package bailiff.evidence;

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
     */
    private final Limits limits;
    private final double findtime;
    private final Sources<Tally> sources = new Sources<>();

    RateCounter(Limits limits) {
        this.limits = limits;
        this.findtime = limits.findtime().toMillis() / 1e3;
    }

    /** What is known of one source. */
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
    public Verdict record(Cidr source, Instant time, int attempts) {
        Tally tally = remember(source, time, attempts);
        if (tally.retry < limits.maxretry()) {
            return new Verdict.Nothing(source, tally.retry);
        }
        sources.remove(source);
        return new Verdict.Ban(source, RateCount.instant(tally.last), tally.failures, reason(tally));
    }

    private Tally remember(Cidr source, Instant time, int attempts) {
        double seconds = RateCount.seconds(time);
        Tally tally = sources.of(source, Tally::new);
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
        return tally;
    }

    @Override
    public void restore(Cidr source, Instant time, int attempts) {
        remember(source, time, attempts);
    }

    @Override
    public void restore(Cidr source, RateCount count) {
        Tally tally = sources.of(source, Tally::new);
        tally.retry = count.retry();
        tally.failures = count.failures();
        tally.since = count.since();
        tally.last = count.last();
    }

    @Override
    public Optional<RateCount> countOf(Cidr source) {
        return sources.find(source).map(tally -> new RateCount(tally.retry, tally.failures, tally.since, tally.last));
    }

    @Override
    public void forgetBefore(Instant time) {
        double limit = RateCount.seconds(time);
        sources.removeIf(tally -> tally.last <= limit);
    }

    @Override
    public Sources<?> sources() {
        return sources;
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
