package bailiff.demo;

/**
 * One request to the toy site.
 *
 * @param from the visitor's address
 * @param door what is tried: a log-in, or a pingback
 * @param user the user name, or the pingback's target; without blanks
 * @param right whether the password is right
 * @param form whether it is the form that the site showed to this visitor, sent back
 */
record Visit(String from, Door door, String user, boolean right, boolean form) {

    /** The doors of a WordPress site that the demo shows. */
    enum Door {
        LOGIN,
        PINGBACK
    }

    /** The same visit by somebody else. */
    Visit by(String address) {
        return new Visit(address, door, user, right, form);
    }

    /** What our plugin tells the shield of how the visit looks: a browser that sends the form, or a program. */
    String looks() {
        return form
                ? " form=1 referer=door agent=Mozilla/5.0%20%28X11%3B%20Linux%20x86_64%3B%20rv:140.0%29%20Firefox/140.0"
                : " form=0 referer=none agent=python-requests/2.31.0";
    }

    /** What WordPress, with our plugin, writes to the auth log. */
    String report(Outcome outcome) {
        if (outcome == Outcome.REFUSED) {
            return "Blocked authentication attempt for " + user + " from " + from;
        }
        if (right) {
            return "Accepted password for " + user + " from " + from;
        }
        return switch (door) {
            case LOGIN -> "Authentication failure for " + user + " from " + from;
            case PINGBACK -> "Pingback error 17 generated from " + from;
        };
    }
}
