package bailiff.ban;

import bailiff.evidence.AddressEvidence;
import bailiff.evidence.Limits;
import bailiff.evidence.RateCount;
import bailiff.evidence.Room;
import bailiff.evidence.Verdict;
import bailiff.evidence.site.Judgement;
import bailiff.filter.Outcome;
import bailiff.filter.Sighting;
import bailiff.line.LogLine;
import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One guarded service, as a state machine: lines in, bans out. The same for a live log and for last year's.
 *
 * <p>Asks no clock and does no I/O. Not thread-safe: one thread owns it.
 */
public final class Jail {

    /** Bans that one jail holds at once; one more, and the ban that ends first is let go. About 75 MB. */
    public static final int MOST_BANS = 1_000_000;

    /* How much a line may be ahead of us: clocks differ, and times are written in whole seconds. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final String name;
    private final BiFunction<LogLine, Instant, Outcome> filter;
    private final Limits limits;
    private final Sentencing sentencing;
    private final AddressEvidence evidence;
    private final ActiveBans bans;
    private CidrSet never = new CidrSet(List.of());
    private Excuse excuse = (_, _) -> Excuse.Answer.NO;

    /**
     * A jail in which nothing has been seen and nobody is banned.
     *
     * @param filter what a line says, given the reading time: {@link bailiff.filter.Filter#apply}
     * @param sentencing how long its bans last; belongs to the jail from now on
     * @param room for what is remembered of those who fail; taken until {@link #close}
     */
    public Jail(
            String name,
            BiFunction<LogLine, Instant, Outcome> filter,
            Limits limits,
            Sentencing sentencing,
            Room room) {
        this.name = name;
        this.filter = filter;
        this.limits = limits;
        this.sentencing = sentencing;
        this.evidence = new AddressEvidence(limits, room);
        this.bans = new ActiveBans(MOST_BANS, ~room.seed());
    }

    /** Whom this jail never bans, from now on. */
    public void spare(CidrSet networks) {
        never = networks;
    }

    /** Who is asked, from now on, before a failure counts: of everybody but those who are spared or banned already. */
    public void excuse(Excuse asked) {
        excuse = asked;
    }

    /**
     * Takes in one line and says what it meant.
     *
     * @param now the reading time: completes a date without a year, stands in where there is none
     * @param live whether the line was written just now; then a ban begins at {@code now} rather than at the log's
     *     time, which a wrong time zone may have put hours away
     */
    public Event see(LogLine line, Instant now, boolean live) {
        Outcome outcome = filter.apply(line, now);
        // In an attack nearly every line is one; the switch below is dear to ask for each, without the second compiler.
        if (outcome instanceof Outcome.Matched(Sighting sighting)) {
            return matched(sighting, now, live);
        }
        return switch (outcome) {
            case Outcome.Unmatched _ -> Event.NOTHING;
            case Outcome.Ignored(Sighting sighting) -> new Event.Ignored(sighting);
            case Outcome.Doubtful(String reason) -> new Event.Doubted(reason);
            case Outcome.Credited(Sighting sighting) -> credited(timely(sighting, now, live));
            case Outcome.Matched(Sighting sighting) -> matched(sighting, now, live);
        };
    }

    private Event credited(Sighting sighting) {
        Optional<IpAddress> address = sighting.address();
        if (address.isEmpty()) {
            return Event.NOTHING;
        }
        Cidr source = sourceOf(address.get());
        boolean forgave =
                !never.contains(address.get()) && evidence.succeed(source, sighting.account(), sighting.time());
        return new Event.Credited(sighting, address.get(), source, forgave);
    }

    private Event matched(Sighting sighting, Instant now, boolean live) {
        Optional<IpAddress> address = sighting.address();
        return address.isPresent() ? blame(sighting, address.get(), now, live) : unknown(sighting);
    }

    /**
     * Takes in a failure of that address, which is not the sighting's own: the address of a host that it names.
     *
     * @param now the time at which the line was read
     * @param live as in {@link #see}
     */
    public Event blame(Sighting sighting, IpAddress address, Instant now, boolean live) {
        return judge(timely(sighting, now, live), address, live, now);
    }

    private static Event unknown(Sighting sighting) {
        // What <F-ID> picks is no host, even where it looks like one.
        boolean named = sighting.host().equals(sighting.groups().get("dns"))
                && !sighting.groups().containsKey("fid");
        return named ? new Event.Named(sighting) : new Event.Doubted("The line blames neither an address nor a host.");
    }

