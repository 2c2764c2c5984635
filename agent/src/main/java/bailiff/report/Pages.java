package bailiff.report;

import bailiff.filter.Door;
import bailiff.line.AccessRecord;
import java.util.Locale;
import java.util.Set;

/** Tells pages that people read from everything else that a site serves. Stateless. */
final class Pages {

    private static final Set<String> ASSETS = Set.of(
            "css", "js", "map", "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "woff", "woff2", "ttf",
            "eot", "otf", "mp3", "mp4", "webm", "pdf", "zip", "gz", "xml", "txt", "json", "xsl");

    /* The administration has its styles and scripts from load-styles.php and load-scripts.php too; never all of them. */
    private static final Set<String> FETCHED =
            Set.of("css", "js", "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "woff", "woff2", "ttf");

    private Pages() {}

    /** Whether the request was for a page, and was answered with it. */
    static boolean isPage(AccessRecord record) {
        boolean served = record.status() == 200 || record.status() == 304;
        String path = record.path();
        return served
                && record.method().equals("GET")
                && path.indexOf("/wp-") < 0
                && !path.endsWith("/feed/")
                && !ASSETS.contains(extension(path));
    }

    /** Whether the request was for what a browser fetches with a page, and was answered. */
    static boolean isAsset(AccessRecord record) {
        return (record.status() == 200 || record.status() == 304)
                && record.method().equals("GET")
                && FETCHED.contains(extension(record.path()));
    }

    private static String extension(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 || dot < path.lastIndexOf('/')
                ? ""
                : path.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** The door that an error log's line is about, by the file's name or the request in it. */
    static Door door(String subject) {
        if (subject.contains("/wp-login.php")) {
            return Door.LOGIN;
        }
        return subject.contains("/xmlrpc.php") ? Door.XMLRPC : Door.OTHER;
    }

    /** The door that WordPress's line is about, by its first words; the classic traps do not tell login and XML-RPC apart. */
    static Door doorOfMessage(String line) {
        if (line.contains(": XML-RPC ")) {
            return Door.XMLRPC;
        }
        if (line.contains(": Pingback ")) {
            return Door.XMLRPC;
        }
        return line.contains(": REST ") ? Door.REST : Door.OTHER;
    }
}
