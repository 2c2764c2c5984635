package bailiff.wire;

/** Carries out fail2ban's commands; the guard. Called on many threads at once. */
@FunctionalInterface
public interface Commands {

    /**
     * Carries out one command and says what came of it; never throws for what a client sent.
     *
     * @param command what the client sent: a list of texts and of lists, when it is an honest one
     */
    Answer carryOut(Value command);
}
