package bailiff.guard;

import bailiff.evidence.site.Allowance;
import bailiff.evidence.site.Sites;
import bailiff.line.AccessLog;
import bailiff.line.AccessRecord;
import bailiff.line.LogLine;
import bailiff.net.CidrSet;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Reads the lines of past access logs for the jail of a {@link Replay} that weighs requests, in the logs' own time. Lines
 * that are no requests say nothing. Not thread-safe.
 */
final class PastAccess {

    /** What rotation and compression add to the name of a log: it is the same log to its sites. */
    private static final Pattern ROTATED = Pattern.compile("([.-][0-9]{1,10})?([.](gz|bz2|xz|zst))?$");

    private final Sites sites;
    private final Allowance budget;
    private final ZoneId zone;
    private final Consumer<Sites.Told> receiver;
    private final CidrSet spared;
    private AccessLog form;
    private String log = "-";
    private Instant last = Instant.MIN;

    /**
     * Nothing read yet.
     *
     * @param zone of the times that name none
     * @param receiver takes the attempts that are counted, in their order
     */
    PastAccess(Sites sites, Allowance budget, ZoneId zone, CidrSet spared, Consumer<Sites.Told> receiver) {
        this.sites = sites;
        this.budget = budget;
        this.zone = zone;
        this.spared = spared;
        this.receiver = receiver;
        this.form = new AccessLog(zone);
    }

    /** The lines from now on are those of that log. */
    void begin(String name) {
        log = ROTATED.matcher(name).replaceFirst("");
        form = new AccessLog(zone);
        sites.allow(log, budget);
    }

    /** Takes a line of it. */
    void line(LogLine line) {
        Optional<AccessRecord> request = form.read(line);
        if (request.isPresent() && !spared.contains(request.get().client())) {
            last = request.get().time();
            sites.due(last).forEach(receiver);
            sites.read(log, request.get()).forEach(receiver);
        }
    }

    /** Takes in that nothing follows. */
    void end() {
        if (sites.isWaiting()) {
            sites.due(last.plus(Sites.HOLDS).plus(Duration.ofSeconds(1))).forEach(receiver);
        }
    }
}
