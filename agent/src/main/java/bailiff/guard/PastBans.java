package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Past;
import bailiff.ban.PastBan;
import bailiff.net.Cidr;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a replay remembers of the bans that it saw, for all its jails. Not thread-safe. */
final class PastBans {

    /** Subjects of one jail that are remembered; of others every ban is the first. */
    static final int MOST_SUBJECTS = 2_000_000;

    private final Map<String, Map<Cidr, Entry>> byJail = new LinkedHashMap<>();

    /** How often a subject was banned in a jail, and the last ban that counts for the length of the next, if any. */
    private record Entry(int bans, @Nullable PastBan last) {}

    /** The past as one jail sees it. */
    Past of(String jail) {
        Map<Cidr, Entry> here = byJail.computeIfAbsent(jail, _ -> new HashMap<>());
        return new Past() {
            @Override
            public int bans(Cidr subject) {
                return Optional.ofNullable(here.get(subject)).map(Entry::bans).orElse(0);
            }

            @Override
            public Optional<PastBan> last(Cidr subject) {
                return PastBans.last(here.get(subject)).findFirst();
            }

            @Override
            public Optional<PastBan> everywhere(Cidr subject) {
                return together(byJail.values().stream().flatMap(jail -> PastBans.last(jail.get(subject))));
            }
        };
    }

    private static Stream<PastBan> last(@Nullable Entry entry) {
        return entry == null ? Stream.empty() : Stream.ofNullable(entry.last());
    }

    private static Optional<PastBan> together(Stream<PastBan> bans) {
        return bans.reduce((a, b) -> {
            Instant since = a.since().isAfter(b.since()) ? a.since() : b.since();
            return new PastBan((int) Math.min((long) a.bancount() + b.bancount(), Integer.MAX_VALUE - 1), since);
        });
    }

    /**
     * Takes in a ban.
     *
     * @param isNews whether the next ban's length goes by it
     */
    void add(Ban ban, boolean isNews) {
        Map<Cidr, Entry> here = byJail.computeIfAbsent(ban.jail(), _ -> new HashMap<>());
        Entry before = here.get(ban.subject());
        PastBan last = new PastBan(ban.bancount(), ban.since());
        if (before != null) {
            here.put(ban.subject(), new Entry(before.bans() + 1, isNews ? last : before.last()));
        } else if (here.size() < MOST_SUBJECTS) {
            here.put(ban.subject(), new Entry(1, isNews ? last : null));
        }
    }
}
