package bailiff.shield;

/** What the shield says to a question. */
public sealed interface Answer {

    /**
     * The attempt may be made.
     *
     * @param repeat whether the same address asked for the same account with the same password before, so that it is
     *     most likely a program with a stale one
     */
    record Proceed(boolean repeat) implements Answer {}

    /**
     * The attempt is refused.
     *
     * @param reason why
     * @param seconds for how long that will be so, at least 1
     * @param observed whether nobody is refused, since the guard only observes
     */
    record Refuse(Reason reason, long seconds, boolean observed) implements Answer {}

    /** Why an attempt is refused. */
    enum Reason {
        /** The address is banned. */
        BANNED("banned"),

        /** Its earlier attempts belong to an attack. */
        RETURNING("returning"),

        /** It makes more attempts in one request than any honest program. */
        MULTICALL("multicall"),

        /** What others did at the site speaks against it: it looks like a campaign. */
        CAMPAIGN("campaign"),

        /** What its source did at the site speaks against it. */
        EVIDENCE("evidence");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /** The one word of the protocol. */
        public String word() {
            return word;
        }
    }

    /** The answer as one line of the protocol, without the line feed. */
    default String line() {
        return switch (this) {
            case Proceed(boolean repeat) -> repeat ? "proceed repeat" : "proceed";
            case Refuse(Reason reason, long seconds, boolean observed) ->
                (observed ? "count " : "refuse ") + reason.word() + " " + seconds;
        };
    }
}
