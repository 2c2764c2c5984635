package bailiff.doctor;

/**
 * What came of one step.
 *
 * @param step its name, one word
 * @param detail one or more sentences; may hold what others wrote, so that it is to be made printable
 * @param advice what to do about it, as a sentence; empty where nothing is to be done
 */
public record Finding(String step, State state, String detail, String advice) {

    /** How a step ended. */
    public enum State {
        /** It works. */
        OK("ok"),
        /** It does not. */
        FAILED("failed"),
        /** It could not be tried, or need not be. */
        NOT_TESTED("not tested");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** As people and scripts read it. */
        @Override
        public String toString() {
            return word;
        }
    }

    static Finding ok(String step, String detail) {
        return new Finding(step, State.OK, detail, "");
    }

    static Finding failed(String step, String detail, String advice) {
        return new Finding(step, State.FAILED, detail, advice);
    }

    static Finding notTested(String step, String detail, String advice) {
        return new Finding(step, State.NOT_TESTED, detail, advice);
    }
}
