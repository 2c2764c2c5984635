package bailiff.evidence.site;

import bailiff.filter.Knock;
import bailiff.line.AccessRecord;
import bailiff.net.Cidr;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;

/**
 * How people read one site: what a log of it can tell of conduct at all.
 *
 * <p>Not thread-safe.
 */
final class Readership {

    /** Readers of a day seen before it can be told whether styles and scripts are fetched here at all. */
    private static final long ENOUGH_READERS = 50;

    /**
     * Where fewer of the readers fetch any, they are fetched elsewhere: from a CDN, or by requests that are not logged.
     * Readers and not requests are counted, or one scanner of a thousand pages would switch off what is known of all.
     */
    private static final double LEAST_FETCHING = 0.03;

    /** Readers after which half of them are forgotten, so that a site that moves its styles is seen to have. */
    private static final long MOST_READERS = 10_000;

    /** Pages asked for before a form that was not means something: some logs hold logins alone, or what is sent. */
    private static final long ENOUGH_REQUESTS = 50;

    private static final Set<String> ASSETS =
            Set.of("css", "js", "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "woff", "woff2", "ttf", "map");

    /** The longest of them. */
    private static final int LONGEST_ENDING = 5;

    private long requests;
    private long readers;
    private long fetching;

    /**
     * Notes a request that is no attempt.
     *
     * @return whether it is the first in a day that makes its source a visitor
     */
    boolean saw(AccessRecord request, Knock knock, Visits visits) {
        requests += request.method().equals("GET") ? 1 : 0;
        boolean served = request.status() == 200 || request.status() == 304;
        if (!served || !request.method().equals("GET")) {
            return false;
        }
        long now = request.time().getEpochSecond();
        return switch (knock.door()) {
            case LOGIN, XMLRPC -> {
                visits.form(Attempt.source(request.client()), now);
                yield false;
            }
            case PINGBACK_VICTIM -> false;
            case REST, ENUMERATION, OTHER -> read(request, now, visits);
        };
    }

    private boolean read(AccessRecord request, long now, Visits visits) {
        Cidr source = Attempt.source(request.client());
        boolean file = isFile(request.path());
        if (file || isAsset(request.path())) {
            fetching += file && visits.file(source, now) ? 1 : 0;
            return visits.asset(source, now, request);
        }
        readers += visits.page(source, now) ? 1 : 0;
        if (readers >= MOST_READERS) {
            readers /= 2;
            fetching /= 2;
        }
        return false;
    }

    private boolean isElsewhere() {
        return readers >= ENOUGH_READERS && fetching < readers * LEAST_FETCHING;
    }

    /** Whether somebody was given what belongs to a page. */
    static boolean isPartOfPage(AccessRecord request) {
        boolean served = request.status() == 200 || request.status() == 304;
        return served && request.method().equals("GET") && (isFile(request.path()) || isAsset(request.path()));
    }

    /** What is no such file and belongs to a page all the same, or is only for who is logged in. */
    private static boolean isAsset(String path) {
        return path.endsWith("/favicon.ico") || (path.contains("/wp-") && isForUsers(path));
    }

    private static boolean isForUsers(String path) {
        return path.contains("/wp-admin/") || path.contains("/wp-json/");
    }

    /** The icon is none: browsers ask the site for it wherever its styles are. */
    private static boolean isFile(String path) {
        int end = path.length();
        for (int i = 2; i <= LONGEST_ENDING + 1 && i < end; i++) {
            if (path.charAt(end - i) == '.') {
                return ASSETS.contains(path.substring(end - i + 1).toLowerCase(Locale.ROOT));
            }
        }
        return false;
    }

    /** How the source behaved in the day before it sent the login form. */
    Conduct conduct(Visits visits, Cidr source, long now) {
        return switch (visits.seen(source, now)) {
            case BROWSING -> Conduct.BROWSING;
            case BARE -> isElsewhere() ? Conduct.UNTOLD : Conduct.BARE;
            case BLIND, UNTOLD, MARKED, FOREIGN, CLIENT -> requests < ENOUGH_REQUESTS ? Conduct.UNTOLD : Conduct.BLIND;
        };
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(requests);
        out.writeLong(readers);
        out.writeLong(fetching);
    }

    void read(DataInput in) throws IOException {
        requests = Math.max(0, in.readLong());
        readers = Math.max(0, in.readLong());
        fetching = Math.max(0, in.readLong());
    }
}
