package bailiff.evidence;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts each source's failures: {@code maxretry} within {@code findtime} is a ban. Within an exact sliding window, or
 * as fail2ban counts; see {@link Counting}.
 *
 * <p>Time is the log's own. Not thread-safe: one jail owns it.
 */
public final class AddressEvidence {

    /**
     * Sources that are remembered at once: more than the addresses of the largest botnets that were counted at one site,
     * and 52 to 60 MB.
     *
     * <p>One more, and one is forgotten; so too when the room that jails share, {@link Room}, is used up. Each jail has room for
     * 16,384 for certain. Sources with equally many failures (from 9 on: twice as many) are a class, IPv4
     * and IPv6 apart, so there are up to 16; each has an equal share of the room. The source goes that failed longest ago
     * in the class with the fewest failures among those that fill their share. So to have a source with {@code k}
     * failures forgotten, somebody must have more than a share (for {@code maxretry = 5}: 131,072) of other sources of
     * its family fail {@code k} times each since; failures of fewer, from however many sources, do nothing.
     */
    public static final int MOST_SOURCES = 1 << 20;

    /** For how long somebody who logged in gives credit to his source. */
    public static final Duration CREDIT_LASTS = Credit.LASTS;

    /** RFC 6052 section 2.1 (64:ff9b::/96) and RFC 8215 (64:ff9b:1::/48). */
    private static final Cidr TRANSLATED = Cidr.parse("64:ff9b::/32").orElseThrow();

    private final Limits limits;
    private final Counter counter;
    private final @Nullable Credit credit;

    /**
     * Evidence with nothing seen yet.
     *
     * @param room where the room comes from; belongs to the evidence until it is closed
     */
    public AddressEvidence(Limits limits, Room room) {
        this(limits, room, MOST_SOURCES);
    }

    AddressEvidence(Limits limits, Room room, int most) {
        this.limits = limits;
        Sources.Terms terms = new Sources.Terms(most, new Ranks(limits.maxretry()), room);
        this.credit = limits.credit() ? new Credit(~room.seed()) : null;
        this.counter = limits.counting().isByRate() ? new RateCounter(limits, terms) : new WindowCounter(limits, terms);
    }

    /**
     * The source that an address belongs to: itself, or its IPv6 network. An address by which a translator shows an
     * IPv4 client is its own source: whole networks of those are the IPv4 internet.
     */
    public Cidr sourceOf(IpAddress address) {
        return sourceOf(address, limits.ipv6Prefix());
    }

    /** The source that an address belongs to where so many leading bits of an IPv6 address are one. */
    public static Cidr sourceOf(IpAddress address, int ipv6Prefix) {
        boolean single = address.isV4() || TRANSLATED.contains(address);
        return single ? address.alone() : address.prefix(ipv6Prefix);
    }

    /**
     * Takes in one failure and says what the evidence comes to now.
     *
     * @param source who failed, as {@link #sourceOf} tells or narrower
     * @param time when it happened, by the log's clock; times may go back
     * @param attempts how many attempts it stands for, at least 1
     */
    public Verdict record(Cidr source, Instant time, int attempts) {
        int room = credit == null ? 1 : credit.room(source, time);
        return counter.record(source, time, attempts, limits.maxretry() * room);
    }

    /**
     * Takes in that somebody has logged in from the source, which gives it room for mistakes; see {@link Credit}. Nothing
     * happens where the limits know no credit.
     *
     * @param account who it was, in one spelling for each account
     * @param time when, by the log's clock
     * @return whether the source's failures so far are forgiven and do not count any more
     */
    public boolean succeed(Cidr source, String account, Instant time) {
        if (credit == null) {
            return false;
        }
        boolean mayForgive = credit.succeed(source, account, time);
        int failures = mayForgive ? counter.count(source, time) : 0;
        if (failures < 1 || failures > limits.maxretry()) {
            return false;
        }
        credit.forgive(source, account, time);
        Sources sources = counter.sources();
        sources.remove(sources.find(source));
        return true;
    }

    /** Takes in a success of an earlier run, and when the account's success last forgave failures, if ever. */
    public void restoreSuccess(Cidr source, String account, Instant time, Optional<Instant> forgave) {
        if (credit != null) {
            credit.succeed(source, account, time);
            forgave.ifPresent(then -> credit.forgive(source, account, then));
        }
    }

    /** How many accounts have logged in from the source of late, {@value Credit#MOST_ACCOUNTS} at most. */
    public int accounts(Cidr source, Instant now) {
        return credit == null ? 0 : credit.room(source, now) - 1;
    }

    /** Takes in a failure of an earlier run, without a verdict. */
    public void restore(Cidr source, Instant time, int attempts) {
        counter.restore(source, time, attempts);
    }

    /** Takes in what {@link #countOf} gave in an earlier run. */
    public void restore(Cidr source, RateCount count) {
        counter.restore(source, count);
    }

    /** What has to be kept of the source besides its failures; nothing where those say it all. */
    public Optional<RateCount> countOf(Cidr source) {
        return counter.countOf(source);
    }

    /** Forgets the sources whose last failure lies before {@code time}, in the log's clock. */
    public void forgetBefore(Instant time) {
        counter.forgetBefore(time);
        if (credit != null) {
            credit.forgetBefore(time.minus(Credit.LASTS));
        }
    }

    /** Forgets one source and whatever lies inside it: it was pardoned. */
    public void forget(Cidr subject) {
        counter.sources().removeOverlapping(subject);
    }

    /** Gives the room back; nothing may be recorded afterwards. */
    public void close() {
        counter.sources().close();
    }

    /** How many sources have failures that count. */
    public int failing() {
        return counter.sources().size();
    }

    /** How many sources had to be forgotten because there were more than {@link #MOST_SOURCES}. */
    public long forgotten() {
        return counter.sources().forgotten();
    }
}
