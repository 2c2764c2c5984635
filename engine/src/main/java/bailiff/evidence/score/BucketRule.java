package bailiff.evidence.score;

import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Door;
import bailiff.evidence.site.Outcome;
import bailiff.net.Cidr;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * CrowdSec's leaky buckets for WordPress: one of five that leaks an attempt in ten seconds for the login form answered
 * with 200, and where it is switched on, one of five that leaks an attempt in two minutes for XML-RPC.
 *
 * <p>Unbounded: for past logs. Not thread-safe.
 */
final class BucketRule implements Rule {

    private static final int CAPACITY = 5;
    private static final double LOGIN_LEAK = 10;
    private static final double XMLRPC_LEAK = 120;
    private static final Duration BAN = Duration.ofHours(4);

    private record Key(Cidr source, Door door) {}

    private record Bucket(double level, long time) {}

    private final String name;
    private final boolean xmlrpc;
    private final Map<Key, Bucket> buckets = new HashMap<>();
    private final Bans bans = new Bans();

    BucketRule(String name, boolean xmlrpc) {
        this.name = name;
        this.xmlrpc = xmlrpc;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Fate meet(Attempt attempt) {
        long now = attempt.time().getEpochSecond();
        if (bans.holds(attempt.source(), now)) {
            return Fate.BANNED;
        }
        Door door = attempt.request().door();
        boolean login = door == Door.LOGIN && attempt.login().outcome() == Outcome.FAILURE;
        if (login || (xmlrpc && door == Door.XMLRPC)) {
            pour(new Key(attempt.source(), door), now, login ? LOGIN_LEAK : XMLRPC_LEAK);
        }
        return Fate.THROUGH;
    }

    private void pour(Key key, long now, double leak) {
        Bucket before = buckets.getOrDefault(key, new Bucket(0, now));
        double level = Math.max(0, before.level - Math.max(0, now - before.time) / leak) + 1;
        if (level > CAPACITY) {
            buckets.remove(key);
            bans.ban(key.source, now, BAN);
        } else {
            buckets.put(key, new Bucket(level, Math.max(now, before.time)));
        }
    }
}
