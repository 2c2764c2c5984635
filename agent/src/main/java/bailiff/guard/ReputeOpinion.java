package bailiff.guard;

import bailiff.shield.Answer;
import bailiff.shield.Objection;
import bailiff.shield.Opinion;
import bailiff.shield.Question;
import java.time.Instant;
import java.util.Optional;

/**
 * Lets the shield know what the guard has seen of those who come: who came back to an attack by many addresses, and who
 * has logged in before. Safe for any thread.
 *
 * @param repute what the guard has seen; it goes by its own clock
 */
record ReputeOpinion(Repute repute) implements Opinion {

    @Override
    public Optional<Objection> against(Question question, Instant now) {
        // The web server and the early door know no account, and whoever pings none either.
        boolean isAccountless = question.user().isEmpty();
        // Its owner may have mistyped in the midst of an attack, at an address that is new, and be back after hours.
        boolean isPerson = question.form() && question.known();
        return isAccountless || isPerson
                ? Optional.empty()
                : repute.suspicion(question.address(), question.site(), question.user(), question.known())
                        .map(why -> new Objection(Answer.Reason.RETURNING, why));
    }

    @Override
    public boolean hasSucceeded(Question question, Instant now) {
        return repute.hasSucceeded(question.address(), question.site());
    }
}
