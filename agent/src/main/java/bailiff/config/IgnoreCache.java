package bailiff.config;

import java.time.Duration;

/**
 * For how long it is remembered whether somebody is to be ignored: fail2ban's {@code ignorecache}.
 *
 * @param key what the answers are remembered by, with tags: {@code <F-USER>@<ip-host>}; empty for no cache
 * @param maxCount how many answers are remembered, at least 1
 * @param maxTime how long each is
 */
public record IgnoreCache(String key, int maxCount, Duration maxTime) {

    /** Nothing is remembered. */
    public static final IgnoreCache NONE = new IgnoreCache("", 100, Duration.ofMinutes(5));
}