    /** A line that has just been written did not happen in the future, whatever clock or zone says so. */
    private static Sighting timely(Sighting sighting, Instant now, boolean live) {
        return live && sighting.time().isAfter(now.plus(AHEAD)) ? sighting.at(now) : sighting;
    }

    private Event judge(Sighting sighting, IpAddress address, boolean live, Instant now) {
        if (never.contains(address)) {
            return new Event.Spared(sighting, address);
        }
        Instant at = live ? now : sighting.time();
        boolean byRate = limits.counting().isByRate();
        Optional<Ban> standing = byRate ? Optional.empty() : bans.covering(address, at);
        if (standing.isPresent()) {
            return new Event.StillBanned(sighting, standing.get());
        }
        return switch (excuse.of(sighting, address)) {
            case YES -> new Event.Spared(sighting, address);
            case UNKNOWN -> new Event.Doubted("It is not known whether the address is to be ignored.");
            case NO -> byRate ? judgeByRate(sighting, address, live, now) : judgeByWindow(sighting, address, at);
        };
    }

    private Event judgeByWindow(Sighting sighting, IpAddress address, Instant at) {
        return switch (evidence.record(sourceOf(address), sighting.time(), sighting.attempts())) {
            case Verdict.Nothing(Cidr source, int failures) -> new Event.Found(sighting, address, source, failures);
            case Verdict.Ban verdict -> new Event.Banned(sighting, address, begin(verdict, at));
        };
    }

    /* fail2ban goes on counting while somebody is banned, each line once, and a ban still stands in its last moment. */
    private Event judgeByRate(Sighting sighting, IpAddress address, boolean live, Instant now) {
        Instant at = live ? now : sighting.time();
        Optional<Ban> standing = bans.covering(address, lastMomentBefore(at));
        Cidr source = sourceOf(address);
        int weight = sentencing.weight(source, sighting.time(), limits.maxretry());
        return switch (evidence.record(source, sighting.time(), weight)) {
            case Verdict.Nothing(Cidr _, int failures) -> new Event.Found(sighting, address, source, failures);
            case Verdict.Ban verdict -> {
                Instant since = live ? now : verdict.time();
                yield standing.isPresent()
                        ? prolong(new Event.StillBanned(sighting, standing.get()), address, since)
                        : new Event.Banned(sighting, address, begin(verdict, since));
            }
        };
    }

    private Event prolong(Event.StillBanned still, IpAddress address, Instant since) {
        Ban ban = still.ban();
        boolean longer = sentencing.bantime().endOf(since).isAfter(ban.until());
        if (longer) {
            ban = ban.endingAt(sentencing.bantime().endOf(since.isAfter(ban.since()) ? since : ban.since()));
            bans.add(ban);
        }
        return new Event.Prolonged(still.sighting(), address, ban, longer);
    }

    private Ban begin(Verdict.Ban verdict, Instant since) {
        return begin(verdict.subject(), verdict.failures(), Ban.BY_ADDRESS, verdict.reason(), since);
    }

    private Ban begin(Cidr subject, int failures, String kind, String reason, Instant since) {
        Sentencing.Sentence sentence = sentencing.of(subject, since);
        Ban ban = new Ban(name, subject, since, sentence.until(), sentence.bancount(), failures, kind, reason);
        bans.add(ban);
        return ban;
    }

    /**
     * Bans somebody by what a whole site has seen of him, in this jail's way: for as long as it bans, and never whom it
     * spares. The subject is what the jail takes for one source, where that is narrower than what the evidence is about.
     *
     * @param judgement what the evidence says
     * @param address whose attempt this was found by; in the judgement's subject
     * @param failures of the source, at least 1
     * @param since when the ban begins
     * @return nothing where the address is spared, or banned already
     */
    public Optional<Ban> convict(Judgement.Ban judgement, IpAddress address, int failures, Instant since) {
        if (never.contains(address) || bans.covering(address, since).isPresent()) {
            return Optional.empty();
        }
        Cidr own = sourceOf(address);
        Cidr found = never.overlaps(judgement.subject()) ? address.alone() : judgement.subject();
        Cidr subject = own.length() >= found.length() ? own : found;
        evidence.forget(subject);
        String kind = judgement.kind().name().toLowerCase(Locale.ROOT);
        return Optional.of(begin(subject, failures, kind, judgement.reason(), since));
    }

