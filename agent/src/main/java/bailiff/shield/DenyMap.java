package bailiff.shield;

import bailiff.net.Cidr;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * The bans as a text {@code RewriteMap} of Apache: a line {@code KEY deny} for each address and each IPv6 network of 64
 * bits, whose key is its four groups without zeros in front, all written, and {@code ::/64}. Before them stand the
 * minutes of Apache's clock in which the map means something, so that one that a killed guard left behind is soon void.
 * Immutable.
 */
final class DenyMap implements Publication {

    /** Entries at most: Apache reads the file from its beginning for each address that it has not asked for yet. */
    static final int MOST_ENTRIES = 10_000;

    /** For how long the map is valid when nobody writes it anew. */
    static final Duration LIFE = Duration.ofMinutes(15);

    private static final int NETWORK = 64;
    private static final Duration CHANGED = Duration.ofSeconds(1);
    private static final Duration RENEWED = Duration.ofMinutes(5);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("uuuuMMddHHmm", Locale.ROOT);

    private final ZoneId zone;

    /** A map for an Apache that runs in that zone: its log has the same times. */
    DenyMap(ZoneId zone) {
        this.zone = zone;
    }

    @Override
    public String name() {
        return "deny map";
    }

    @Override
    public Duration pause() {
        return CHANGED;
    }

    @Override
    public Duration life() {
        return RENEWED;
    }

    @Override
    public int most() {
        return MOST_ENTRIES;
    }

    @Override
    public boolean takes(Cidr subject) {
        return subject.isSingle() || (!subject.first().isV4() && subject.length() == NETWORK);
    }

    @Override
    public String text(List<Bans.Standing> bans, Instant now) {
        StringBuilder map = new StringBuilder(64 + bans.size() * 24);
        map.append("# Written by Bailiff at ")
                .append(now.truncatedTo(ChronoUnit.SECONDS))
                .append('\n');
        // A clock that is a little behind ours must find its minute, too.
        Instant first = now.minus(1, ChronoUnit.MINUTES);
        for (int minute = 0; minute <= LIFE.toMinutes(); minute++) {
            Instant valid = first.plus(minute, ChronoUnit.MINUTES);
            map.append("valid-").append(MINUTE.format(valid.atZone(zone))).append(" yes\n");
        }
        bans.forEach(ban -> map.append(key(ban.subject())).append(" deny\n"));
        return map.toString();
    }

    /** A map that denies nobody: Apache does not start without the file. */
    @Override
    public String farewell() {
        return "# Bailiff does not run, and nobody is denied.\n";
    }

    private static String key(Cidr subject) {
        if (subject.isSingle()) {
            return subject.toString();
        }
        StringBuilder groups = new StringBuilder();
        for (int shift = 48; shift >= 0; shift -= 16) {
            groups.append(Long.toHexString(subject.first().high() >>> shift & 0xffff))
                    .append(shift == 0 ? "" : ":");
        }
        return groups + "::/" + NETWORK;
    }
}
