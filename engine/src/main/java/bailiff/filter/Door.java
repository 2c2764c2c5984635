package bailiff.filter;

import bailiff.line.AccessRecord;

/** Which of WordPress's doors a request was for. */
public enum Door {
    /** wp-login.php. */
    LOGIN,
    /** xmlrpc.php. */
    XMLRPC,
    /** The REST interface, by path or by {@code ?rest_route=}. */
    REST,
    /** A question for the names of users: {@code ?author=1}, the list of users in REST or in the sitemap. */
    ENUMERATION,
    /** Another WordPress looks whether we link to it, because somebody sent it a pingback in our name. */
    PINGBACK_VICTIM,
    /** All else: pages, images, the administration. */
    OTHER;

    private static final String REST_ROUTE = "rest_route=";

    /** The door of a request, told by its path, its query and what the client calls itself. */
    public static Door of(AccessRecord record) {
        if (Pingback.isVerification(record.agent())) {
            return PINGBACK_VICTIM;
        }
        String path = record.path();
        String query = record.query();
        if (isScript(path, "/wp-login.php")) {
            return LOGIN;
        }
        if (isScript(path, "/xmlrpc.php")) {
            return XMLRPC;
        }
        if (query.isEmpty() && path.indexOf("/wp-") < 0) {
            return OTHER;
        }
        return asksForUsers(path, query) ? ENUMERATION : isRest(path, query) ? REST : OTHER;
    }

    /** Whether that script answers, at the root or in a folder, with or without something behind its name. */
    private static boolean isScript(String path, String script) {
        int at = path.indexOf(script);
        int end = at + script.length();
        return at >= 0 && (end == path.length() || path.charAt(end) == '/');
    }

    private static boolean isRest(String path, String query) {
        return path.contains("/wp-json/")
                || path.endsWith("/wp-json")
                || !Query.value(query, "rest_route").isEmpty();
    }

    private static boolean asksForUsers(String path, String query) {
        String author = Query.value(query, "author");
        if (!author.isEmpty() && author.chars().allMatch(Character::isDigit)) {
            return !path.contains("/wp-admin/");
        }
        String route = query.contains(REST_ROUTE) ? Query.value(query, "rest_route") : path;
        int users = route.indexOf("/wp/v2/users");
        return (users >= 0 && !route.startsWith("/me", users + "/wp/v2/users".length()))
                || path.contains("/wp-sitemap-users-");
    }
}
