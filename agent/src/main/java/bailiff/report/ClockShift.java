package bailiff.report;

import bailiff.report.Attempt.Kind;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How far the clock of one kind of log is off from that of the access logs: logs that name no zone are read in the zone of
 * the machine that reads them, and those that name no year in the latest possible. Immutable.
 *
 * @param years to be taken off
 * @param quarters quarters of an hour to be taken off
 * @param agreeing how many lines have a request of the same client beside them with that shift
 */
record ClockShift(int years, int quarters, int agreeing) {

    /*
     * Each line of the other log votes, with each request of the same client, for the shift that would put the two within
     * seconds. Shifts between zones are whole quarters of an hour. What gets the most votes is believed, unless no shift at
     * all gets half as many: attackers who come in quarters of an hour must not move our clocks.
     */

    static final ClockShift NONE = new ClockShift(0, 0, 0);

    private static final long QUARTER = 900_000;
    private static final long APART = 10_000;
    private static final int MOST_QUARTERS = 26 * 4;
    private static final int MOST_YEARS = 40;
    private static final int FEWEST_VOTES = 2;

    /** Of one client, so many lines vote at most. */
    private static final int MOST_LINES = 64;

    boolean isNone() {
        return years == 0 && quarters == 0;
    }

    /** The moment that the other log means. */
    long applied(long millis) {
        return minusYears(millis, years) - quarters * QUARTER;
    }

    private static long minusYears(long millis, int years) {
        return years == 0
                ? millis
                : Instant.ofEpochMilli(millis)
                        .atOffset(ZoneOffset.UTC)
                        .minusYears(years)
                        .toInstant()
                        .toEpochMilli();
    }

    /** The shift of that kind of log against the access logs. */
    static ClockShift of(Kind kind, Map<Integer, List<Attempt>> bySource) {
        Map<ClockShift, int[]> votes = new HashMap<>();
        bySource.values().forEach(attempts -> vote(kind, attempts, votes));
        ClockShift best = NONE;
        int most = 0;
        for (Map.Entry<ClockShift, int[]> entry : votes.entrySet()) {
            int count = entry.getValue()[0];
            boolean nearer = count == most && entry.getKey().distance() < best.distance();
            if (count > most || nearer) {
                most = count;
                best = entry.getKey();
            }
        }
        int unshifted = votes.getOrDefault(NONE, new int[1])[0];
        boolean believed = most >= FEWEST_VOTES && unshifted * 2 < most;
        return believed ? new ClockShift(best.years, best.quarters, most) : new ClockShift(0, 0, unshifted);
    }

    private long distance() {
        return Math.abs((long) years) * 1_000 + Math.abs(quarters);
    }

    private static void vote(Kind kind, List<Attempt> attempts, Map<ClockShift, int[]> votes) {
        List<Attempt> others = attempts.stream()
                .filter(one -> one.kind() == kind)
                .limit(MOST_LINES)
                .toList();
        List<Attempt> requests = attempts.stream()
                .filter(one -> one.kind() == Kind.ACCESS)
                .limit(MOST_LINES)
                .toList();
        for (Attempt other : others) {
            requests.stream()
                    .map(request -> between(other.millis(), request.millis()))
                    .filter(Objects::nonNull)
                    .distinct()
                    .forEach(shift -> votes.computeIfAbsent(shift, _ -> new int[1])[0]++);
        }
    }

    private static @Nullable ClockShift between(long other, long request) {
        int years = year(other) - year(request);
        if (Math.abs(years) > MOST_YEARS) {
            return null;
        }
        long apart = minusYears(other, years) - request;
        long quarters = Math.round((double) apart / QUARTER);
        boolean near = Math.abs(apart - quarters * QUARTER) <= APART && Math.abs(quarters) <= MOST_QUARTERS;
        return near ? new ClockShift(years, (int) quarters, 0) : null;
    }

    private static int year(long millis) {
        return OffsetDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC)
                .getYear();
    }
}
