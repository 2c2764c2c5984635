package bailiff.evidence.site;

import bailiff.net.Cidr;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What each source did itself: a sequential test without a window, so that one failure an hour counts as much as one a
 * second.
 *
 * <p>Not thread-safe.
 */
final class SourceTrials {

    /*
     * Wald's sequential probability ratio test, as threshold random walk uses it (Jung, Paxson, Berger, Balakrishnan:
     * Fast Portscan Detection Using Sequential Hypothesis Testing, IEEE S&P 2004). An honest
     * attempt succeeds with HONEST, a guess with HOSTILE. A success ends it.
     * What there is against a source halves every HALF_LIFE: addresses change hands.
     */

    /** How often an honest login succeeds: less than at any site of which figures are known. */
    private static final double HONEST = 0.7;

    /** How often a guess is right. */
    private static final double HOSTILE = 0.001;

    private static final double FAILURE = Math.log((1 - HOSTILE) / (1 - HONEST));

    /** In seconds. */
    private static final double HALF_LIFE = 30 * 86_400.0;

    /**
     * What an attempt counts of which the password was not tested. Little: a refusal by this guard would become its own
     * proof, and programs try a broken server again. But not nothing, so that who goes on for ever is banned.
     */
    private static final double UNPROVEN = 0.25;

    /** In seconds: who has forgotten his password, and found it the next day, must not be refused for ever. */
    private static final long FIRST_CHANCE = 86_400;

    private static final long WEEK = 7 * 86_400L;

    /** Chances come at least every two months. */
    private static final int MOST_DOUBLINGS = 6;

    /** An unknown account counts double: people mistype passwords more often than their names. */
    private static final double UNKNOWN_ACCOUNT = 2;

    /** The same of somebody who has fetched the form: three mistakes, even in the name, must refuse nobody. */
    private static final double MISTYPED_NAME = 1.5;

    /** Logins of one request that count: a thousand of them are one decision of one attacker, and enough. */
    private static final int MOST_WEIGHT = 20;

    /** When somebody was refused who never was: so long ago that it plays no part, and that no time overflows. */
    private static final long NEVER = Long.MIN_VALUE / 2;

    /** Sources remembered: 10,000 addresses of a botnet and the noise of a month, at 100 bytes each. */
    private static final int ROOM = 20_000;

    /** What is known of a source. */
    static final class Trial {
        private long first;
        private long last;
        private double evidence;
        private int attempts;
        private int failures;
        private long chance = Long.MAX_VALUE;
        private int chances;
        private long refused = NEVER;
        private boolean banned;
        private @Nullable Campaign campaign;

        private Trial(long first) {
            this.first = first;
            this.last = first;
        }

        /** The logarithm of the likelihood ratio now. */
        double evidence(long now) {
            return evidence * Math.pow(0.5, Math.max(0, now - last) / HALF_LIFE);
        }

        /** Whether it may try once more although it is refused: a day after that began, then two days later, four... */
        boolean hasChance(long now) {
            return now >= chance;
        }

        private void useChance(long now) {
            chance = now + (FIRST_CHANCE << Math.min(MOST_DOUBLINGS, chances));
            chances++;
        }

        /** Whether it was refused in the week before. */
        boolean wasRefused(long now) {
            return now - refused <= WEEK;
        }

        int failures() {
            return failures;
        }

        int attempts() {
            return attempts;
        }

        /** The campaign that it is of, while that goes on. */
        Optional<Campaign> campaign(long now) {
            return Optional.ofNullable(campaign).filter(open -> open.isOpen(now));
        }

        /** Whether this is the first time, in this process, that a ban follows. */
        boolean isFirstBan() {
            boolean first = !banned;
            banned = true;
            return first;
        }

        /** What it came to, where so much evidence refuses, and so much bans. */
        Standing.Tried tried(long now, double refusal, double ban) {
            return new Standing.Tried(
                    moment(first),
                    moment(last),
                    attempts,
                    failures,
                    evidence(now),
                    failuresTo(refusal, now),
                    failuresTo(ban, now),
                    refused == NEVER ? Optional.empty() : Optional.of(moment(refused)),
                    chance == Long.MAX_VALUE ? Optional.empty() : Optional.of(moment(chance)));
        }

        /** What was read from a damaged file may be no moment. */
        private static Instant moment(long second) {
            return Instant.ofEpochSecond(
                    Math.clamp(second, Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond()));
        }

        private int failuresTo(double needed, long now) {
            return (int) Math.ceil(Math.max(0, needed - evidence(now)) / FAILURE);
        }

        void join(Campaign joined) {
            campaign = joined;
        }

        private void forgive() {
            evidence = 0;
            failures = 0;
            chance = Long.MAX_VALUE;
            chances = 0;
        }

