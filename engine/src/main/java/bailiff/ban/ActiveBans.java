package bailiff.ban;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The bans of one jail that are not over. Not thread-safe: the {@link Jail} owns it. */
final class ActiveBans {

    /* An address is looked up once for every prefix length in use: one or two, whatever the number of bans. */
    private static final Comparator<Ban> BY_END =
            Comparator.comparing(Ban::until).thenComparing(Ban::subject);

    private final int most;
    private final Map<Cidr, Ban> bySubject = new HashMap<>();
    private final TreeSet<Ban> byEnd = new TreeSet<>(BY_END);
    private final int[] lengthsV4 = new int[33];
    private final int[] lengthsV6 = new int[129];

    /** At most so many bans: one more, and the ban that ends first is let go. */
    ActiveBans(int most) {
        this.most = most;
    }

    /** Adds the ban, in place of one of the same subject; gives the one that had to go for it, if any. */
    Optional<Ban> add(Ban ban) {
        remove(ban.subject());
        bySubject.put(ban.subject(), ban);
        byEnd.add(ban);
        lengths(ban.subject())[ban.subject().length()]++;
        return bySubject.size() > most ? remove(byEnd.first().subject()) : Optional.empty();
    }

    Optional<Ban> remove(Cidr subject) {
        Ban ban = bySubject.remove(subject);
        if (ban == null) {
            return Optional.empty();
        }
        byEnd.remove(ban);
        lengths(subject)[subject.length()]--;
        return Optional.of(ban);
    }

    /** The ban that covers the address and is not over by then; the narrowest when there are several. */
    Optional<Ban> covering(IpAddress address, Instant now) {
        int[] lengths = address.isV4() ? lengthsV4 : lengthsV6;
        for (int length = address.width(); length >= 0; length--) {
            if (lengths[length] > 0) {
                Ban ban = bySubject.get(address.prefix(length));
                if (ban != null && !ban.isOver(now)) {
                    return Optional.of(ban);
                }
            }
        }
        return Optional.empty();
    }

    /** Takes out the bans that are over by then, in the order of their ends. */
    List<Ban> expireUntil(Instant now) {
        List<Ban> over = new ArrayList<>();
        while (!byEnd.isEmpty() && byEnd.first().isOver(now)) {
            Ban ban = byEnd.first();
            remove(ban.subject());
            over.add(ban);
        }
        return over;
    }

    /** When the next ban ends; {@link Instant#MAX} when none does. */
    Instant nextEnd() {
        return byEnd.isEmpty() ? Instant.MAX : byEnd.first().until();
    }

    Collection<Ban> all() {
        return Collections.unmodifiableCollection(byEnd);
    }

    private int[] lengths(Cidr subject) {
        return subject.first().isV4() ? lengthsV4 : lengthsV6;
    }
}
