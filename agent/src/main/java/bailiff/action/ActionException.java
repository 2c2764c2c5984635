package bailiff.action;

/** A command of an action could not be carried out. */
final class ActionException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * That it failed.
     *
     * @param why for a person, without hostile text that could forge a line of the log
     */
    ActionException(String why) {
        super(why);
    }

    /** For a person. */
    String why() {
        return String.valueOf(getMessage());
    }
}
