package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Event;
import bailiff.ban.Jail;
import bailiff.ban.Sentencing;
import bailiff.config.EvidenceOptions;
import bailiff.config.Exemptions;
import bailiff.config.JailDefinition;
import bailiff.evidence.AddressEvidence;
import bailiff.evidence.Counting;
import bailiff.evidence.Limits;
import bailiff.evidence.Room;
import bailiff.evidence.site.Allowance;
import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Judgement;
import bailiff.evidence.site.Kind;
import bailiff.evidence.site.Outcome;
import bailiff.evidence.site.Sites;
import bailiff.filter.Concern;
import bailiff.filter.Filter;
import bailiff.filter.Prospect;
import bailiff.filter.Sieve;
import bailiff.filter.Sighting;
import bailiff.filter.Sorter;
import bailiff.line.LogLine;
import bailiff.net.AddressSet;
import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import bailiff.source.Encoding;
import bailiff.source.PastLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Jails over past logs, in the logs' own time: whom they would have banned, and when those bans would have ended.
 *
 * <p>Hosts that a log calls by name are blamed by nobody: what a name means today says nothing about the log.
 *
 * <p>Nobody is spared but those whom {@code ignoreip} lists by address: what this machine's own addresses are today
 * says nothing about the log. Not thread-safe.
 */
public final class Replay {

    /** Is told of each ban and of its end. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Takes one moment of the log's time.
         *
         * @param event {@code ban}, {@code unban}, or {@code prolong} for a standing ban that ends later now
         */
        void event(String event, Instant time, Ban ban);

