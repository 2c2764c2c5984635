package bailiff.guard;

import bailiff.ban.Ban;
import bailiff.ban.Past;
import bailiff.ban.PastBan;
import bailiff.net.AddressTable;
import bailiff.net.Cidr;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a replay remembers of the bans that it saw, for all its jails. Not thread-safe. */
final class PastBans {

    /** Subjects of one jail that are remembered; of others every ban is the first. */
    static final int MOST_SUBJECTS = 2_000_000;

    /* Of a subject: how often it was banned, and of the last ban that counts for the next its number, 0 for none. */
    private static final int COUNTS = 0;
    private static final int SINCE = 1;
    private static final int NANO = 2;
    private static final int WORDS = 3;

    private final Map<String, AddressTable> byJail = new LinkedHashMap<>();
    private final long seed;

    /**
     * Nothing has been seen.
     *
     * @param seed a number that nobody who is banned can know
     */
    PastBans(long seed) {
        this.seed = seed;
    }

    /** The past as one jail sees it. */
    Past of(String jail) {
        AddressTable here = table(jail);
        return new Past() {
            @Override
            public int bans(Cidr subject) {
                int at = here.find(subject);
                return at == AddressTable.NONE ? 0 : (int) (here.word(at, COUNTS) >>> 32);
            }

            @Override
            public Optional<PastBan> last(Cidr subject) {
                return PastBans.last(here, subject);
            }

            @Override
            public Optional<PastBan> everywhere(Cidr subject) {
                return together(byJail.values().stream().flatMap(jail -> PastBans.last(jail, subject).stream()));
            }
        };
    }

    private AddressTable table(String jail) {
        return byJail.computeIfAbsent(jail, _ -> new AddressTable(WORDS, seed));
    }

    private static Optional<PastBan> last(AddressTable jail, Cidr subject) {
        int at = jail.find(subject);
        int bancount = at == AddressTable.NONE ? 0 : (int) jail.word(at, COUNTS);
        return bancount == 0
                ? Optional.empty()
                : Optional.of(new PastBan(bancount, Instant.ofEpochSecond(jail.word(at, SINCE), jail.word(at, NANO))));
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
        AddressTable here = table(ban.jail());
        int at = here.find(ban.subject());
        if (at == AddressTable.NONE) {
            if (here.size() >= MOST_SUBJECTS) {
                return;
            }
            at = here.add(ban.subject());
        }
        long counts = here.word(at, COUNTS) + (1L << 32);
        if (isNews) {
            Instant since = ban.since();
            counts = (counts & ~0xffff_ffffL) | ban.bancount();
            here.set(at, SINCE, since.getEpochSecond());
            here.set(at, NANO, since.getNano());
        }
        here.set(at, COUNTS, counts);
    }
}