    /** Takes in a ban that was decided elsewhere: by hand, or before a restart. Replaces one of the same subject. */
    public void hold(Ban ban) {
        bans.add(ban);
        evidence.forget(ban.subject());
    }

    /** Takes in a failure that was counted before a restart. */
    public void recall(Cidr source, Instant time, int attempts) {
        evidence.restore(source, time, attempts);
    }

    /**
     * Takes in a success of before a restart.
     *
     * @param account as {@link Sighting#account} gave it
     * @param forgave when a success of the account last forgave failures of the source
     */
    public void recallSuccess(Cidr source, String account, Instant time, Optional<Instant> forgave) {
        evidence.restoreSuccess(source, account, time, forgave);
    }

    /** How many accounts have logged in from the source of late, as far as that gives it credit. */
    public int accounts(Cidr source, Instant now) {
        return evidence.accounts(source, now);
    }

    /** Takes in what was counted before a restart, in place of what is known of the source. */
    public void recall(Cidr source, RateCount count) {
        evidence.restore(source, count);
    }

    /** Ends the ban of that subject before its time and forgets its failures; nothing when there is no such ban. */
    public Optional<Ban> release(Cidr subject) {
        evidence.forget(subject);
        return bans.remove(subject);
    }

    /** Ends the bans that are over by then, and gives them in the order of their ends. */
    public List<Ban> expireUntil(Instant now) {
        return bans.expireUntil(now);
    }

    /** Lets go of failures that are older than {@code findtime} before {@code now}, in the log's clock. */
    public void forget(Instant now) {
        evidence.forgetBefore(now.minus(limits.findtime()));
    }

    /**
     * The source that an address counts as: itself, or its IPv6 network. Where that network holds somebody who must not
     * be banned, each address in it answers for itself.
     */
    public Cidr sourceOf(IpAddress address) {
        Cidr source = evidence.sourceOf(address);
        return never.overlaps(source) ? address.alone() : source;
    }

    /** The jail's name, as in its configuration. */
    public String name() {
        return name;
    }

    /**
     * The moment that a ban has to outlive to stand still at {@code time}: to fail2ban it stands in the moment of its
     * end, where failures are counted exactly that moment is free.
     */
    public Instant lastMomentBefore(Instant time) {
        return limits.counting().isByRate() ? time.minusNanos(1) : time;
    }

    /** The time within which failures count together. */
    public Duration findtime() {
        return limits.findtime();
    }

    /** How long its bans last. */
    public Bantime bantime() {
        return sentencing.bantime();
    }

    /** The number of a ban that the subject would get now, at least 1. */
    public int nextBancount(Cidr subject) {
        return sentencing.nextBancount(subject);
    }

    /** The ban that covers the address and is not over by then; the narrowest when there are several. */
    public Optional<Ban> standing(IpAddress address, Instant now) {
        return bans.covering(address, now);
    }

    /** What has to be kept of the source besides its failures, for {@link #recall}; nothing where those say it all. */
    public Optional<RateCount> countOf(Cidr source) {
        return evidence.countOf(source);
    }

    /** The ban of exactly that subject, if there is one. */
    public Optional<Ban> banOf(Cidr subject) {
        return bans.find(subject);
    }

    /** The bans that have an address in common with one of the networks, in the order of their ends. */
    public List<Ban> bansIn(CidrSet networks) {
        return bans.overlapping(networks);
    }

    /** The bans that have an address in common with the network, in the order of their ends. */
    public List<Ban> bansIn(Cidr network) {
        return bans.overlapping(network);
    }

    /** The bans that are not over, in the order of their ends; a view that makes each of them when it is asked for. */
    public Collection<Ban> bans() {
        return bans.all();
    }

    /** When the next ban ends; {@link Instant#MAX} when none does. */
    public Instant nextEnd() {
        return bans.nextEnd();
    }

    /** How many sources have failures that count, and no ban. */
    public int failing() {
        return evidence.failing();
    }

    /** Gives back the room for those who fail; the jail must see nothing any more. */
    public void close() {
        evidence.close();
    }

    /** How many sources were forgotten for want of room. */
    public long forgotten() {
        return evidence.forgotten();
    }
}