        /** Takes an attempt that the shield would have refused, by what was known before it. */
        default void refused(Refusal refusal) {}
    }

    /**
     * An attempt that would have been refused.
     *
     * @param jail whose line tells of it
     * @param evidence the kind of evidence, as of a {@link Ban}
     * @param reason the evidence in plain words
     */
    public record Refusal(Instant time, String jail, IpAddress address, String evidence, String reason) {}

    /**
     * What came of it.
     *
     * @param lines lines read
     * @param failures lines that some jail took for a failure
     * @param bans bans decided
     * @param addresses addresses that failed
     * @param refused attempts that the shield would have refused
     */
    public record Summary(long lines, long failures, long bans, long addresses, long refused) {}

    /** Addresses that are told apart; beyond, the summary's number stands still. */
    private static final int MOST_ADDRESSES = 2_000_000;

    /* The same chance each time, so that a replay of the same log says the same. */
    private static final long SEED = 1;

    /* Nothing that a replay says depends on it: it keeps whoever wrote the log from slowing its tables down. */
    private final SplittableRandom secret = new SplittableRandom();

    private final SharedRoom room = new SharedRoom(AddressEvidence.MOST_SOURCES);
    private final Listener listener;
    private final List<Inmates> jails = new ArrayList<>();
    private final Sieve sieve;
    private final Sorter sorter;
    private final PastBans past = new PastBans(secret.nextLong());
    private final RunningBans running = new RunningBans(secret.nextLong());
    private final AddressSet addresses = new AddressSet(secret.nextLong());
    private long lines;
    private long failures;
    private long bans;
    private long refused;

    private final Hearsay hearsay = new Hearsay();

    /** Verified services and whom a jail ignores are spared by the jails, and never come here. */
    private final Sites sites = Sites.ofPast(Allowance.USUAL, new CidrSet(List.of()));

    /** Who reads requests; of several jails that do, the first, since each would be told of the same lines. */
    private final Optional<PastAccess> access;

    /** What the line that is seen now may be to the jail that sees it. */
    private Prospect prospect = Prospect.ANYTHING;

    /**
     * A jail and what it goes by.
     *
     * @param budget what the owners of its sites accept; nothing where its lines are not weighed
     * @param access whether its lines are requests of access logs, which its filter is not asked about
     */
    private record Inmates(Jail jail, Sentencing sentencing, Optional<Allowance> budget, boolean access) {}

    /**
     * A replay of these jails, which belong to it from now on.
     *
     * @param cleanup whether a jail that counts as fail2ban does forgets who was silent for {@code findtime}, as a
     *     running fail2ban does by the clock; without, it counts as fail2ban's counter does that reads a backlog
     */
    public Replay(List<Plan.Compiled> plan, boolean cleanup, Listener listener) {
        this.listener = listener;
        this.sieve = sieve(plan);
        this.sorter = sieve.sorter();
        Optional<PastAccess> requests = Optional.empty();
        for (Plan.Compiled compiled : plan) {
            JailDefinition definition = compiled.definition();
            Sentencing sentencing = new Sentencing(
                    definition.limits().bantime(),
                    definition.limits().increment(),
                    past.of(definition.name()),
                    new SplittableRandom(SEED));
            Limits limits = compiled.limits();
            if (limits.counting() == Counting.RATE && !cleanup) {
                limits = limits.counting(Counting.RATE_OF_BACKLOG);
            }
            Encoding encoding = compiled.encoding();
            Jail jail = new Jail(
                    definition.name(),
                    (line, reference) -> compiled.filter().apply(encoding.read(line), reference, prospect),
                    limits,
                    sentencing,
                    new Room(secret.nextLong(), room));
            jail.spare(spared(definition.exemptions()));
            Inmates inmates = new Inmates(jail, sentencing, budget(compiled.evidence()), isAccess(compiled));
            jails.add(inmates);
            if (inmates.access() && requests.isEmpty()) {
                requests = Optional.of(access(compiled, inmates));
            }
        }
        access = requests;
    }

    private static boolean isAccess(Plan.Compiled compiled) {
        return compiled.evidence().use() == EvidenceOptions.Use.ACCESS;
    }

    private PastAccess access(Plan.Compiled compiled, Inmates inmates) {
        JailDefinition definition = compiled.definition();
        return new PastAccess(
                sites,
                new Allowance(compiled.evidence().wrongbans()),
                definition.filter().zone(),
                spared(definition.exemptions()),
                told -> weigh(told, inmates));
    }

    private static Optional<Allowance> budget(EvidenceOptions options) {
        return options.use() == EvidenceOptions.Use.NO
                ? Optional.empty()
                : Optional.of(new Allowance(options.wrongbans()));
    }

    private static CidrSet spared(Exemptions exemptions) {
        return new CidrSet(Stream.concat(
                        exemptions.ignoreip().stream().flatMap(entry -> Cidr.parse(entry).stream()),
                        exemptions.services().values().stream().flatMap(List::stream))
                .toList());
    }

    private static Sieve sieve(List<Plan.Compiled> plan) {
        List<Filter> filters = plan.stream().map(Plan.Compiled::filter).toList();
        return Sieve.of(filters, jail -> plan.get(jail).encoding().isAsWritten());
    }

    /** Says which lines of files matter to some jail; the others may be passed over. Nothing where every line matters. */
    public Optional<Sieve> sieve() {
        return access.isPresent() ? Optional.empty() : Optional.of(sieve);
    }

    /**
     * Takes in the lines of a log, of one after the other.
     *
     * @param log by its name, also where it was rotated
     * @param reference completes dates without a year or a day
     */
    public PastLog.Reader reader(String log, Instant reference) {
        access.ifPresent(requests -> requests.begin(log));
        return new PastLog.Reader() {
            @Override
            public void line(LogLine line, long number, boolean whole) {
                Replay.this.line(line, reference, whole);
            }

            @Override
            public void line(LogLine line, long number, Concern concern) {
                lines++;
                see(line, reference, concern);
            }

            @Override
            public void passedOver(long number) {
                lines += number;
            }
        };
    }

    /**
     * Takes in one line.
     *
     * @param reference completes dates without a year or a day
     * @param whole false for a line that was too long and is cut: it is counted, and nobody is blamed for it
     */
    public void line(LogLine line, Instant reference, boolean whole) {
        lines++;
        if (!whole) {
            return;
        }
        see(line, reference, sorter.sort(line, true));
    }

    private void see(LogLine line, Instant reference, Concern concern) {
        access.ifPresent(requests -> requests.line(line));
        for (int i = concern.next(0); i >= 0; i = concern.next(i + 1)) {
            if (!jails.get(i).access()) {
                prospect = concern.prospect(i);
                see(line, reference, jails.get(i));
            }
        }
    }

    private void see(LogLine line, Instant reference, Inmates inmates) {
        Jail jail = inmates.jail();
        Event event = jail.see(line, reference, false);
        switch (event) {
            case Event.Found found -> failure(found.sighting(), newcomer(found), jail);
            case Event.StillBanned still -> failure(still.sighting(), newcomer(still), jail);
            case Event.Prolonged still -> {
                failure(still.sighting(), Optional.of(still.address()), jail);
                prolong(still);
            }
            case Event.Banned banned -> {
                failure(banned.sighting(), Optional.of(banned.address()), jail);
                begin(banned.ban(), inmates.sentencing());
            }
            case Event.Spared _,
                    Event.Credited _,
                    Event.Ignored _,
                    Event.Named _,
                    Event.Doubted _,
                    Event.Nothing _ -> {}
        }
        if (inmates.budget().isPresent() && !(event instanceof Event.Nothing)) {
            Instant time = Testimony.time(event, reference);
            Testimony.of(event, time).ifPresent(told -> weigh(told, event, inmates));
        }
    }

    /** As the guard does it: the shield is asked first, and what it refuses is not taken for one more failure. */
    private void weigh(Testimony told, Event event, Inmates inmates) {
        if (jails.size() > 1 && !hearsay.isNews(inmates.jail().name(), told)) {
            return;
        }
        Attempt attempt = told.attempt();
        inmates.budget().ifPresent(budget -> sites.allow(told.site(), budget));
        boolean failed =
                attempt.login().outcome() != Outcome.SUCCESS && !attempt.login().repeat();
        if (failed && sites.judge(told.site(), attempt) instanceof Judgement.Refuse(Kind kind, String reason)) {
            attempt = attempt.shielded();
            refuse(attempt, inmates.jail(), kind, reason);
        }
        if (sites.record(told.site(), attempt) instanceof Judgement.Ban ban && event instanceof Event.Found found) {
            inmates.jail()
                    .convict(ban, found.address(), found.failures(), attempt.time())
                    .ifPresent(begun -> begin(begun, inmates.sentencing()));
        }
    }

    private void refuse(Attempt attempt, Jail jail, Kind kind, String reason) {
        refused++;
        String evidence = kind.name().toLowerCase(Locale.ROOT);
        listener.refused(new Refusal(attempt.time(), jail.name(), attempt.client(), evidence, reason));
    }

    /** The same for what an access log tells of, whose web server asks the shield. */
    private void weigh(Sites.Told told, Inmates inmates) {
        Attempt attempt = told.attempt();
        Jail jail = inmates.jail();
        if (told.before() instanceof Judgement.Refuse(Kind kind, String reason)) {
            refuse(attempt, jail, kind, reason);
        }
        switch (attempt.login().outcome()) {
            case FAILURE, REFUSED, SHIELDED -> failure(attempt.time(), Optional.of(attempt.client()), jail);
            case SUCCESS, BROKEN, UNKNOWN -> {}
        }
        if (told.judgement() instanceof Judgement.Ban ban) {
            jail.convict(ban, attempt.client(), Math.max(1, told.failures()), attempt.time())
                    .ifPresent(begun -> begin(begun, inmates.sentencing()));
        }
    }

    /** The address that failed, unless it is known to have failed before: more failures than this line's are its own. */
    private static Optional<IpAddress> newcomer(Event.Found found) {
        boolean known =
                found.source().isSingle() && found.failures() > found.sighting().attempts();
        return known ? Optional.empty() : Optional.of(found.address());
    }

    /** The address that failed, unless it is known to have failed before: nobody else is in a ban of one address. */
    private static Optional<IpAddress> newcomer(Event.StillBanned still) {
        return still.ban().subject().isSingle()
                ? Optional.empty()
                : still.sighting().address();
    }

    private void failure(Sighting sighting, Optional<IpAddress> address, Jail jail) {
        failure(sighting.time(), address, jail);
    }

    private void failure(Instant time, Optional<IpAddress> address, Jail jail) {
        failures++;
        if (address.isPresent() && addresses.size() < MOST_ADDRESSES) {
            addresses.add(address.get());
        }
        Instant over = jail.lastMomentBefore(time);
        for (List<Ban> ended = running.takeNext(over); !ended.isEmpty(); ended = running.takeNext(over)) {
            ended.forEach(ban -> listener.event("unban", ban.until(), ban));
        }
        if (over.isBefore(time)) {
            // To fail2ban a ban that was over is gone for good, also for a line that comes late.
            jail.expireUntil(over);
        }
    }

    private void prolong(Event.Prolonged still) {
        if (still.longer()) {
            running.put(still.ban());
            listener.event("prolong", still.sighting().time(), still.ban());
        }
    }

    private void begin(Ban ban, Sentencing sentencing) {
        bans++;
        past.add(ban, sentencing.isNews(ban));
        running.put(ban).ifPresent(before -> listener.event("unban", before.until(), before));
        listener.event("ban", ban.since(), ban);
    }

    /** Takes in that no line follows. */
    public void end() {
        access.ifPresent(PastAccess::end);
    }

    /** What came of the lines so far. */
    public Summary summary() {
        return new Summary(lines, failures, bans, addresses.size(), refused);
    }
}
