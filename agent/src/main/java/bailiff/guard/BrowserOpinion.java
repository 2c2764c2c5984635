package bailiff.guard;

import bailiff.shield.Opinion;
import bailiff.shield.Question;
import java.time.Instant;

/**
 * Has the {@link ProxyWatch} know of browsers that the shield is asked about: of those that bring back the mark of a
 * login form, which only who has fetched one can. It objects to nobody. Safe for any thread.
 */
record BrowserOpinion(ProxyWatch watch) implements Opinion {

    @Override
    public void answered(Question question, boolean refused, Instant now) {
        if (question.form().orElse(false)) {
            question.agent().ifPresent(agent -> watch.browser(question.address(), agent));
        }
    }
}
