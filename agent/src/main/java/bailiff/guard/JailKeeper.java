package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Event;
import bailiff.ban.Jail;
import bailiff.enforce.Change;
import bailiff.evidence.AddressEvidence;
import bailiff.evidence.site.Judgement;
import bailiff.evidence.site.Sites;
import bailiff.filter.Sighting;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Failure;
import bailiff.ledger.Success;
import bailiff.line.LogLine;
import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import bailiff.source.Follower;
import bailiff.source.LineSink;
import bailiff.source.SourceState;
import java.io.Closeable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries out what a jail decides: reads its logs, writes down failures and bans, has bans enforced, ends those that
 * are over. Not thread-safe: the {@link JailLoop}'s thread owns it, and others ask by {@link JailLoop#ask}.
 */
final class JailKeeper implements Closeable {

    /**
     * What a keeper works with.
     *
     * @param enforcement takes the changes to its bans
     * @param nativelyEnforced whether that enforces them, rather than those alone who are told of them
     * @param witness hears what its lines tell of sites
     * @param requests takes its lines where they are those of access logs; then nothing else does
     */
    record Parts(
            Jail jail,
            Follower follower,
            Memory memory,
            Consumer<List<Change>> enforcement,
            boolean nativelyEnforced,
            GuardListener listener,
            InstantSource clock,
            Suspects suspects,
            Witness witness,
            Requests requests) {}

    private static final int READ_AT_ONCE = 256 << 10;

    /* A command that is asked about each failure takes its time: bans, unbans and answers must not wait for many. */
    private static final Duration LONGEST_READ = Duration.ofMillis(250);
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    /* Whatever comes from outside wakes the jail; its follower knows when to look by itself. */
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    /* How often one asks whether a name server has answered. */
    private static final Duration NAMES_EVERY = Duration.ofMillis(250);

    /* How often one asks whether a trap has told of what an access log told of: a fifth of the time that it may take. */
    private static final Duration REQUESTS_EVERY = Sites.HOLDS.dividedBy(5);

    /* Failures that were on their way when the ban began say nothing about whether it works. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Parts parts;
    private final Jail jail;
    private final Memory memory;
    private final JailCounts counts = new JailCounts();
    private final Settling settling;
    private final JailBans bans;
    private final AccessVerdicts requests;

    private Exempt spared = Exempt.NOBODY;
    private final LineSink sink = new LineSink() {
        @Override
        public void line(Path file, LogLine line, boolean live, boolean whole) {
            take(file, line, live, whole);
        }

        @Override
        public boolean isEnough() {
            return looked.isAfter(enough);
        }
    };
    private Instant forgotten;

    /* When the clock was last asked, and when a reading has lasted long enough: asking takes longer than a line does. */
    private Instant looked = Instant.MIN;
    private Instant enough = Instant.MAX;

    JailKeeper(Parts parts) {
        this.parts = parts;
        this.jail = parts.jail();
        this.memory = parts.memory();
        this.settling =
                new Settling(jail.name(), memory, parts.enforcement(), parts.listener(), parts.nativelyEnforced());
        this.bans = new JailBans(jail, memory, settling, parts.listener(), parts.clock());
        this.requests = new AccessVerdicts(parts, counts, bench());
        this.forgotten = now();
        jail.excuse(parts.suspects());
    }

    private AccessVerdicts.Bench bench() {
        return new AccessVerdicts.Bench() {
            @Override
            public void heard(Event event, LogLine line, boolean live) {
                JailKeeper.this.heard(event, line, live);
            }

            @Override
            public void begin(Ban ban) {
                JailKeeper.this.begin(ban);
            }
        };
    }

    private Instant now() {
        return parts.clock().instant();
    }

    /** Reads some of what is there; whether there is more. */
    boolean read() {
        looked = now();
        enough = looked.plus(LONGEST_READ);
        boolean more = parts.follower().read(READ_AT_ONCE, sink);
        counts.doubted += parts.suspects().settle(this::settled, this::acquit);
        requests.due(now());
        return more;
    }

    private void take(Path file, LogLine line, boolean live, boolean whole) {
        if (!whole) {
            counts.overlong++;
            return;
        }
        parts.suspects().reading(line, live);
        looked = now();
        if (requests.take(file, line, live, spared.all(), looked)) {
            return;
        }
        Event event = jail.see(line, looked, live);
        if (event instanceof Event.StillBanned still) {
            // Nearly every line of an attack.
            parts.listener().seen(jail.name(), still);
            stillBanned(still.ban(), live, looked);
        } else if (!(event instanceof Event.Nothing)) {
            heard(event, line, live);
            // A command may have been asked about it.
            looked = now();
        }
    }

