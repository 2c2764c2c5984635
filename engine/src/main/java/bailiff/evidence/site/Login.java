package bailiff.evidence.site;

/**
 * The login of an attempt.
 *
 * @param user the folded account name; empty where it is not known
 * @param weight how many logins the request held, at least 1
 * @param repeat whether the same address sent the same password for this account before: most likely a program with a
 *     stale one
 */
public record Login(String user, Account account, Outcome outcome, int weight, boolean repeat) {

    /** One login of which no more is known than what came of it, as in an access log. */
    public static Login untold(Outcome outcome) {
        return new Login("", Account.UNTOLD, outcome, 1, false);
    }

    /** So many logins in one request, of which no more is known. */
    static Login untold(Outcome outcome, int logins) {
        return new Login("", Account.UNTOLD, outcome, logins, false);
    }

    /** The same login, had this guard refused it. */
    public Login shielded() {
        return new Login(user, account, Outcome.SHIELDED, weight, repeat);
    }
}
