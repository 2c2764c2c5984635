package bailiff.evidence.site;

import bailiff.net.Cidr;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many sources fail at one account in a day. The account itself is never locked: who has had a success comes in, and
 * so does who makes no mistake.
 *
 * <p>Not thread-safe.
 */
final class Names {

    /** Accounts and names looked at. */
    private static final int ROOM = 1_000;

    /** Sources kept of one name: three times the largest threshold. */
    private static final int SOURCES = 64;

    /** Longer ones are no account of WordPress (users.user_login, users.user_email). */
    private static final int LONGEST = 100;

    private static final long DAY = 86_400;

    /** Honest sources without a success that fail at one account in a day. */
    private static final double MEAN = 0.1;

    /** Accounts over which the budget is split until more were seen. */
    private static final int USUAL = 10;

    private static final int DAYS = 365;

    private static final class Name {
        private final TreeMap<Cidr, Long> sources = new TreeMap<>();

        void add(Cidr network, long time) {
            if (sources.size() < SOURCES || sources.containsKey(network)) {
                sources.merge(network, time, Math::max);
            }
        }

        void forget(long now) {
            sources.values().removeIf(last -> now - last > DAY);
        }
    }

    private Allowance budget;
    private final Recent<String, Name> names = new Recent<>(ROOM);

    Names(Allowance budget) {
        this.budget = budget;
    }

    void allow(Allowance other) {
        budget = other;
    }

    long entries() {
        return names.entries().values().stream()
                .mapToLong(name -> 1 + name.sources.size())
                .sum();
    }

    void halve() {
        names.halve();
    }

    /** A source without a success failed at that account. */
    void failure(Attempt attempt) {
        String user = attempt.login().user();
        if (!user.isEmpty() && user.length() <= LONGEST) {
            Name name = names.of(user, _ -> new Name());
            name.forget(attempt.second());
            name.add(neighbours(attempt), attempt.second());
        }
    }

    /** Whether so many sources try the account that the next failure there needs no more proof; then why. */
    Optional<String> suspicion(Attempt attempt) {
        String user = attempt.login().user();
        Name name = user.isEmpty() ? null : names.find(user);
        if (name == null) {
            return Optional.empty();
        }
        name.forget(attempt.second());
        int most = most(attempt.login().account());
        if (name.sources.size() < most) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "the account is tried from %d networks within a day, and fewer than %d would be chance",
                name.sources.size(),
                most));
    }

    /** Takes in what another process saw of the same site. */
    void merge(Names other) {
        other.names.entries().forEach((user, theirs) -> {
            Name name = names.of(user, _ -> new Name());
            theirs.sources.forEach(name::add);
        });
    }

    void write(DataOutput out) throws IOException {
        Saved.table(out, names, (to, user, name) -> {
            to.writeUTF(user);
            to.writeByte(name.sources.size());
            for (Map.Entry<Cidr, Long> source : name.sources.entrySet()) {
                Saved.network(to, source.getKey());
                to.writeLong(source.getValue());
            }
        });
    }

    void read(DataInput from) throws IOException {
        Saved.table(from, ROOM, in -> {
            Name name = names.of(in.readUTF(), _ -> new Name());
            int sources = in.readUnsignedByte();
            for (int i = 0; i < sources; i++) {
                name.add(Saved.network(in), in.readLong());
            }
        });
    }

    private int most(Account account) {
        double alpha = budget.perYear() * Kind.USER.share() / DAYS / Math.max(USUAL, names.size());
        return account == Account.UNKNOWN ? Tails.poisson(MEAN, alpha) : Tails.clustered(MEAN, alpha);
    }

    /** Addresses of one customer or one hoster count once. */
    private static Cidr neighbours(Attempt attempt) {
        return attempt.client().prefix(attempt.client().isV4() ? 24 : 48);
    }
}
