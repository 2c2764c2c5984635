package bailiff.report;

import bailiff.evidence.site.AccessSensor;
import bailiff.evidence.site.Allowance;
import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Outcome;
import bailiff.evidence.site.Request;
import bailiff.evidence.site.SiteEvidence;
import bailiff.line.AccessRecord;
import bailiff.net.CidrSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the requests of attempts looked like, numbered: those of one attack look alike, however many addresses it has.
 * Bounded. Not thread-safe.
 */
final class Looks {

    /** Whoever changes his User-Agent with each request fills this, and what comes after has no look. 1 KB each at most. */
    static final int MOST = 8_192;

    static final int NONE = -1;

    /** Of a User-Agent: the evidence looks no further. */
    private static final int LONGEST = 200;

    private static final int LONGEST_PROTOCOL = 16;

    /** Accepts what the guard accepts by default; services were sorted out before. */
    private final SiteEvidence evidence = new SiteEvidence(Allowance.USUAL, new CidrSet(List.of()));

    private final AccessSensor sensor = new AccessSensor(evidence);
    private final Map<Look, Integer> numbers = new HashMap<>();
    private final List<Look> looks = new ArrayList<>();

    /**
     * What a request looked like.
     *
     * @param outcome what came of it, as far as the sensor knew by then
     */
    record Look(Request request, Outcome outcome) {}

    /** Takes a request, whatever it is for; gives the number of its look, or {@link #NONE} where it is no attempt. */
    int of(AccessRecord record) {
        Optional<Attempt> attempt = sensor.read(record);
        if (attempt.isEmpty()) {
            return NONE;
        }
        Look look = new Look(cut(attempt.get().request()), attempt.get().login().outcome());
        Integer known = numbers.get(look);
        if (known != null || looks.size() >= MOST) {
            return known == null ? NONE : known;
        }
        looks.add(look);
        numbers.put(look, looks.size() - 1);
        return looks.size() - 1;
    }

    private static Request cut(Request request) {
        return new Request(
                request.door(),
                cut(request.protocol(), LONGEST_PROTOCOL),
                cut(request.spelling(), LONGEST),
                request.origin(),
                request.agent().map(agent -> cut(agent, LONGEST)),
                request.conduct(),
                request.crowd());
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    /** The look of that number; nothing for {@link #NONE}. */
    Optional<Look> get(int number) {
        return number < 0 ? Optional.empty() : Optional.of(looks.get(number));
    }

    /** What is to weigh the attempts; it knows by now who visited. */
    SiteEvidence evidence() {
        return evidence;
    }
}
