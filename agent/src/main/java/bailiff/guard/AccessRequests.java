package bailiff.guard;

import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Sites;
import bailiff.line.AccessLog;
import bailiff.line.AccessRecord;
import bailiff.line.LogLine;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of a jail's access logs, whatever their form, and has what they tell weighed as the evidence of their
 * sites. Not thread-safe: the jail's thread owns it.
 */
final class AccessRequests implements Requests {

    /** Logs of which is remembered what form they have, at 100 KB each; those beyond are found out again and again. */
    private static final int MOST_LOGS = 64;

    /** As much of a User-Agent as is shown; search engines say who they are in less. */
    private static final int LONGEST_AGENT = 300;

    /** What all browsers call themselves first. */
    private static final String BROWSER = "Mozilla/";

    private static final int OK = 200;
    private static final int NOT_MODIFIED = 304;

    private final Watched watched;
    private final ZoneId zone;
    private final BiConsumer<IpAddress, String> browsers;
    private final Map<Path, AccessLog> logs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Path, AccessLog> eldest) {
            return size() > MOST_LOGS;
        }
    };
    private boolean waiting;

    /** The request before: a page comes with dozens of files, of which one says who reads it. */
    private @Nullable AccessRecord before;

    /** What the requests of one jail are told to. Safe for any thread. */
    interface Watched {

        /** Weighs a request of that log; gives the attempts of the jail's logs that are counted now. */
        List<Sites.Told> read(String log, AccessRecord request, Instant now);

        /** The same of earlier requests. */
        List<Sites.Told> due(Instant now);

        /** Nobody excuses the source of that attempt. */
        void blame(Sites.Told told);

        /** Whether earlier requests wait. */
        boolean isWaiting();
    }

    /**
     * Nothing read yet.
     *
     * @param zone of the times that name none
     * @param browsers is told of each address that a browser read something from, and what it calls itself
     */
    AccessRequests(Watched watched, ZoneId zone, BiConsumer<IpAddress, String> browsers) {
        this.watched = watched;
        this.zone = zone;
        this.browsers = browsers;
    }

    /** An attempt in words, for whoever reads why somebody was banned: its line is gone by then. */
    static String words(Sites.Told told) {
        Attempt attempt = told.attempt();
        String door = attempt.request().door().name().toLowerCase(Locale.ROOT);
        String outcome = attempt.login().outcome().name().toLowerCase(Locale.ROOT);
        return told.log() + ": login by " + door + " " + outcome + ", "
                + attempt.login().weight() + " in one request, at " + told.site()
                + attempt.request()
                        .agent()
                        .map(agent -> ", by \"" + cut(agent) + '"')
                        .orElse("");
    }

    private static String cut(String agent) {
        return agent.length() <= LONGEST_AGENT ? agent : agent.substring(0, LONGEST_AGENT);
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
        seen(request.get());
        return watched.read(log.toString(), request.get(), now);
    }

    private void seen(AccessRecord request) {
        boolean isSame = before != null
                && before.client().equals(request.client())
                && before.agent().equals(request.agent());
        boolean isServed = request.status() == OK || request.status() == NOT_MODIFIED;
        if (!isSame
                && isServed
                && request.method().equals("GET")
                && request.agent().startsWith(BROWSER)) {
            before = request;
            browsers.accept(request.client(), request.agent());
        }
    }

    @Override
    public void blame(Sites.Told told) {
        watched.blame(told);
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
