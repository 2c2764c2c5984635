package bailiff.report;

import bailiff.filter.Door;
import bailiff.net.Cidr;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the logs tell, ready to be shown. Immutable; texts in it are hostile.
 *
 * @param zone in which times are shown
 * @param from when the first request or attempt was, in milliseconds since 1970
 * @param to when the last one was
 * @param requests how many requests there are in the access logs
 * @param shape what it looks like
 * @param attempts how many attempts there are, of all who were never let in
 * @param served how many of them WordPress answered
 * @param sources who made them, the busiest first
 * @param reaching how many of the sources reached WordPress; all, where hardly any did
 * @param once how many of these did so only once
 * @param door where most of them went
 * @param paceMillis the median time from one attempt that reached WordPress to the next one, whoever made it; -1 when there
 *     is none
 * @param gapMillis the median time from one of them of a source to its next one; -1 when there is none
 * @param rules the usual limits, and how many of the sources would have reached each
 * @param seenPercent how many of a hundred attempts are of sources that the first of these limits sees
 * @param days sources and attempts of each day
 * @param users who was guessed at, the most often first
 * @param doors what each door answered
 * @param joined attempts that more than one log tells of
 * @param culprits attempts that WordPress answered while others were turned away in the same second
 * @param returns who came back after a ban; null when nobody seems to
 * @param letIn how many sources were let in, which are not counted as attackers
 * @param attacks what of it is one attack, that of the most sources first; empty where the logs are too short to tell
 * @param breakIns who got in after having guessed; the certain ones first
 * @param chronicle what it all comes from
 * @param events all attempts
 * @param logs what was read
 */
public record Findings(
        ZoneId zone,
        long from,
        long to,
        long requests,
        Shape shape,
        long attempts,
        long served,
        List<SourceRow> sources,
        int reaching,
        int once,
        Door door,
        long paceMillis,
        long gapMillis,
        List<RuleRow> rules,
        long seenPercent,
        List<DayRow> days,
        List<UserRow> users,
        List<DoorRow> doors,
        List<Event> joined,
        List<Event> culprits,
        @Nullable Returns returns,
        int letIn,
        List<Attacks.Row> attacks,
        List<BreakIn> breakIns,
        Chronicle chronicle,
        Events events,
        List<Intake.Log> logs) {

    /** What an attack looks like. */
    enum Shape {
        /** Nothing to speak of. */
        QUIET,
        /** Many sources with a few attempts each. */
        DISTRIBUTED,
        /** Sources that a ban holds, and that come back when it ends. */
        RETURNING,
        /** A few sources with many attempts. */
        CONCENTRATED
    }

    /** One who tries. */
    record SourceRow(Cidr network, long attempts, long served, long first, long last, int days, long gapMillis) {}

    /** A limit, and how many sources reach it. */
    record RuleRow(Rule rule, int sources) {}

    record DayRow(LocalDate day, int sources, long attempts) {}

    record UserRow(String user, int sources, long attempts) {}

    /**
     * A door, and its answers.
     *
     * @param answers by status
     * @param open whether the latest attempt was answered by WordPress
     * @param since when that was; of a door that is shut, the first refusal after the last answer; 0 when it was never tried
     * @param refusals how many attempts were refused since then; 0 of an open one
     */
    record DoorRow(Door door, Map<Integer, Long> answers, boolean open, long since, long refusals) {}

    /** Whether anybody tried anything. */
    boolean isEmpty() {
        return attempts == 0;
    }

    /** How many sources there are. */
    int sourceCount() {
        return sources.size();
    }
}
