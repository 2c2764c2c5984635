package bailiff.evidence.site;

import bailiff.line.AccessRecord;
import bailiff.net.Cidr;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who reads the site, with what belongs to its pages or without.
 *
 * <p>Not thread-safe.
 */
final class Visits {

    /** Sources remembered: the visitors of a busy day, at 64 bytes each. */
    private static final int ROOM = 20_000;

    private static final long DAY = 86_400;

    /** Readers of a day seen before it can be told whether styles and scripts are fetched here at all. */
    private static final long ENOUGH_READERS = 50;

    /**
     * Where fewer of the readers fetch any, they are fetched elsewhere: from a CDN. Readers and not requests are counted,
     * or one scanner with a thousand pages would switch off what is known of everybody.
     */
    private static final double LEAST_VISITORS = 0.03;

    /** Readers after which half of them are forgotten, so that a site that moves its styles is seen to have. */
    private static final long MOST_READERS = 10_000;

    /** Pages asked for before a form that was not means something: some logs hold logins alone, or what is sent. */
    private static final long ENOUGH_REQUESTS = 50;

    /** Different browsers, of the 64 that are told apart, from which on an address is a crowd's; some 20 browsers. */
    private static final int CROWD = 16;

    private static final Set<String> ASSETS = Set.of(
            "css", "js", "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "woff", "woff2", "ttf", "map");

    private static final class Visit {
        private long form = Long.MIN_VALUE / 2;
        private long page = Long.MIN_VALUE / 2;
        private long file = Long.MIN_VALUE / 2;
        private long asset = Long.MIN_VALUE / 2;
        private long since = Long.MIN_VALUE / 2;
        private long agents;
    }

    private final Recent<Cidr, Visit> visits = new Recent<>(ROOM);
    private long requests;
    private long readers;
    private long visitors;

    /**
     * Notes a request that is no attempt.
     *
     * @return whether it is the first in a day that makes its source a visitor
     */
    boolean saw(AccessRecord request, Optional<Door> door) {
        requests += request.method().equals("GET") ? 1 : 0;
        boolean served = request.status() == 200 || request.status() == 304;
        if (!served || !request.method().equals("GET")) {
            return false;
        }
        long now = request.time().getEpochSecond();
        Visit visit = visits.of(Attempt.source(request.client()), _ -> new Visit());
        if (door.isPresent()) {
            visit.form = now;
            return false;
        }
        if (!isAsset(request.path())) {
            countReader(now - visit.page > DAY);
            visit.page = now;
            return false;
        }
        if (isFile(request.path()) && now - visit.page <= DAY && now - visit.file > DAY) {
            visitors++;
            visit.file = now;
        }
        boolean first = now - visit.asset > DAY;
        visit.asset = now;
        if (now - visit.since > DAY) {
            visit.since = now;
            visit.agents = 0;
        }
        visit.agents |= 1L << ((request.agent().hashCode() * 0x9e3779b9) >>> 26);
        return first;
    }

    private void countReader(boolean isNew) {
        readers += isNew ? 1 : 0;
        if (readers >= MOST_READERS) {
            readers /= 2;
            visitors /= 2;
        }
    }

    /** What belongs to a page, or is only for who is logged in. */
    private static boolean isAsset(String path) {
        return isFile(path) || path.endsWith("/favicon.ico") || path.contains("/wp-admin/") || path.contains("/wp-json/");
    }

    /** The icon is none: browsers ask the site for it wherever its styles are. */
    private static boolean isFile(String path) {
        int dot = path.lastIndexOf('.');
        return dot > 0 && ASSETS.contains(path.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** How the source behaved in the day before it sent the login form. */
    Conduct conduct(Cidr source, long now) {
        Visit visit = visits.find(source);
        if (visit != null && now - visit.asset <= DAY) {
            return Conduct.BROWSING;
        }
        if (visit != null && (now - visit.form <= DAY || now - visit.page <= DAY)) {
            boolean elsewhere = readers >= ENOUGH_READERS && visitors < readers * LEAST_VISITORS;
            return elsewhere ? Conduct.UNTOLD : Conduct.BARE;
        }
        return requests < ENOUGH_REQUESTS ? Conduct.UNTOLD : Conduct.BLIND;
    }

    /** Whether many different browsers fetched pages through that address within a day. */
    boolean isCrowd(Cidr source, long now) {
        Visit visit = visits.find(source);
        return visit != null && now - visit.since <= 2 * DAY && Long.bitCount(visit.agents) >= CROWD;
    }
}
