package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Event;
import bailiff.ban.Excuse;
import bailiff.ban.Jail;
import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Judgement;
import bailiff.evidence.site.Outcome;
import bailiff.evidence.site.Sites;
import bailiff.filter.Sighting;
import bailiff.line.LogLine;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of the attempts that a jail's access logs tell of: the evidence of their site says who is banned, unless
 * the jail excuses him as it excuses whoever else fails. Not thread-safe: the jail's thread owns it.
 */
final class AccessVerdicts {

    /** Carries out what comes of them. */
    interface Bench {

        /** Takes in what an attempt meant, as if its line had. */
        void heard(Event event, LogLine line, boolean live);

        /** Has a ban begin. */
        void begin(Ban ban);
    }

    private final Requests requests;
    private final Jail jail;
    private final Suspects suspects;
    private final JailCounts counts;
    private final Bench bench;
    private final InstantSource clock;

    /** Attempts whose excuse is being looked into; no more than {@link Claims} holds. By identity: nobody can choose keys. */
    private final IdentityHashMap<Sighting, Sites.Told> doubtful = new IdentityHashMap<>();

    /** Whether the last request stood in its log before we followed that. */
    private boolean backlog;

    AccessVerdicts(JailKeeper.Parts parts, JailCounts counts, Bench bench) {
        this.requests = parts.requests();
        this.jail = parts.jail();
        this.suspects = parts.suspects();
        this.clock = parts.clock();
        this.counts = counts;
        this.bench = bench;
    }

    /** Takes a line, where the jail's lines are requests; else it is for the jail's filter. */
    boolean take(Path file, LogLine line, boolean live, CidrSet spared, Instant now) {
        if (!requests.areRead()) {
            return false;
        }
        backlog = !live;
        weigh(requests.read(file, line, spared, now));
        return true;
    }

    /** Takes in earlier attempts of which nobody else has told by now. */
    void due(Instant now) {
        weigh(requests.due(now));
    }

    /** Whether {@link #due} is to be asked again within some seconds. */
    boolean areWaiting() {
        return requests.areWaiting();
    }

    /** Goes on with an attempt about whose excuse there is an answer now; false where the failure is none of these. */
    boolean resume(Sighting sighting, boolean live) {
        Sites.Told told = doubtful.remove(sighting);
        if (told == null) {
            return false;
        }
        judge(told, sighting, live);
        return true;
    }

    private void weigh(List<Sites.Told> attempts) {
        for (Sites.Told told : attempts) {
            Sighting sighting = sighting(told);
            if (told.attempt().login().outcome() == Outcome.SUCCESS) {
                IpAddress client = told.attempt().client();
                counts.credited++;
                suspects.heard(new Event.Credited(sighting, client, jail.sourceOf(client), false));
            } else if (isFailure(told) || told.judgement() instanceof Judgement.Ban) {
                judge(told, sighting, !backlog);
            }
        }
    }

    private static boolean isFailure(Sites.Told told) {
        Outcome outcome = told.attempt().login().outcome();
        return outcome == Outcome.FAILURE || outcome == Outcome.REFUSED;
    }

    private static Sighting sighting(Sites.Told told) {
        Attempt attempt = told.attempt();
        int logins = attempt.login().weight();
        return new Sighting(attempt.time(), attempt.client().toString(), 0, logins, Map.of("site", told.site()));
    }

    private void judge(Sites.Told told, Sighting sighting, boolean live) {
        IpAddress client = told.attempt().client();
        LogLine line = LogLine.of(AccessRequests.words(told));
        Instant since = live ? clock.instant() : sighting.time();
        Optional<Ban> standing = jail.standing(client, since);
        if (standing.isPresent()) {
            if (isFailure(told)) {
                bench.heard(new Event.StillBanned(sighting, standing.get()), line, live);
            }
            return;
        }
        suspects.reading(line, live);
        Excuse.Answer excuse = suspects.of(sighting, client);
        switch (excuse) {
            case NO -> blame(told, sighting, line, live);
            case YES -> bench.heard(new Event.Spared(sighting, client), line, live);
            case UNKNOWN -> counts.doubted++;
            case LATER -> doubtful.put(sighting, told);
        }
    }

    private void blame(Sites.Told told, Sighting sighting, LogLine line, boolean live) {
        IpAddress client = told.attempt().client();
        int failures = Math.max(1, told.failures());
        if (isFailure(told)) {
            bench.heard(new Event.Found(sighting, client, jail.sourceOf(client), failures), line, live);
        }
        if (told.judgement() instanceof Judgement.Ban judgement) {
            Instant since = live ? clock.instant() : sighting.time();
            jail.convict(judgement, client, failures, since).ifPresent(bench::begin);
        } else {
            requests.blame(told);
        }
    }
}