    /**
     * Takes in a failure of that address that somebody else saw, with its lines, which may be none: as many attempts.
     */
    void accuse(IpAddress address, List<String> lines) {
        String last = lines.isEmpty() ? "" : lines.getLast();
        List<String> before = lines.isEmpty() ? lines : lines.subList(0, lines.size() - 1);
        int attempts = Math.max(1, lines.size());
        Sighting sighting = new Sighting(now(), address.toString(), 0, attempts, Map.of(), before);
        blame(sighting, address, LogLine.of(last), true);
    }

    private void settled(Sighting sighting, IpAddress address, LogLine line, boolean live) {
        if (!requests.resume(sighting, live)) {
            blame(sighting, address, line, live);
        }
    }

    private void blame(Sighting sighting, IpAddress address, LogLine line, boolean live) {
        parts.suspects().reading(line, live);
        heard(jail.blame(sighting, address, now(), live), line, live);
    }

    /** Ends the bans of somebody who has turned out to be a verified service. */
    private void acquit(IpAddress address) {
        jail.bansIn(address.alone()).stream()
                .filter(ban -> !ban.evidence().equals(Ban.BY_HAND))
                .toList()
                .forEach(ban -> bans.lift(ban, "the guard, since it is a verified service's"));
    }

    private void heard(Event event, LogLine line, boolean live) {
        parts.listener().seen(jail.name(), event);
        parts.suspects().heard(event);
        switch (event) {
            case Event.Found found -> {
                found(found.sighting(), found.address(), line);
                // Where failures are counted as fail2ban does, those of somebody who is banned count as well.
                jail.standing(found.address(), now()).ifPresent(ban -> stillBanned(ban, live, now()));
            }
            case Event.Banned banned -> banned(banned, line);
            case Event.Prolonged still -> prolonged(still, live);
            case Event.StillBanned still -> stillBanned(still.ban(), live, now());
            case Event.Spared(Sighting _, IpAddress address) -> {
                counts.spared++;
                String reason = spared.all().contains(address)
                        ? spared.reason(address)
                        : parts.suspects().reason(address);
                parts.listener().ignored(jail.name(), address, reason);
            }
            case Event.Credited success -> credited(success);
            case Event.Named(Sighting sighting) ->
                counts.doubted += parts.suspects().named().add(sighting, line, live) ? 0 : 1;
            case Event.Doubted _ -> counts.doubted++;
            case Event.Ignored _, Event.Nothing _ -> {}
        }
        if (event instanceof Event.Spared(Sighting _, IpAddress address) && !isOffice(address)) {
            return;
        }
        parts.witness().hear(event, live, now()).ifPresent(judgement -> convict(judgement, event, live));
    }

    /** Whether somebody is spared only for the others who come through his address. */
    private boolean isOffice(IpAddress address) {
        return !spared.all().contains(address) && parts.suspects().throng().isOffice(address);
    }

    /** Bans who fails now, for all that is known of him at the site. */
    private void convict(Judgement.Ban judgement, Event event, boolean live) {
        if (event instanceof Event.Found found) {
            Instant since = live ? now() : found.sighting().time();
            jail.convict(judgement, found.address(), found.failures(), since).ifPresent(this::begin);
        }
    }

    private void begin(Ban ban) {
        if (ban.isOver(now())) {
            // An old line of the backlog: its ban would be over by now.
            bans.forgive(ban.subject());
        } else {
            bans.begin(ban);
        }
    }

    private void found(Sighting sighting, IpAddress address, LogLine line) {
        count(sighting);
        Cidr source = jail.sourceOf(address);
        Failure failure = new Failure(
                jail.name(),
                source,
                address,
                sighting.time(),
                sighting.attempts(),
                sighting.user().orElse(""),
                lines(sighting, line),
                jail.countOf(source).orElse(null));
        memory.add(batch -> batch.failure(failure));
    }

    private void credited(Event.Credited event) {
        counts.credited++;
        Sighting sighting = event.sighting();
        Success success = new Success(
                jail.name(),
                event.source(),
                sighting.site(),
                sighting.user().orElse(""),
                sighting.time(),
                event.forgave() ? Optional.of(sighting.time()) : Optional.empty());
        memory.success(success);
        if (event.forgave()) {
            memory.add(batch -> batch.forgiven(jail.name(), event.source()));
        }
    }

