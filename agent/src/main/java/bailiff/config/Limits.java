package bailiff.config;

import bailiff.ban.Bantime;
import bailiff.ban.Increment;
import bailiff.evidence.Counting;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * When a jail bans, and for how long.
 *
 * @param maxretry failures that make a ban, 1 to 1,000,000
 * @param findtime the time within which they have to fall, longer than zero
 * @param bantime how long a ban lasts
 * @param maxmatches lines that are kept as a ban's evidence, 0 to 1,000
 * @param ipv6Prefix leading bits by which IPv6 addresses count as one, 1 to 128
 * @param counting how failures are counted
 * @param increment how bans grow
 * @param credit whether sources from which somebody has logged in may fail more often, where the filter tells of that
 */
public record Limits(
        int maxretry,
        Duration findtime,
        Bantime bantime,
        int maxmatches,
        int ipv6Prefix,
        Counting counting,
        Increment increment,
        boolean credit) {

    /** What holds where no file says otherwise. */
    static final Limits DEFAULT = new Limits(3, Duration.ofMinutes(10), new Bantime(Duration.ofMinutes(10)), 5, 64);

    /** Limits with credit for those who log in. */
    public Limits(
            int maxretry,
            Duration findtime,
            Bantime bantime,
            int maxmatches,
            int ipv6Prefix,
            Counting counting,
            Increment increment) {
        this(maxretry, findtime, bantime, maxmatches, ipv6Prefix, counting, increment, true);
    }

    /** Limits that are counted exactly, with bans that do not grow. */
    public Limits(int maxretry, Duration findtime, Bantime bantime, int maxmatches, int ipv6Prefix) {
        this(maxretry, findtime, bantime, maxmatches, ipv6Prefix, Counting.WINDOW, Increment.NONE);
    }

    /** The same with these numbers in place of its own. */
    public Limits with(int otherMaxretry, Duration otherFindtime, Bantime otherBantime, int otherMaxmatches) {
        return new Limits(
                otherMaxretry, otherFindtime, otherBantime, otherMaxmatches, ipv6Prefix, counting, increment, credit);
    }

    /** The same with bans that grow like that. */
    public Limits with(Increment other) {
        return new Limits(maxretry, findtime, bantime, maxmatches, ipv6Prefix, counting, other, credit);
    }

    /** Reads them; what is wrong goes to the problems. */
    static Limits read(JailOptions options) {
        Counting counting = counting(options);
        // fail2ban knows no networks that count as one, so only who asks for them gets them beside its counter.
        int prefix = counting.isByRate() ? 128 : DEFAULT.ipv6Prefix();
        Bantime bantime = options.bantime(DEFAULT.bantime());
        return new Limits(
                options.number("maxretry", 1, 1_000_000, DEFAULT.maxretry()),
                options.findtime(DEFAULT.findtime()),
                counting.isByRate() ? wholeSeconds(bantime) : bantime,
                options.number("maxmatches", 0, 1_000, DEFAULT.maxmatches()),
                options.number("ipv6prefix", 1, 128, prefix),
                counting,
                new IncrementOptions(options).read(bantime),
                options.flag("credit", true));
    }

    private static Counting counting(JailOptions options) {
        Optional<Passage> compat = options.text("compat");
        String read = compat.map(Passage::text).orElse("no").strip().toLowerCase(Locale.ROOT);
        if (read.equals("fail2ban")) {
            return Counting.RATE;
        }
        if (!read.equals("no")) {
            options.wrong(compat.orElseThrow(), "fail2ban or no");
        }
        return Counting.WINDOW;
    }

    /** fail2ban's ban manager cuts the fraction off. */
    private static Bantime wholeSeconds(Bantime bantime) {
        long seconds = bantime.isForEver() ? 0 : bantime.length().toSeconds();
        return seconds == 0 ? bantime : new Bantime(Duration.ofSeconds(seconds));
    }
}
