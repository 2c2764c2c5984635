package bailiff.evidence.site;

import java.util.Optional;

/**
 * What was asked about attempts, until somebody tells what came of them: the question knows the request, and the line that
 * follows it the outcome. Not thread-safe.
 */
final class Asked {

    /** Questions kept: their lines follow within a second, and of a flood's the shield needs no more than this. */
    private static final int ROOM = 4_096;

    /** In seconds; a login takes a few at most, and a line may wait for syslog. */
    private static final long KEPT = 300;

    private record Told(long second, Request request) {}

    private final Recent<String, Told> questions = new Recent<>(ROOM);

    void keep(String site, Attempt attempt) {
        questions.put(key(site, attempt, attempt.request().door()), new Told(attempt.second(), attempt.request()));
    }

    /** The same attempt with what was asked about it, where it tells nothing of its request itself. */
    Attempt complete(String site, Attempt attempt) {
        Request request = attempt.request();
        if (questions.size() == 0 || !request.equals(Request.untold(request.door()))) {
            return attempt;
        }
        return find(site, attempt, request.door())
                // An application password over REST is accepted in the words of the form.
                .or(() -> request.door() == Door.LOGIN && attempt.login().outcome() == Outcome.SUCCESS
                        ? find(site, attempt, Door.REST)
                        : Optional.empty())
                .map(told -> new Attempt(attempt.time(), attempt.client(), attempt.login(), told))
                .orElse(attempt);
    }

    private Optional<Request> find(String site, Attempt attempt, Door door) {
        return Optional.ofNullable(questions.find(key(site, attempt, door)))
                .filter(told -> Math.abs(attempt.second() - told.second()) <= KEPT)
                .map(Told::request);
    }

    private static String key(String site, Attempt attempt, Door door) {
        return site
                + ' '
                + attempt.source()
                + ' '
                + door
                + ' '
                + attempt.login().user();
    }
}
