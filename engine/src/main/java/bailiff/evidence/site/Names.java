package bailiff.evidence.site;

import bailiff.net.Cidr;
import java.util.Locale;
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

    private static final long DAY = 86_400;

    /** Honest sources without a success that fail at one account in a day. */
    private static final double MEAN = 0.1;

    /** Accounts over which the budget is split until more were seen. */
    private static final int USUAL = 10;

    private static final int DAYS = 365;

    private static final class Name {
        private final TreeMap<Cidr, Long> sources = new TreeMap<>();

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
        if (!user.isEmpty()) {
            Name name = names.of(user, _ -> new Name());
            name.forget(attempt.second());
            if (name.sources.size() < SOURCES) {
                name.sources.put(neighbours(attempt), attempt.second());
            }
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

    private int most(Account account) {
        double alpha = budget.perYear() * Kind.USER.share() / DAYS / Math.max(USUAL, names.size());
        return account == Account.UNKNOWN ? Tails.poisson(MEAN, alpha) : Tails.clustered(MEAN, alpha);
    }

    /** Addresses of one customer or one hoster count once. */
    private static Cidr neighbours(Attempt attempt) {
        return attempt.client().prefix(attempt.client().isV4() ? 24 : 48);
    }
}
