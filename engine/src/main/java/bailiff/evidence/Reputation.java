package bailiff.evidence;

import bailiff.net.Cidr;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Remembers who took part in an attack by many addresses, so that each is known when it comes back: a botnet whose
 * addresses try one password each is never banned by counting per address.
 *
 * <p>A source is a <em>stranger</em> to a site while nobody has logged in there from it for 30 days. An account is under
 * attack when {@value #MOST_STRANGERS} strangers have failed at it within a day ({@value #MOST_UNKNOWN} for all unknown
 * names of a site together), and stays so until no stranger has come for {@link #ATTACK_LASTS}. A stranger that has
 * failed in such an attack is <em>returning</em> when it asks again, unless it comes back promptly: within {@link
 * #PROMPT} of its last failure or refusal, before {@value #PROMPT_OTHERS} other strangers have come.
 *
 * <p>So somebody who mistypes and tries again is never returning, also not in the midst of an attack on his own account;
 * and who is refused gets through when he tries again a few seconds later, as greylisting does with mail. Where it can err: the
 * owner of an account under attack, at an address and in a browser that the site has never seen him log in from, who
 * fails, gives up, and comes back after a quarter of an hour or more, is refused once; so whoever asks here first makes
 * sure that it is not a person who fills in the site's form. A login, or a new password by
 * mail, makes his address honest for 30 days.
 *
 * <p>Bounded: {@value #MOST_PARTS} takings-part and {@value #MOST_SUCCESSES} successes, 20 bytes each, and 8,192
 * accounts, about 100 bytes each: at most 7.5 MB. What is forgotten for want of room is an attack that is missed, never somebody who
 * is refused, but that a success may be forgotten when 65,536 newer ones came.
 *
 * <p>All times are of one clock, which whoever asks goes by as well. Pure; not thread-safe.
 */
public final class Reputation {

    /** Strangers that make an attack on one account. */
    public static final int MOST_STRANGERS = 10;

    /** Strangers that make an attack on unknown names: each site has some noise of these. */
    public static final int MOST_UNKNOWN = 20;

    /** For how long an attack is remembered after its last stranger: waves come by hours or days. */
    public static final Duration ATTACK_LASTS = Duration.ofDays(7);

    /** A person who mistyped tries again within that time. */
    public static final Duration PROMPT = Duration.ofMinutes(15);

    /** So many strangers in between, and a source has not come back promptly: a whole wave went over it. */
    public static final int PROMPT_OTHERS = 20;

    static final int MOST_PARTS = 1 << 18;
    static final int MOST_SUCCESSES = 1 << 16;

    /* Asked again so soon, it is the same request, or a program: then the answer is the same. */
    private static final int AGAIN = 2;

    /* WordPress reports a refusal, which is known here already, soon afterwards. */
    private static final int REPORTED = 10;
    private static final int DAY = 86_400;

    /* 2020-01-01. */
    private static final long EPOCH = 1_577_836_800;
    private static final int FORMAT = 0x42725031;

    private final long seed;
    private final Keyed keyed;
    private final Assaults assaults = new Assaults();

    /** By account and source: when it failed last (time), the attack's steps then (mark), when it was refused (other). */
    private final Recents parts = new Recents(MOST_PARTS);

    /** By site and source: when somebody last logged in. */
    private final Recents successes = new Recents(MOST_SUCCESSES);

    /**
     * Nothing is known.
     *
     * @param seed a number that nobody outside knows: it keeps visitors from choosing whom they drive out
     */
    public Reputation(long seed) {
        this.seed = seed;
        this.keyed = new Keyed(seed);
    }

    /**
     * Takes in a login that failed.
     *
     * @param source who, as the jail counts: an address, or the IPv6 network that counts as one
     * @param site the site's name, hostile text
     * @param account the account's name, hostile text
     * @param known whether the site has such an account
     */
    public void failure(Cidr source, String site, String account, boolean known, Instant time) {
        if (hasSucceeded(source, site, time)) {
            return;
        }
        int now = seconds(time);
        long target = target(site, account, known);
        int at = parts.find(keyed.of(target, source));
        if (at != Recents.NONE && parts.other(at) != 0 && now - parts.other(at) <= REPORTED) {
            return;
        }
        Assault assault = assaults.of(target);
        if (at == Recents.NONE || now - parts.time(at) > DAY) {
            assault.count(now);
        }
        if (at == Recents.NONE || !isPrompt(assault, at, now)) {
            assault.step(now);
        }
        at = parts.put(keyed.of(target, source));
        parts.touch(at, now, assault.steps(), parts.other(at));
        if (assault.strangers(now) >= (known ? MOST_STRANGERS : MOST_UNKNOWN)) {
            assaults.know(target);
        }
    }

    /** Takes in a login that succeeded, or another proof of who somebody is; the parameters as for {@link #failure}. */
    public void success(Cidr source, String site, String account, Instant time) {
        int at = successes.put(ofSite(source, site));
        int latest = Math.max(successes.time(at), seconds(time));
        successes.touch(at, latest, 0, 0);
    }

    /** Whether somebody has logged in at the site from the source within 30 days. */
    public boolean hasSucceeded(Cidr source, String site, Instant now) {
        int at = successes.find(ofSite(source, site));
        return at != Recents.NONE && seconds(now) - successes.time(at) <= Credit.LASTS.toSeconds();
    }

    /**
     * What speaks against letting the source try that account now: a sentence for the owner, free of hostile text, when
     * it is returning; else nothing. Remembers that it said so. The parameters as for {@link #failure}.
     */
    public Optional<String> suspicion(Cidr source, String site, String account, boolean known, Instant now) {
        int time = seconds(now);
        long target = target(site, account, known);
        Assault attack = assaults.find(target);
        int at = parts.find(keyed.of(target, source));
        if (attack == null || at == Recents.NONE || !isReturning(attack, at, time) || hasSucceeded(source, site, now)) {
            return Optional.empty();
        }
        int since = time - Math.max(parts.time(at), parts.other(at));
        if (since >= AGAIN || parts.other(at) == 0) {
            attack.step(time);
            parts.touch(at, parts.time(at), attack.steps(), time);
        }
        return Optional.of(sentence(attack, known, time, since));
    }

    private static String sentence(Assault attack, boolean known, int time, int since) {
        return "It failed before in an attack by " + Math.max(attack.strangers(time), 1) + " addresses within a day on "
                + (known ? "this account" : "unknown names") + ", and comes back after "
                + Spans.text(Duration.ofSeconds(since)) + ".";
    }

    private boolean isReturning(Assault attack, int at, int now) {
        boolean isOver =
                now - attack.last() > ATTACK_LASTS.toSeconds() || now - parts.time(at) > ATTACK_LASTS.toSeconds();
        boolean isAgain = parts.other(at) != 0 && now - parts.other(at) < AGAIN;
        return !isOver && (isAgain || !isPrompt(attack, at, now));
    }

    private boolean isPrompt(Assault attack, int at, int now) {
        int last = Math.max(parts.time(at), parts.other(at));
        return now - last <= PROMPT.toSeconds() && attack.steps() - parts.mark(at) < PROMPT_OTHERS;
    }

    private long target(String site, String account, boolean known) {
        return known ? keyed.of(site, account, "known") : keyed.of(site, "unknown");
    }

    private long ofSite(Cidr source, String site) {
        return keyed.of(keyed.of(site), source);
    }

    /** From 2020 to 2088; what lies outside is the nearest end. */
    private static int seconds(Instant time) {
        return (int) Math.clamp(time.getEpochSecond() - EPOCH, 1, Integer.MAX_VALUE - 2L * DAY);
    }

    /** All that is known, for {@link #restored}; secret, since it holds the seed. */
    public byte[] state() {
        ByteBuffer state =
                ByteBuffer.allocate(Integer.BYTES + Long.BYTES + assaults.bytes() + parts.bytes() + successes.bytes());
        state.putInt(FORMAT).putLong(seed);
        assaults.write(state);
        parts.write(state);
        successes.write(state);
        return state.array();
    }

    /** What {@link #state} wrote; nothing where it is something else. */
    public static Optional<Reputation> restored(byte[] state) {
        ByteBuffer from = ByteBuffer.wrap(state);
        try {
            return Optional.ofNullable(read(from));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Reputation read(ByteBuffer from) {
        if (from.getInt() != FORMAT) {
            return null;
        }
        Reputation reputation = new Reputation(from.getLong());
        reputation.assaults.read(from);
        reputation.parts.read(from);
        reputation.successes.read(from);
        return reputation;
    }
}
