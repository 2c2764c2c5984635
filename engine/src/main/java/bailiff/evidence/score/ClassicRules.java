package bailiff.evidence.score;

import java.time.Duration;
import java.util.List;

/** The rules that others use, with the figures of their defaults. */
public final class ClassicRules {

    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
    private static final Duration DAY = Duration.ofDays(1);

    private ClassicRules() {}

    /** One of each, that has seen nothing yet. */
    public static List<Rule> all() {
        Duration hours = Duration.ofHours(4);
        Duration lockout = Duration.ofMinutes(20);
        return List.of(
                new WindowRule("fail2ban, 5 in 10 min", 5, TEN_MINUTES, List.of(TEN_MINUTES)),
                new WindowRule("recipe, 3 in 1 h for a day", 3, Duration.ofHours(1), List.of(DAY)),
                new BucketRule("CrowdSec wordpress_bf", false),
                new BucketRule("CrowdSec with bf_xmlrpc", true),
                new WindowRule("Wordfence, 20 in 4 h", 20, hours, List.of(hours)),
                new WindowRule("LLAR, 4 in 24 h", 4, DAY, List.of(lockout, lockout, lockout, DAY)));
    }
}
