package bailiff.report;

import bailiff.filter.AnswerSizes;
import bailiff.filter.Door;
import bailiff.report.Attempt.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attempts of all logs, those joined that are the same one: the access log's request, WordPress's word about it and the
 * error log's. Immutable.
 *
 * @param all by time
 * @param bySource the same, of each source by time
 * @param auth how far the clock of WordPress's log was off
 * @param errors how far the clock of the error log was off
 */
record Events(List<Event> all, Map<Integer, List<Event>> bySource, ClockShift auth, ClockShift errors) {

    /** A request stands in the access log with the time when it began; WordPress may have been at it for that long. */
    private static final long LONGEST_REQUEST = 60_000;

    /** Clocks of one machine, in whole seconds. */
    private static final long APART = 2_000;

    /** So many requests are looked at for one line of another log, in a flood. */
    private static final int MOST_LOOKED_AT = 64;

    static Events of(List<Attempt> attempts, AnswerSizes sizes, Texts texts) {
        Map<Integer, List<Attempt>> told = new HashMap<>();
        attempts.forEach(attempt ->
                told.computeIfAbsent(attempt.source(), _ -> new ArrayList<>()).add(attempt));
        ClockShift auth = ClockShift.of(Kind.AUTH, told);
        ClockShift errors = ClockShift.of(Kind.ERROR, told);
        List<Event> all = new ArrayList<>(attempts.size());
        Map<Integer, List<Event>> bySource = new HashMap<>();
        told.forEach((source, of) -> {
            List<Event> joined = joined(of, auth, errors);
            bySource.put(source, joined);
            all.addAll(joined);
        });
        all.sort(Comparator.comparingLong(Event::millis).thenComparingInt(Event::source));
        all.forEach(event -> learn(event, sizes, texts));
        return new Events(all, bySource, auth, errors);
    }

    private static void learn(Event event, AnswerSizes sizes, Texts texts) {
        Attempt access = event.access();
        Attempt auth = event.auth();
        if (auth != null
                && !auth.isAccepted()
                && access != null
                && access.door() == Door.XMLRPC
                && access.status() == 200) {
            sizes.failed(texts.text(access.site()), access.bytes());
        }
    }

    private static List<Event> joined(List<Attempt> of, ClockShift auth, ClockShift errors) {
        List<Attempt> requests = kind(of, Kind.ACCESS, ClockShift.NONE);
        @Nullable Attempt[] auths = new Attempt[requests.size()];
        @Nullable Attempt[] refusals = new Attempt[requests.size()];
        List<Event> events = new ArrayList<>();
        for (Attempt line : kind(of, Kind.AUTH, auth)) {
            if (!join(line, requests, auths)) {
                events.add(new Event(null, line, null));
            }
        }
        for (Attempt line : kind(of, Kind.ERROR, errors)) {
            if (!join(line, requests, refusals)) {
                events.add(new Event(null, null, line));
            }
        }
        for (int i = 0; i < requests.size(); i++) {
            events.add(new Event(requests.get(i), auths[i], refusals[i]));
        }
        events.sort(Comparator.comparingLong(Event::millis));
        return events;
    }

    private static List<Attempt> kind(List<Attempt> of, Kind kind, ClockShift shift) {
        return of.stream()
                .filter(attempt -> attempt.kind() == kind)
                .map(attempt -> shift.isNone() ? attempt : attempt.at(shift.applied(attempt.millis())))
                .sorted(Comparator.comparingLong(Attempt::millis))
                .toList();
    }

    /** Gives the line to the nearest request that has none yet and can be its own. */
    private static boolean join(Attempt line, List<Attempt> requests, @Nullable Attempt[] taken) {
        int best = -1;
        long nearest = Long.MAX_VALUE;
        int at = firstFrom(requests, line.millis() - LONGEST_REQUEST);
        int looked = 0;
        for (; at < requests.size() && looked < MOST_LOOKED_AT; at++) {
            Attempt request = requests.get(at);
            if (request.millis() > line.millis() + APART) {
                break;
            }
            if (taken[at] == null && fits(line, request)) {
                looked++;
                long apart = Math.abs(request.millis() - line.millis());
                if (apart < nearest) {
                    nearest = apart;
                    best = at;
                }
            }
        }
        if (best < 0) {
            return false;
        }
        taken[best] = line;
        return true;
    }

    private static boolean fits(Attempt line, Attempt request) {
        boolean door = line.door() == Door.OTHER || line.door() == request.door();
        boolean error = line.kind() == Kind.ERROR;
        boolean inTime = request.millis() >= line.millis() - (error ? APART : LONGEST_REQUEST);
        return door && inTime && (error ? request.isRefused() : request.isServed() && agrees(line, request));
    }

    /** Whoever gets the form again was not let in; some sites redirect those too who were not. */
    private static boolean agrees(Attempt line, Attempt request) {
        return !line.isAccepted() || request.door() != Door.LOGIN || request.status() != 200;
    }

    private static int firstFrom(List<Attempt> requests, long millis) {
        int low = 0;
        int high = requests.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (requests.get(middle).millis() < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
