package bailiff.ban;

import bailiff.net.AddressTable;
import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bans of one jail that are not over. Not thread-safe: one {@link Jail}, or whoever made it, owns it. */
public final class ActiveBans {

    /*
     * A ban is five words in a table by subject, 72 bytes with the table's and its place in the order of ends; what it
     * says is shared with the bans that say the same. The object that others see is made when somebody asks. An address
     * is looked up once for every prefix length in use: one or two, whatever the number of bans.
     */
    static final int SINCE = 0;
    static final int UNTIL = 1;

    /** Nanoseconds: of the beginning in the upper half, of the end in the lower. */
    static final int NANOS = 2;

    /** The number of the ban in the upper half, its failures in the lower. */
    static final int COUNTS = 3;

    /** The number of its texts in the upper half, its index in the order of ends in the lower. */
    static final int ORDER = 4;

    private static final Comparator<Ban> BY_END =
            Comparator.comparing(Ban::until).thenComparing(Ban::subject);
    private static final int WORDS = 5;
    private static final long LOWER = 0xffff_ffffL;
    private static final int LONGEST = 129;

    /* Whoever is banned mostly goes on for a while, and each line of his asks for his ban. */
    private static final int LATELY_ASKED = 64;

    private final int most;
    private final AddressTable table;
    private final BanEnds ends;
    private final BanTexts texts = new BanTexts();
    private final @Nullable Ban[] asked = new Ban[LATELY_ASKED];
    private final int[] askedAt = new int[LATELY_ASKED];
    private int changes;

    /**
     * At most so many bans: one more, and the ban that ends first is let go.
     *
     * @param seed of the table, see {@link AddressTable}
     */
    public ActiveBans(int most, long seed) {
        this.most = most;
        this.table = new AddressTable(WORDS, seed);
        this.ends = new BanEnds(table);
    }

    /** Adds the ban, in place of one of the same subject; gives the one that had to go for it, if any. */
    public Optional<Ban> add(Ban ban) {
        remove(ban.subject());
        changes++;
        int at = table.add(ban.subject());
        Instant since = ban.since();
        Instant until = ban.until();
        table.set(at, SINCE, since.getEpochSecond());
        table.set(at, UNTIL, until.getEpochSecond());
        table.set(at, NANOS, pair(since.getNano(), until.getNano()));
        table.set(at, COUNTS, pair(ban.bancount(), ban.failures()));
        table.set(at, ORDER, pair(texts.add(new BanTexts.Words(ban.jail(), ban.evidence(), ban.reason())), 0));
        ends.add(at);
        return table.size() > most ? Optional.of(take(ends.first())) : Optional.empty();
    }

    /** The ban of exactly that subject. */
    Optional<Ban> find(Cidr subject) {
        int at = table.find(subject);
        return at == AddressTable.NONE ? Optional.empty() : Optional.of(ask(at));
    }

    /** The bans that have an address in common with one of the networks, in the order of their ends. */
    List<Ban> overlapping(CidrSet networks) {
        List<Ban> found = new ArrayList<>();
        if (networks.networks().isEmpty()) {
            return found;
        }
        for (int at = 0; at < table.size(); at++) {
            if (networks.overlaps(table.network(at))) {
                found.add(ban(at));
            }
        }
        found.sort(BY_END);
        return found;
    }

    /** The bans that have an address in common with the network, in the order of their ends. */
    List<Ban> overlapping(Cidr network) {
        if (table.hasNarrowerThan(network)) {
            return overlapping(new CidrSet(List.of(network)));
        }
        List<Ban> found = new ArrayList<>();
        int at = table.covering(network.first(), network.length() + 1);
        while (at != AddressTable.NONE) {
            found.add(ban(at));
            at = table.covering(network.first(), table.length(at));
        }
        found.sort(BY_END);
        return found;
    }

    /** Takes out the ban of exactly that subject, and gives it. */
    public Optional<Ban> remove(Cidr subject) {
        int at = table.find(subject);
        return at == AddressTable.NONE ? Optional.empty() : Optional.of(take(at));
    }

    private Ban take(int at) {
        Ban ban = ban(at);
        changes++;
        ends.remove(at);
        texts.remove(upper(at, ORDER));
        int from = table.remove(at);
        asked[at % LATELY_ASKED] = null;
        asked[from % LATELY_ASKED] = null;
        if (from != at) {
            ends.moved(at);
        }
        return ban;
    }

    /** The ban that covers the address and is not over by then; the narrowest when there are several. */
    public Optional<Ban> covering(IpAddress address, Instant now) {
        int at = table.covering(address, LONGEST);
        while (at != AddressTable.NONE && ends.isOver(at, now)) {
            at = table.covering(address, table.length(at));
        }
        return at == AddressTable.NONE ? Optional.empty() : Optional.of(ask(at));
    }

    private Ban ask(int at) {
        Ban known = asked[at % LATELY_ASKED];
        if (known != null && askedAt[at % LATELY_ASKED] == at) {
            return known;
        }
        Ban ban = ban(at);
        asked[at % LATELY_ASKED] = ban;
        askedAt[at % LATELY_ASKED] = at;
        return ban;
    }

    private Ban ban(int at) {
        BanTexts.Words words = texts.get(upper(at, ORDER));
        return new Ban(
                words.jail(),
                table.network(at),
                Instant.ofEpochSecond(table.word(at, SINCE), upper(at, NANOS)),
                end(at),
                upper(at, COUNTS),
                (int) table.word(at, COUNTS),
                words.evidence(),
                words.reason());
    }

    /** Takes out the bans that are over by then, in the order of their ends. */
    public List<Ban> expireUntil(Instant now) {
        if (ends.size() == 0 || !ends.isOver(ends.first(), now)) {
            return List.of();
        }
        List<Ban> over = new ArrayList<>();
        while (ends.size() > 0 && ends.isOver(ends.first(), now)) {
            over.add(take(ends.first()));
        }
        return over;
    }

    /** When the next ban ends; {@link Instant#MAX} when none does. */
    public Instant nextEnd() {
        return ends.size() == 0 ? Instant.MAX : end(ends.first());
    }

    /** The bans in the order of their ends; a view, whose iterators end with the next change. */
    Collection<Ban> all() {
        return new AbstractCollection<>() {
            @Override
            public int size() {
                return table.size();
            }

            @Override
            public Iterator<Ban> iterator() {
                return new InOrder();
            }
        };
    }

    /** Goes through the bans in the order of their ends. */
    private final class InOrder implements Iterator<Ban> {

        private final int[] places = ends.snapshot();
        private final int begun = changes;
        private int left = places.length;

        @Override
        public boolean hasNext() {
            return left > 0;
        }

        @Override
        public Ban next() {
            if (left == 0) {
                throw new NoSuchElementException();
            }
            if (begun != changes) {
                throw new ConcurrentModificationException();
            }
            return ban(ends.takeFirst(places, left--));
        }
    }

    private Instant end(int at) {
        return Instant.ofEpochSecond(table.word(at, UNTIL), table.word(at, NANOS) & LOWER);
    }

    private static long pair(int upper, int lower) {
        return ((long) upper << 32) | (lower & LOWER);
    }

    private int upper(int at, int word) {
        return (int) (table.word(at, word) >>> 32);
    }
}
