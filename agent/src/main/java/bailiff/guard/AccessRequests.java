package bailiff.guard;

import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Sites;
import bailiff.line.AccessLog;
import bailiff.line.AccessRecord;
import bailiff.line.LogLine;
import bailiff.net.CidrSet;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the lines of a jail's access logs, whatever their form, and has what they tell weighed as the evidence of their
 * sites. Not thread-safe: the jail's thread owns it.
 */
final class AccessRequests implements Requests {

    /** Logs of which is remembered what form they have, at 100 KB each; those beyond are found out again and again. */
    private static final int MOST_LOGS = 64;

    private final Watched watched;
    private final ZoneId zone;
    private final Map<Path, AccessLog> logs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, AccessLog> eldest) {
            return size() > MOST_LOGS;
        }
    };
    private boolean waiting;

    /** What the requests of one jail are told to. Safe for any thread. */
    interface Watched {

        /** Weighs a request of that log; gives the attempts of the jail's logs that are counted now. */
        List<Sites.Told> read(String log, AccessRecord request, Instant now);

        /** The same of earlier requests. */
        List<Sites.Told> due(Instant now);

        /** Whether earlier requests wait. */
        boolean isWaiting();
    }

    /**
     * Nothing read yet.
     *
     * @param zone of the times that name none
     */
    AccessRequests(Watched watched, ZoneId zone) {
        this.watched = watched;
        this.zone = zone;
    }

    /** An attempt in words, for whoever reads why somebody was banned: its line is gone by then. */
    static String words(Sites.Told told) {
        Attempt attempt = told.attempt();
        String door = attempt.request().door().name().toLowerCase(Locale.ROOT);
        String outcome = attempt.login().outcome().name().toLowerCase(Locale.ROOT);
        return told.log() + ": login by " + door + " " + outcome + ", "
                + attempt.login().weight() + " in one request, at " + told.site();
    }

    @Override
    public boolean areRead() {
        return true;
    }

    @Override
    public List<Sites.Told> read(Path log, LogLine line, CidrSet spared, Instant now) {
        AccessLog form = logs.computeIfAbsent(log, _ -> new AccessLog(zone));
        Optional<AccessRecord> request = form.read(line);
        if (request.isEmpty() || spared.contains(request.get().client())) {
            return List.of();
        }
        waiting = true;
        return watched.read(log.toString(), request.get(), now);
    }

    @Override
    public List<Sites.Told> due(Instant now) {
        if (!waiting) {
            return List.of();
        }
        List<Sites.Told> due = watched.due(now);
        waiting = watched.isWaiting();
        return due;
    }

    @Override
    public boolean areWaiting() {
        return waiting;
    }
}
