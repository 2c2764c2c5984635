package bailiff.report;

import bailiff.filter.Door;
import bailiff.filter.Reply;

/**
 * One line about somebody at a door, from whichever log.
 *
 * @param millis when, since 1970, by the log's own clock
 * @param source whose it is, as {@link Sources} numbers them
 * @param kind of which log
 * @param door where; {@link Door#OTHER} where the log does not say
 * @param status of the answer; 0 where the log does not say
 * @param bytes of the answer; -1 where the log does not say
 * @param logins how many logins it held
 * @param text what else it says, as {@link Texts} numbers them: an access log's request, WordPress's user, an error log's
 *     message; -1 for nothing
 * @param site whose answer it is, as {@link Texts} numbers them
 * @param reply what came of it, as far as its line alone tells
 * @param look what its request looked like, as {@link Looks} numbers them; -1 where that is not known
 */
record Attempt(
        long millis,
        int source,
        Kind kind,
        Door door,
        short status,
        int bytes,
        int logins,
        int text,
        int site,
        Reply reply,
        int look) {

    /** One of which the log tells neither more nor less than its kind does: WordPress's is of a failure. */
    Attempt(long millis, int source, Kind kind, Door door, short status, int bytes, int logins, int text, int site) {
        this(millis, source, kind, door, status, bytes, logins, text, site, usual(kind), -1);
    }

    private static Reply usual(Kind kind) {
        return switch (kind) {
            case ACCESS -> Reply.UNKNOWN;
            case AUTH -> Reply.FAILURE;
            case ERROR -> Reply.REFUSED;
        };
    }

    /** Which log told. */
    enum Kind {
        ACCESS,
        AUTH,
        ERROR
    }

    /** Whether the server turned it away unseen by WordPress. */
    boolean isRefused() {
        return kind == Kind.ERROR || status == 401 || status == 403 || status == 405 || status == 406 || status == 429;
    }

    /** Whether WordPress itself had the work of it. */
    boolean isServed() {
        return kind == Kind.ACCESS && !isRefused();
    }

    /** Whether it was let in, as far as its line alone tells. */
    boolean isAccepted() {
        return reply == Reply.SUCCESS;
    }

    /** The same at another time. */
    Attempt at(long other) {
        return new Attempt(other, source, kind, door, status, bytes, logins, text, site, reply, look);
    }
}
