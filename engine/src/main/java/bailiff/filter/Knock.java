package bailiff.filter;

import bailiff.line.AccessRecord;
import bailiff.net.IpAddress;
import java.util.Optional;
import java.util.Set;

/**
 * What a request meant to WordPress. Immutable.
 *
 * @param door where it came to
 * @param attempt whether somebody tried to get in, or had WordPress do something: not a look at the form, nor a page
 * @param reply how it was answered; {@link Reply#UNKNOWN} for what is no attempt
 * @param source who is to answer for it: the client, but of a pingback that another WordPress verifies whom that names
 * @param logins how many logins the one request held, at least 1
 */
public record Knock(Door door, boolean attempt, Reply reply, IpAddress source, int logins) {

    /* Posted to wp-login.php, these are no logins (wp-login.php of WordPress 6). */
    private static final Set<String> NO_LOGIN = Set.of(
            "lostpassword",
            "retrievepassword",
            "postpass",
            "logout",
            "register",
            "rp",
            "resetpass",
            "checkemail",
            "confirmaction",
            "confirm_admin_email",
            "entered_recovery_mode");

    /**
     * What the request meant.
     *
     * @param sizes what is known of the sizes of this site's answers
     */
    public static Knock of(AccessRecord record, AnswerSizes sizes) {
        Door door = Door.of(record);
        boolean post = record.method().equals("POST");
        return switch (door) {
            case LOGIN -> post ? login(record) : look(door, record);
            case XMLRPC -> post ? xmlrpc(record, sizes) : look(door, record);
            case REST -> rest(record);
            case ENUMERATION -> new Knock(door, false, enumeration(record.status()), record.client(), 1);
            case PINGBACK_VICTIM -> verification(record);
            case OTHER -> look(door, record);
        };
    }

    private static Knock look(Door door, AccessRecord record) {
        return new Knock(door, false, Reply.UNKNOWN, record.client(), 1);
    }

    private static Knock login(AccessRecord record) {
        if (NO_LOGIN.contains(Query.value(record.query(), "action"))) {
            return look(Door.LOGIN, record);
        }
        Reply reply = switch (record.status()) {
            case 302, 303 -> Reply.SUCCESS;
            case 200 -> Reply.FAILURE;
            default -> refusedOrUnknown(record.status());
        };
        return new Knock(Door.LOGIN, true, reply, record.client(), 1);
    }

    private static Knock xmlrpc(AccessRecord record, AnswerSizes sizes) {
        if (record.status() != 200) {
            return new Knock(Door.XMLRPC, true, refusedOrUnknown(record.status()), record.client(), 1);
        }
        int logins = sizes.logins(record.host(), record.bytes());
        Reply reply = logins > 0 ? Reply.FAILURE : Reply.UNKNOWN;
        return new Knock(Door.XMLRPC, true, reply, record.client(), Math.max(1, logins));
    }

    /** The user whom HTTP authentication names stands in the log whether or not the password was right. */
    private static Knock rest(AccessRecord record) {
        boolean me = record.path().endsWith("/users/me") || record.query().contains("users/me");
        boolean named = !record.user().isEmpty();
        Reply reply = switch (record.status()) {
            case 401 -> named ? Reply.FAILURE : Reply.REFUSED;
            case 200 -> me ? Reply.SUCCESS : Reply.UNKNOWN;
            default -> refusedOrUnknown(record.status());
        };
        return new Knock(Door.REST, named || me, reply, record.client(), 1);
    }

    /** Names that were told are the asker's success. */
    private static Reply enumeration(int status) {
        return switch (status) {
            case 200, 301, 302 -> Reply.SUCCESS;
            case 404 -> Reply.FAILURE;
            default -> refusedOrUnknown(status);
        };
    }

    private static Knock verification(AccessRecord record) {
        Optional<IpAddress> sender = Pingback.sender(record.agent());
        return new Knock(Door.PINGBACK_VICTIM, sender.isPresent(), Reply.UNKNOWN, sender.orElse(record.client()), 1);
    }

    private static Reply refusedOrUnknown(int status) {
        return switch (status) {
            case 401, 403, 405, 406, 429 -> Reply.REFUSED;
            default -> Reply.UNKNOWN;
        };
    }
}
