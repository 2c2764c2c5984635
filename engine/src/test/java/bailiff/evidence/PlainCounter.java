package bailiff.evidence;

import bailiff.net.Cidr;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The two ways to count in as few words as possible, with a map and objects: what the counters are compared with. */
final class PlainCounter {

    private final Limits limits;
    private final double findtime;
    private final Map<Cidr, List<Long>> times = new HashMap<>();
    private final Map<Cidr, RateCount> counts = new HashMap<>();

    PlainCounter(Limits limits) {
        this.limits = limits;
        this.findtime = limits.findtime().toMillis() / 1e3;
    }

    Verdict record(Cidr source, Instant time, int attempts) {
        return limits.counting().isByRate() ? byRate(source, time, attempts) : byWindow(source, time, attempts);
    }

    /** Forgets the source and whatever lies inside it or holds it. */
    void forget(Cidr subject) {
        times.keySet().removeIf(subject::overlaps);
        counts.keySet().removeIf(subject::overlaps);
    }

    void forgetBefore(Instant time) {
        long limit = time.toEpochMilli() - FailureTimes.LATENESS;
        times.values().removeIf(known -> known.getLast() < limit);
        counts.values().removeIf(count -> count.last() <= RateCount.seconds(time));
    }

    int size() {
        return times.size() + counts.size();
    }

    private Verdict byWindow(Cidr source, Instant time, int attempts) {
        long moment = time.toEpochMilli();
        long length = limits.findtime().toMillis();
        List<Long> known = times.computeIfAbsent(source, _ -> new ArrayList<>());
        for (int i = 0; i < Math.min(attempts, limits.maxretry()); i++) {
            known.add(moment);
        }
        known.removeIf(earlier -> earlier < moment - length - FailureTimes.LATENESS);
        known.sort(null);
        int most = 0;
        long span = 0;
        for (long start : known) {
            List<Long> stretch = known.stream()
                    .filter(other -> start <= other && other <= start + length)
                    .toList();
            if (stretch.getFirst() <= moment && moment <= stretch.getLast() && stretch.size() > most) {
                most = stretch.size();
                span = stretch.getLast() - stretch.getFirst();
            }
        }
        if (most < limits.maxretry()) {
            return new Verdict.Nothing(source, most);
        }
        times.remove(source);
        String when = span == 0 ? "at once" : "within " + Spans.text(Duration.ofMillis(span));
        return new Verdict.Ban(
                source,
                time,
                most,
                "%d %s %s (maxretry %d, findtime %s)"
                        .formatted(
                                most,
                                most == 1 ? "failure" : "failures",
                                when,
                                limits.maxretry(),
                                Spans.text(limits.findtime())));
    }

    private Verdict byRate(Cidr source, Instant time, int attempts) {
        double now = RateCount.seconds(time);
        RateCount known = counts.get(source);
        boolean isSilent = known != null && limits.counting() == Counting.RATE && known.last() <= now - findtime;
        RateCount count = known == null || isSilent ? new RateCount(0, 0, now, now) : known;
        int retry = count.retry();
        double since = count.since();
        if (now > count.last() && since < now - findtime) {
            retry = (int) Math.rint(retry / (now - since) * findtime);
            since = now - findtime;
        }
        boolean isRaised = attempts > 1 && retry + 1 < limits.maxretry();
        count = new RateCount(
                retry + (isRaised ? attempts : 1),
                count.failures() + (isRaised ? 2 : 1),
                since,
                Math.max(now, count.last()));
        counts.put(source, count);
        if (count.retry() < limits.maxretry()) {
            return new Verdict.Nothing(source, count.retry());
        }
        counts.remove(source);
        String reason = "%d %s, counted as %d by fail2ban's rate (maxretry %d, findtime %s)"
                .formatted(
                        count.failures(),
                        count.failures() == 1 ? "failure" : "failures",
                        count.retry(),
                        limits.maxretry(),
                        Spans.text(limits.findtime()));
        return new Verdict.Ban(source, RateCount.instant(count.last()), count.failures(), reason);
    }
}
