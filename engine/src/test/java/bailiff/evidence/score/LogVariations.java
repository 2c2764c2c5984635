package bailiff.evidence.score;

import bailiff.line.AccessRecord;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A log as other servers would have written it, or as somebody would have handed it on: same attack, less to see. */
final class LogVariations {

    /** Half a minute, and the minutes of a day: how far lines stray in a shuffled log. */
    private static final long STRAYS = 180;

    private static final String[] ASSETS = {".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".ico", ".svg", ".woff"};

    private LogVariations() {}

    /** The log itself first, then its variations by name. */
    static Map<String, UnaryOperator<List<AccessRecord>>> all() {
        Map<String, UnaryOperator<List<AccessRecord>>> all = new LinkedHashMap<>();
        all.put("as it is", log -> log);
        all.put("common: no Referer, no agent", log -> each(log, r -> told(r, Optional.empty(), Optional.empty())));
        all.put("no Referer", log -> each(log, r -> told(r, Optional.of(""), Optional.of(r.agent()))));
        all.put("addresses masked to /24, /48", log -> each(log, LogVariations::masked));
        all.put("POSTs only", log -> only(log, r -> r.method().equals("POST")));
        all.put("logins only", log -> only(log, LogVariations::isLogin));
        all.put(
                "logins only, common",
                log -> each(only(log, LogVariations::isLogin), r -> told(r, Optional.empty(), Optional.empty())));
        all.put("first third", log -> log.subList(0, log.size() / 3));
        all.put("middle third", log -> log.subList(log.size() / 3, 2 * log.size() / 3));
        all.put("last third", log -> log.subList(2 * log.size() / 3, log.size()));
        all.put("last tenth", log -> log.subList(9 * log.size() / 10, log.size()));
        all.put("every 2nd source", log -> only(log, r -> (r.client().low() & 1) == 0));
        all.put(
                "every 10th source",
                log -> only(log, r -> Math.floorMod(r.client().low() * 31, 10) == 3));
        all.put("doors answered 404", log -> each(log, r -> isDoor(r) ? answered(r, 404) : r));
        all.put("doors answered 403", log -> each(log, r -> isDoor(r) ? answered(r, 403) : r));
        all.put("doors answered 405", log -> each(log, r -> isDoor(r) ? answered(r, 405) : r));
        all.put("doors answered 301", log -> each(log, r -> isDoor(r) ? answered(r, 301) : r));
        all.put(
                "form fetched, doors 404, masked",
                log -> each(each(fetching(log), r -> isDoor(r) ? answered(r, 404) : r), LogVariations::masked));
        all.put("attackers alone", LogVariations::attackers);
        all.put(
                "attackers alone, doors 404, masked",
                log -> each(each(attackers(log), r -> isDoor(r) ? answered(r, 404) : r), LogVariations::masked));
        all.put("everything answered 403", log -> each(log, r -> answered(r, 403)));
        all.put("doors answered 503", log -> each(log, r -> isDoor(r) ? answered(r, 503) : r));
        all.put("agents rotated", LogVariations::rotated);
        all.put("shuffled within 3 min", LogVariations::shuffled);
        all.put("9 hours later", log -> each(log, r -> r.at(r.time().plus(Duration.ofHours(9)))));
        all.put("form fetched before each", LogVariations::fetching);
        all.put("form fetched, agents rotated", log -> fetching(rotated(log)));
        all.put("assets elsewhere (CDN)", log -> only(log, r -> !isAsset(r)));
        all.put("form fetched, CDN", log -> only(fetching(log), r -> !isAsset(r)));
        all.put("no XML-RPC", log -> only(log, r -> !r.path().endsWith("/xmlrpc.php")));
        all.put("XML-RPC alone", log -> only(log, r -> !r.path().endsWith("/wp-login.php")));
        all.put("sizes unknown", log -> each(log, LogVariations::sizeless));
        return all;
    }

    private static List<AccessRecord> each(List<AccessRecord> log, UnaryOperator<AccessRecord> change) {
        return log.stream().map(change).toList();
    }

    private static List<AccessRecord> only(List<AccessRecord> log, Predicate<AccessRecord> kept) {
        return log.stream().filter(kept).toList();
    }

    private static boolean isDoor(AccessRecord request) {
        return request.path().endsWith("/wp-login.php") || request.path().endsWith("/xmlrpc.php");
    }

    private static boolean isLogin(AccessRecord request) {
        return isDoor(request) && request.method().equals("POST");
    }

    private static boolean isAsset(AccessRecord request) {
        return Stream.of(ASSETS).anyMatch(request.path().toLowerCase(Locale.ROOT)::endsWith);
    }

    private static AccessRecord told(AccessRecord r, Optional<String> referer, Optional<String> agent) {
        return new AccessRecord(
                r.time(),
                r.client(),
                r.method(),
                r.path(),
                r.query(),
                r.protocol(),
                r.status(),
                r.bytes(),
                referer.orElse(""),
                agent.orElse(""),
                r.host(),
                r.user(),
                r.spelling(),
                referer.isPresent(),
                agent.isPresent());
    }

    private static AccessRecord from(AccessRecord r, IpAddress client, int status, long bytes) {
        return new AccessRecord(
                r.time(),
                client,
                r.method(),
                r.path(),
                r.query(),
                r.protocol(),
                status,
                bytes,
                r.referer(),
                r.agent(),
                r.host(),
                r.user(),
                r.spelling(),
                r.tellsReferer(),
                r.tellsAgent());
    }

    private static AccessRecord masked(AccessRecord r) {
        IpAddress network = r.client().prefix(r.client().isV4() ? 24 : 48).first();
        return from(r, network, r.status(), r.bytes());
    }

    private static AccessRecord answered(AccessRecord r, int status) {
        return from(r, r.client(), status, r.bytes());
    }

    private static AccessRecord sizeless(AccessRecord r) {
        return from(r, r.client(), r.status(), -1);
    }

    private static List<AccessRecord> rotated(List<AccessRecord> log) {
        SplittableRandom random = new SplittableRandom(5);
        return each(
                log,
                r -> isLogin(r)
                        ? told(
                                r,
                                Optional.of(r.referer()),
                                Optional.of("Mozilla/5.0 (Windows NT 6.1; rv:" + random.nextInt(1_000_000) + ")"))
                        : r);
    }

    private static List<AccessRecord> shuffled(List<AccessRecord> log) {
        SplittableRandom random = new SplittableRandom(7);
        record Strayed(AccessRecord request, long place) {}
        return log.stream()
                .map(r -> new Strayed(r, r.time().getEpochSecond() + random.nextLong(STRAYS)))
                .sorted(Comparator.comparingLong(Strayed::place))
                .map(Strayed::request)
                .toList();
    }

    /** Only those who send a login, with whatever they do besides. */
    private static List<AccessRecord> attackers(List<AccessRecord> log) {
        Set<IpAddress> senders = log.stream()
                .filter(LogVariations::isLogin)
                .map(AccessRecord::client)
                .collect(Collectors.toSet());
        return only(log, r -> senders.contains(r.client()));
    }

    /** Whoever sends the login form fetches it two seconds before. */
    private static List<AccessRecord> fetching(List<AccessRecord> log) {
        List<AccessRecord> fetching = new ArrayList<>();
        for (AccessRecord r : log) {
            if (isLogin(r) && r.path().endsWith("/wp-login.php")) {
                fetching.add(new AccessRecord(
                        r.time().minusSeconds(2),
                        r.client(),
                        "GET",
                        r.path(),
                        "",
                        r.protocol(),
                        200,
                        3_000,
                        "",
                        r.agent(),
                        r.host(),
                        r.user()));
            }
            fetching.add(r);
        }
        return fetching;
    }
}
