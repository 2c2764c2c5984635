package bailiff.guard;

import bailiff.wire.Answer;
import bailiff.wire.Value;
import java.io.Serial;
import java.util.List;

/** A command of fail2ban's that was not carried out, with the exception that fail2ban's clients are to see. */
final class Refused extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final transient Answer.Failed answer;

    Refused(Answer.Failed answer) {
        super(answer.str());
        this.answer = answer;
    }

    /** With a bare {@code Exception} of Python's. */
    static Refused because(String message) {
        return new Refused(Answer.Failed.of("Exception", message));
    }

    /** A value is not what it should be. */
    static Refused value(String message) {
        return new Refused(Answer.Failed.of("ValueError", message));
    }

    /** The command is shorter than it should be. */
    static Refused tooShort() {
        return new Refused(Answer.Failed.of("IndexError", "list index out of range"));
    }

    static Refused unknownJail(String name) {
        return new Refused(Answer.Failed.unknownJail(name));
    }

    /** A regular expression or date pattern that cannot be compiled. */
    static Refused regex(String message) {
        return new Refused(
                new Answer.Failed("fail2ban.server.failregex", "RegexException", List.of(Value.of(message))));
    }

    Answer.Failed answer() {
        return answer;
    }
}
