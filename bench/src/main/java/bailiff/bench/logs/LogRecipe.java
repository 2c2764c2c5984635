package bailiff.bench.logs;

import java.time.Instant;

/**
 * What a log is to be like. The same recipe gives the same bytes.
 *
 * @param kind its format
 * @param lines how many, 0 or more
 * @param attack which share of them is the attack, 0 to 1; each line is decided by chance
 * @param addresses how many addresses attack, 1 to 4,194,304
 * @param ipv6 which share of those is IPv6, 0 to 1
 * @param seed what the dice fall by
 * @param start the time of the first line
 */
public record LogRecipe(LogKind kind, long lines, double attack, int addresses, double ipv6, long seed, Instant start) {

    /** Where the times of a log start unless it is said: a fixed moment, so that the bytes are the same next year. */
    public static final Instant START = Instant.parse("2026-11-01T00:00:00Z");

    private static final int USUAL_ADDRESSES = 10_000;
    private static final double USUAL_SHARE_OF_IPV6 = 0.1;

    /** Checks the ranges. */
    public LogRecipe {
        if (lines < 0 || !(attack >= 0 && attack <= 1) || !(ipv6 >= 0 && ipv6 <= 1)) {
            throw new IllegalArgumentException("Lines are not negative, and shares lie between 0 and 100 per cent.");
        }
        if (addresses < 1 || addresses > Attackers.MOST) {
            throw new IllegalArgumentException("There are 1 to " + Attackers.MOST + " addresses.");
        }
    }

    /** A log of that kind, length and share of attack lines, as usual in all else: 10,000 addresses, a tenth IPv6. */
    public static LogRecipe of(LogKind kind, long lines, double attack) {
        return new LogRecipe(kind, lines, attack, USUAL_ADDRESSES, USUAL_SHARE_OF_IPV6, 1, START);
    }

    /** The same with another number of lines. */
    public LogRecipe lines(long number) {
        return new LogRecipe(kind, number, attack, addresses, ipv6, seed, start);
    }

    /** The same with another share of attack lines, 0 to 1. */
    public LogRecipe attack(double share) {
        return new LogRecipe(kind, lines, share, addresses, ipv6, seed, start);
    }

    /** The same with another number of attacking addresses. */
    public LogRecipe addresses(int number) {
        return new LogRecipe(kind, lines, attack, number, ipv6, seed, start);
    }

    /** The same with another seed. */
    public LogRecipe seed(long other) {
        return new LogRecipe(kind, lines, attack, addresses, ipv6, other, start);
    }

    /** The same with times that start at another moment, in whole seconds. */
    public LogRecipe start(Instant moment) {
        return new LogRecipe(kind, lines, attack, addresses, ipv6, seed, moment);
    }

    /** The same with another share of IPv6. */
    public LogRecipe ipv6(double share) {
        return new LogRecipe(kind, lines, attack, addresses, share, seed, start);
    }
}
