package bailiff.evidence;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts each source's failures in an exact sliding window: {@code maxretry} within {@code findtime} is a ban.
 *
 * <p>Time is the log's own. Not thread-safe: one jail owns it.
 */
public final class AddressEvidence {

    /** Sources that are remembered at once; beyond it the one that failed longest ago is forgotten. About 20 MB. */
    public static final int MOST_SOURCES = 100_000;

    /** RFC 6052 section 2.1 (64:ff9b::/96) and RFC 8215 (64:ff9b:1::/48). */
    private static final Cidr TRANSLATED = Cidr.parse("64:ff9b::/32").orElseThrow();

    private final Limits limits;
    private final long findtime;
    private final Map<Cidr, FailureTimes> sources = new LinkedHashMap<>(16, 0.75f, true);
    private long forgotten;

    /** Evidence with nothing seen yet. */
    public AddressEvidence(Limits limits) {
        this.limits = limits;
        this.findtime = limits.findtime().toMillis();
    }

    /**
     * The source that an address belongs to: itself, or its IPv6 network. An address by which a translator shows an
     * IPv4 client is its own source: whole networks of those are the IPv4 internet.
     */
    public Cidr sourceOf(IpAddress address) {
        boolean single = address.isV4() || TRANSLATED.contains(address);
        return single ? address.alone() : address.prefix(limits.ipv6Prefix());
    }

    /**
     * Takes in one failure and says what the evidence comes to now.
     *
     * @param source who failed, as {@link #sourceOf} tells or narrower
     * @param time when it happened, by the log's clock; times may go back
     * @param attempts how many attempts it stands for, at least 1
     */
    public Verdict record(Cidr source, Instant time, int attempts) {
        FailureTimes times = remember(source, time, attempts);
        FailureTimes.Stretch heaviest = times.heaviest(findtime, time.toEpochMilli());
        int failures = heaviest.failures();
        if (failures < limits.maxretry()) {
            return new Verdict.Nothing(source, failures);
        }
        sources.remove(source);
        return new Verdict.Ban(source, failures, reason(heaviest));
    }

    /** Takes in a failure of an earlier run, without a verdict. */
    public void restore(Cidr source, Instant time, int attempts) {
        remember(source, time, attempts);
    }

    /** Forgets the sources whose last failure lies before {@code time}, in the log's clock. */
    public void forgetBefore(Instant time) {
        long limit = time.toEpochMilli() - FailureTimes.LATENESS;
        sources.values().removeIf(times -> times.last() < limit);
    }

    /** Forgets one source and whatever lies inside it: it was pardoned. */
    public void forget(Cidr subject) {
        sources.keySet().removeIf(source -> source.overlaps(subject));
    }

    /** How many sources have failures that count. */
    public int failing() {
        return sources.size();
    }

    /** How many sources had to be forgotten because there were more than {@link #MOST_SOURCES}. */
    public long forgotten() {
        return forgotten;
    }

    private FailureTimes remember(Cidr source, Instant time, int attempts) {
        FailureTimes times = sources.computeIfAbsent(source, _ -> new FailureTimes());
        for (int i = 0; i < Math.min(attempts, limits.maxretry()); i++) {
            times.add(time.toEpochMilli(), findtime);
        }
        if (sources.size() > MOST_SOURCES) {
            sources.remove(sources.keySet().iterator().next());
            forgotten++;
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
