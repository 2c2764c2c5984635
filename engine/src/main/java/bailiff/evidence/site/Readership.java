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

    /** Pages seen before it can be told whether styles and scripts are fetched here at all. */
    private static final long ENOUGH_PAGES = 200;

    /** With fewer of them a page they are fetched elsewhere: from a CDN. */
    private static final double LEAST_ASSETS = 0.1;

    /** Requests seen before a form that was not fetched means something: some logs hold logins alone. */
    private static final long ENOUGH_REQUESTS = 50;

    private static final Set<String> ASSETS = Set.of(
            "css", "js", "png", "jpg", "jpeg", "gif", "ico", "svg", "webp", "avif", "woff", "woff2", "ttf", "map");

    /** The longest of them. */
    private static final int LONGEST_ENDING = 5;

    private long requests;
    private long pages;
    private long assets;

    /**
     * Notes a request that is no attempt.
     *
     * @return whether it is the first in a day that makes its source a visitor
     */
    boolean saw(AccessRecord request, Knock knock, Visits visits) {
        requests++;
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
        if (isAsset(request.path())) {
            assets++;
            return visits.asset(source, now, request);
        }
        pages++;
        visits.page(source, now);
        return false;
    }

    /** Whether somebody was given what belongs to a page. */
    static boolean isPartOfPage(AccessRecord request) {
        boolean served = request.status() == 200 || request.status() == 304;
        return served && request.method().equals("GET") && isAsset(request.path());
    }

    /** What belongs to a page, or is only for who is logged in. */
    private static boolean isAsset(String path) {
        int dot = path.lastIndexOf('.');
        boolean ending = dot > 0 && path.length() - dot - 1 <= LONGEST_ENDING;
        boolean file = ending && ASSETS.contains(path.substring(dot + 1).toLowerCase(Locale.ROOT));
        return file || path.contains("/wp-admin/") || path.contains("/wp-json/");
    }

    /** How the source behaved in the day before it sent the login form. */
    Conduct conduct(Visits visits, Cidr source, long now) {
        return switch (visits.seen(source, now)) {
            case BROWSING -> Conduct.BROWSING;
            case BARE -> pages >= ENOUGH_PAGES && assets < pages * LEAST_ASSETS ? Conduct.UNTOLD : Conduct.BARE;
            case BLIND, UNTOLD, FOREIGN, CLIENT -> requests < ENOUGH_REQUESTS ? Conduct.UNTOLD : Conduct.BLIND;
        };
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(requests);
        out.writeLong(pages);
        out.writeLong(assets);
    }

    void read(DataInput in) throws IOException {
        requests = Math.max(0, in.readLong());
        pages = Math.max(0, in.readLong());
        assets = Math.max(0, in.readLong());
    }
}
