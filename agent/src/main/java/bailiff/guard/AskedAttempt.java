package bailiff.guard;

import bailiff.evidence.site.Account;
import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Conduct;
import bailiff.evidence.site.Door;
import bailiff.evidence.site.Login;
import bailiff.evidence.site.Origin;
import bailiff.evidence.site.Outcome;
import bailiff.evidence.site.Request;
import bailiff.shield.Question;
import java.time.Instant;
import java.util.Optional;

/** Makes the attempt that the shield is asked about. Stateless. */
final class AskedAttempt {

    /* As many as the evidence counts of one request. */
    private static final int MOST_LOGINS = 1_000;

    private AskedAttempt() {}

    /** The attempt, of which nobody knows yet what comes of it; nothing where the question names no site or no login. */
    static Optional<Attempt> of(Question question, Instant now) {
        boolean isSite = !question.site().isEmpty() && question.site().length() <= Testimony.LONGEST_NAME;
        return isSite
                ? door(question.door())
                        .map(door -> new Attempt(now, question.address(), login(question), request(question, door)))
                : Optional.empty();
    }

    private static Optional<Door> door(Question.Door asked) {
        return switch (asked) {
            case LOGIN -> Optional.of(Door.LOGIN);
            case XMLRPC -> Optional.of(Door.XMLRPC);
            case REST -> Optional.of(Door.REST);
            case PINGBACK, ANY -> Optional.empty();
        };
    }

    private static Login login(Question question) {
        Account account =
                question.user().isEmpty() ? Account.UNTOLD : question.known() ? Account.KNOWN : Account.UNKNOWN;
        int weight = Math.clamp(question.logins(), 1, MOST_LOGINS);
        return new Login(Testimony.folded(question.user()), account, Outcome.UNKNOWN, weight, false);
    }

    private static Request request(Question question, Door door) {
        Origin origin = switch (question.referer()) {
            case UNTOLD -> Origin.UNTOLD;
            case NONE -> Origin.NONE;
            case DOOR -> Origin.DOOR;
            case ELSEWHERE -> Origin.ELSEWHERE;
        };
        Conduct conduct =
                door == Door.LOGIN ? Conduct.ofForm(question.form()) : Conduct.ofProgram(question.agent(), origin);
        return new Request(door, question.protocol(), question.spelling(), origin, question.agent(), conduct, false);
    }
}
