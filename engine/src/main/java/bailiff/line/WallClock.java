package bailiff.line;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** What the clocks on the wall of a zone show, turned into instants. Not thread-safe. */
final class WallClock {

    /*
     * When clocks are put back, an hour is shown twice. A failure that is taken for older than it is may fall out of
     * findtime, so the later instant is meant, unless it has not come yet: then the line was written the first time
     * round. (Live lines are thus always right; in a replay the whole hour counts as the second.) When clocks are put
     * forward, an hour is never shown: whoever writes it has not been put forward yet, which again gives the later
     * instant.
     *
     * Looking up a zone's rules costs more than the rest of reading a time, and nearly all lines of a log lie between
     * the same two changes of its clock; so the last answer is kept with the range of local times that it holds for.
     */

    /** How far another machine's clock may be ahead, in seconds. */
    private static final long AHEAD = 60;

    private final ZoneRules rules;
    private long from;
    private long until;
    private int offset;

    WallClock(ZoneId zone) {
        this.rules = zone.getRules();
    }

    /**
     * The second since 1970 at which the clocks show a time.
     *
     * @param local that time as if it were UTC, in seconds since 1970
     * @param now the present, in seconds since 1970
     */
    long toEpochSecond(long local, long now) {
        if (local >= from && local < until) {
            return local - offset;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(local, 0, ZoneOffset.UTC);
        if (rules.getValidOffsets(time).size() == 1) {
            remember(time, rules.getOffset(time));
            return local - offset;
        }
        ZoneOffsetTransition change = rules.getTransition(time);
        long before = local - change.getOffsetBefore().getTotalSeconds();
        long after = local - change.getOffsetAfter().getTotalSeconds();
        return change.isGap() || after > now + AHEAD ? before : after;
    }

    private void remember(LocalDateTime time, ZoneOffset valid) {
        ZoneOffsetTransition earlier =
                rules.previousTransition(time.toInstant(valid).plusSeconds(1));
        ZoneOffsetTransition later = rules.nextTransition(time.toInstant(valid));
        offset = valid.getTotalSeconds();
        from = earlier == null ? Long.MIN_VALUE : Math.max(shownBefore(earlier), shownAfter(earlier));
        until = later == null ? Long.MAX_VALUE : Math.min(shownBefore(later), shownAfter(later));
    }

    private static long shownBefore(ZoneOffsetTransition change) {
        return change.getDateTimeBefore().toEpochSecond(ZoneOffset.UTC);
    }

    private static long shownAfter(ZoneOffsetTransition change) {
        return change.getDateTimeAfter().toEpochSecond(ZoneOffset.UTC);
    }
}