    /** All lines that make up the failure, the last one last. */
    private static String lines(Sighting sighting, LogLine line) {
        return sighting.before().isEmpty() ? line.text() : String.join("\n", sighting.before()) + "\n" + line.text();
    }

    private void count(Sighting sighting) {
        counts.found++;
        Duration behind = Duration.between(sighting.time(), now());
        // A time in the future, which may be an attacker's, must not make what others did look old.
        counts.behind = behind.isNegative() ? Duration.ZERO : behind;
    }

    private void banned(Event.Banned banned, LogLine line) {
        if (banned.ban().isOver(now())) {
            count(banned.sighting());
        } else {
            found(banned.sighting(), banned.address(), line);
        }
        begin(banned.ban());
    }

    private void stillBanned(Ban ban, boolean live, Instant now) {
        if (live && now.isAfter(ban.since().plus(GRACE))) {
            counts.leaked++;
            counts.leakedBy = ban.subject();
        }
    }

    private void prolonged(Event.Prolonged still, boolean live) {
        count(still.sighting());
        stillBanned(still.ban(), live, now());
        if (still.longer()) {
            bans.prolong(still.ban());
        } else {
            memory.add(batch -> batch.forgiven(jail.name(), still.ban().subject()));
        }
    }

    /** Takes over whom to spare, and ends the bans that this forbids: the owner may have come from a banned address. */
    void spare(Exempt exempt) {
        if (spared.all() == exempt.all()) {
            return;
        }
        spared = exempt;
        CidrSet never = exempt.all();
        jail.spare(never);
        jail.bansIn(never).forEach(ban -> bans.lift(ban, "the guard, since it must never be banned"));
    }

    /** Drops failures that can no longer lead to a ban, now and then. Only for when nothing is left to read. */
    void tidy() {
        Instant now = now();
        if (now.isAfter(forgotten.plus(FORGET_EVERY))) {
            forgotten = now;
            Instant logNow = now.minus(counts.behind);
            jail.forget(logNow);
            memory.forget(logNow.minus(jail.findtime()).minus(FORGET_EVERY));
            memory.forgetSuccesses(logNow.minus(AddressEvidence.CREDIT_LASTS));
        }
    }

    /**
     * Takes in what became of a ban at the firewall.
     *
     * @param telling tells others, once it is written down
     */
    void enforced(Cidr subject, Enforcement enforcement, Runnable telling) {
        settling.enforced(subject, enforcement, telling);
    }

    /**
     * Writes down what was decided, and then tells of it: at once, or when the ledger's turn has come.
     *
     * @param busy whether there is more to read: then it is written while the jail reads on, and told once a second where
     *     bans are enforced without that
     */
    void settle(boolean atOnce, boolean busy) {
        if (!atOnce && memory.pause(System.nanoTime()).isPositive()) {
            return;
        }
        if (atOnce || !busy || settling.isDue()) {
            settling.settle(parts.follower().bookmarks(), now());
        } else if (!memory.isWriting()) {
            memory.commitAside(parts.follower().bookmarks(), now());
        }
    }

    /** For how long there is nothing to do but to read. */
    Duration rest() {
        Duration rest = shorter(LONGEST_REST, parts.follower().rest());
        if (memory.isDue()) {
            rest = shorter(rest, memory.pause(System.nanoTime()));
        }
        if (parts.suspects().isWaiting()) {
            rest = shorter(rest, NAMES_EVERY);
        }
        if (requests.areWaiting()) {
            rest = shorter(rest, REQUESTS_EVERY);
        }
        Instant end = jail.nextEnd();
        Instant now = now();
        return end.isAfter(now.plus(rest)) ? rest : Duration.between(now, end);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Its bans. */
    JailBans bans() {
        return bans;
    }

    /** How many sources have failures that count, and no ban. */
    int failing() {
        return jail.failing();
    }

    /** How many sources were forgotten for want of room. */
    long forgotten() {
        return jail.forgotten();
    }

    /** What it has counted; goes on counting. */
    JailCounts counts() {
        return counts;
    }

    /** How it stands with its logs. */
    List<SourceState> sources() {
        return parts.follower().states();
    }

    /** What may keep somebody from being spared or blamed as the configuration wants it, a sentence each. */
    List<String> doubts() {
        List<String> doubts = new ArrayList<>(spared.problems());
        doubts.addAll(parts.suspects().problems());
        return doubts;
    }

    /** What keeps the ledger from being written; empty when nothing does. */
    String problem() {
        return memory.problem();
    }

    /** Closes its logs, and gives the jail's room back. */
    @Override
    public void close() {
        jail.close();
        parts.follower().close();
    }
}