        private void add(Trial other, boolean forgiven, Fingerprints fingerprints) {
            long now = Math.max(last, other.last);
            evidence = evidence(now) + (forgiven ? 0 : other.evidence(now));
            failures += forgiven ? 0 : other.failures;
            chance = forgiven ? chance : Math.min(chance, other.chance);
            chances = forgiven ? chances : Math.max(chances, other.chances);
            first = Math.min(first, other.first);
            last = now;
            attempts += other.attempts;
            refused = Math.max(refused, other.refused);
            if (campaign == null && other.campaign != null) {
                campaign = fingerprints.find(other.campaign.fingerprint());
            }
        }

        String sentence(double needed) {
            return String.format(
                    Locale.ROOT,
                    "%d failed logins without a success over %s; evidence %.1f of the %.1f needed",
                    failures,
                    Spans.words(last - first),
                    evidence,
                    needed);
        }
    }

    private final Recent<Cidr, Trial> trials = new Recent<>(ROOM);

    long entries() {
        return trials.size();
    }

    void halve() {
        trials.halve();
    }

    /** What is known of the source; nothing when it is new. */
    Optional<Trial> find(Cidr source) {
        return Optional.ofNullable(trials.find(source));
    }

    /**
     * Counts an attempt; gives what is known of its source now.
     *
     * @param refusal the evidence from which on its source is refused
     */
    Trial record(Cidr source, Attempt attempt, double refusal) {
        long now = attempt.second();
        Trial trial = trials.of(source, _ -> new Trial(now));
        trial.evidence = trial.evidence(now);
        trial.last = Math.max(trial.last, now);
        trial.attempts++;
        Login login = attempt.login();
        if (login.outcome() == Outcome.SHIELDED) {
            trial.refused = now;
        }
        if (login.outcome() == Outcome.SUCCESS) {
            trial.forgive();
            return trial;
        }
        double weight = weight(attempt);
        if (weight >= 1) {
            trial.failures += (int) weight;
        }
        trial.evidence += weight * FAILURE;
        boolean served = login.outcome() != Outcome.SHIELDED;
        if (trial.evidence >= refusal && (trial.chance == Long.MAX_VALUE || (served && trial.hasChance(now)))) {
            trial.useChance(now);
        }
        return trial;
    }

    private static double weight(Attempt attempt) {
        Login login = attempt.login();
        if (login.repeat()) {
            return 0;
        }
        boolean isPerson = attempt.request().conduct().hasSeenTheForm();
        double unknown = isPerson ? MISTYPED_NAME : UNKNOWN_ACCOUNT;
        double name = login.account() == Account.UNKNOWN ? unknown : 1;
        double logins = name * Math.min(MOST_WEIGHT, login.weight());
        return switch (login.outcome()) {
            case FAILURE, REFUSED -> logins;
            // One request, however many logins it held and whomever they named: nobody looked at any of that.
            case SHIELDED -> UNPROVEN;
            case BROKEN -> attempt.request().conduct().isCold() ? UNPROVEN * logins : 0;
            case SUCCESS, UNKNOWN -> 0;
        };
    }

    /**
     * Takes in what another process saw of the same site.
     *
     * @param credits of both: what failed before a source's success is forgiven wherever that was seen
     * @param fingerprints of both
     */
    void merge(SourceTrials other, Credits credits, Fingerprints fingerprints) {
        trials.entries().forEach((source, ours) -> {
            if (credits.last(source) >= ours.last) {
                ours.forgive();
            }
        });
        other.trials.entries().forEach((source, theirs) -> {
            Trial ours = trials.find(source);
            boolean forgiven = credits.last(source) >= theirs.last;
            if (ours == null) {
                ours = new Trial(theirs.first);
                trials.put(source, ours);
            }
            ours.add(theirs, forgiven, fingerprints);
        });
    }

    void write(DataOutput out) throws IOException {
        Saved.table(out, trials, (to, source, trial) -> {
            Saved.network(to, source);
            to.writeLong(trial.first);
            to.writeLong(trial.last);
            to.writeDouble(trial.evidence);
            to.writeInt(trial.attempts);
            to.writeInt(trial.failures);
            to.writeLong(trial.chance);
            to.writeInt(trial.chances);
            to.writeBoolean(trial.campaign != null);
            if (trial.campaign != null) {
                trial.campaign.fingerprint().write(to);
            }
        });
    }

    /** Reads them; the campaigns that they are of are found among these. */
    void read(DataInput from, Fingerprints fingerprints) throws IOException {
        Saved.table(from, ROOM, in -> {
            Cidr source = Saved.network(in);
            Trial trial = new Trial(in.readLong());
            trial.last = in.readLong();
            trial.evidence = Saved.number(in);
            trial.attempts = in.readInt();
            trial.failures = in.readInt();
            trial.chance = in.readLong();
            trial.chances = Math.max(0, in.readInt());
            if (in.readBoolean()) {
                trial.campaign = fingerprints.find(Fingerprint.read(in));
            }
            trials.put(source, trial);
        });
    }
}
