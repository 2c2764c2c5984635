package bailiff.evidence.site;

import bailiff.net.Cidr;
import java.util.Comparator;
import java.util.Optional;

/**
 * What was known of the requests for which the shield was asked, until a trap tells what came of them.
 *
 * <p>Not thread-safe.
 */
final class Asked {

    /** Questions remembered; a flood drives out who was asked for before, of whom less is known then. 2 MB. */
    private static final int ROOM = 4_096;

    /** In seconds: from the question to the line of the trap, however slowly passwords are tested. */
    private static final long LASTS = 300;

    /** WordPress has no longer account (users.user_login), nor e-mail address (users.user_email). */
    private static final int LONGEST_USER = 100;

    private record Key(String site, Cidr source, Door door, String user) implements Comparable<Key> {

        private static final Comparator<Key> ORDER = Comparator.comparing(Key::source)
                .thenComparing(Key::door)
                .thenComparing(Key::user)
                .thenComparing(Key::site);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private record Question(Request request, long second) {}

    private final Recent<Key, Question> questions = new Recent<>(ROOM);

    /** Somebody asked whether this attempt may be made. */
    void question(String site, Attempt attempt) {
        Question question = new Question(attempt.request(), attempt.second());
        Key key = key(site, attempt, attempt.request().door(), attempt.login().user());
        questions.put(key, question);
        if (!key.user().isEmpty()) {
            questions.put(new Key(site, key.source(), key.door(), ""), question);
        }
    }

    /** The request of the attempt, where the shield was asked about it; a line without a user takes the last. */
    Optional<Request> request(String site, Attempt attempt) {
        Door door = attempt.request().door();
        // An application password over REST is accepted in the words of the form.
        boolean maybeRest = door == Door.LOGIN && attempt.login().outcome() == Outcome.SUCCESS;
        return find(site, attempt, door)
                .or(() -> maybeRest ? find(site, attempt, Door.REST) : Optional.empty())
                .map(Question::request);
    }

    private Optional<Question> find(String site, Attempt attempt, Door door) {
        return Optional.ofNullable(
                        questions.find(key(site, attempt, door, attempt.login().user())))
                .filter(question -> Math.abs(attempt.second() - question.second()) <= LASTS);
    }

    private static Key key(String site, Attempt attempt, Door door, String user) {
        String cut = user.length() <= LONGEST_USER ? user : user.substring(0, LONGEST_USER);
        return new Key(site, attempt.source(), door, cut);
    }
}
