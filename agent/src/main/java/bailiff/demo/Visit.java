package bailiff.demo;

/**
 * One request to the toy site.
 *
 * @param from the visitor's address
 * @param door what is tried: a log-in, or a pingback
 * @param user the user name, or the pingback's target; without blanks
 * @param right whether the password is right
 */
record Visit(String from, Door door, String user, boolean right) {

    /** The doors of a WordPress site that the demo shows. */
    enum Door {
        LOGIN,
        PINGBACK
    }

    /** The same visit by somebody else. */
    Visit by(String address) {
        return new Visit(address, door, user, right);
    }

    /** What WordPress, with the classic traps, writes to the auth log: nothing when all is well. */
    String failure() {
        if (right) {
            return "";
        }
        return switch (door) {
            case LOGIN -> "Authentication failure for " + user + " from " + from;
            case PINGBACK -> "Pingback error 17 generated from " + from;
        };
    }
}
