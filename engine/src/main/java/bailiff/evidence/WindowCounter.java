package bailiff.evidence;

import bailiff.net.Cidr;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Counts in an exact sliding window: the failures that lie within {@code findtime}, both ends included. */
final class WindowCounter implements Counter {

    private final Limits limits;
    private final long findtime;
    private final Sources<FailureTimes> sources = new Sources<>();

    WindowCounter(Limits limits) {
        this.limits = limits;
        this.findtime = limits.findtime().toMillis();
    }

    @Override
    public Verdict record(Cidr source, Instant time, int attempts) {
        FailureTimes times = remember(source, time, attempts);
        FailureTimes.Stretch heaviest = times.heaviest(findtime, time.toEpochMilli());
        int failures = heaviest.failures();
        if (failures < limits.maxretry()) {
            return new Verdict.Nothing(source, failures);
        }
        sources.remove(source);
        return new Verdict.Ban(source, time, failures, reason(heaviest));
    }

    @Override
    public void restore(Cidr source, Instant time, int attempts) {
        remember(source, time, attempts);
    }

    @Override
    public void restore(Cidr source, RateCount count) {
        remember(source, RateCount.instant(count.last()), 1);
    }

    @Override
    public Optional<RateCount> countOf(Cidr source) {
        return Optional.empty();
    }

    @Override
    public void forgetBefore(Instant time) {
        long limit = time.toEpochMilli() - FailureTimes.LATENESS;
        sources.removeIf(times -> times.last() < limit);
    }

    @Override
    public Sources<?> sources() {
        return sources;
    }

    private FailureTimes remember(Cidr source, Instant time, int attempts) {
        FailureTimes times = sources.of(source, FailureTimes::new);
        for (int i = 0; i < Math.min(attempts, limits.maxretry()); i++) {
            times.add(time.toEpochMilli(), findtime);
        }
        return times;
    }

    private String reason(FailureTimes.Stretch failures) {
        String when = failures.span() == 0 ? "at once" : "within " + Spans.text(Duration.ofMillis(failures.span()));
        return "%d %s %s (maxretry %d, findtime %s)"
                .formatted(
                        failures.failures(),
                        failures.failures() == 1 ? "failure" : "failures",
                        when,
                        limits.maxretry(),
                        Spans.text(limits.findtime()));
    }
}
