package bailiff.evidence.site;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who has shown that he belongs here: sources with a success, and the accounts that they opened.
 *
 * <p>Kept apart from what speaks against sources, so that no flood of attackers drives these out. Not thread-safe.
 */
final class Credits {

    /** Sources remembered: ten times what the largest sites see in {@link #LASTS}. */
    static final int ROOM = 10_000;

    /** How long a success speaks for its source, in seconds: people who log in once a quarter are still known. */
    static final long LASTS = 90 * 86_400L;

    /** Accounts remembered of a source: an office. */
    private static final int ACCOUNTS = 64;

    /** WordPress has none that is longer (users.user_login), nor an e-mail address (users.user_email). */
    private static final int LONGEST_ACCOUNT = 100;

    private static final class Credit {
        private long last;
        private final TreeSet<String> accounts = new TreeSet<>();
    }

    private final Recent<Cidr, Credit> credits = new Recent<>(ROOM);

    /** When somebody logged in last from each neighbourhood. */
    private final Recent<Cidr, Long> near = new Recent<>(ROOM);

    long entries() {
        return 2L * credits.size() + near.size();
    }

    void success(IpAddress client, String user, long now) {
        Credit credit = credits.of(Attempt.source(client), _ -> new Credit());
        near.put(neighbours(client), now);
        credit.last = Math.max(credit.last, now);
        if (!user.isEmpty() && user.length() <= LONGEST_ACCOUNT && credit.accounts.size() < ACCOUNTS) {
            credit.accounts.add(user);
        }
    }

    /** Whether a success of the source still counts. */
    boolean has(Cidr source, long now) {
        return at(source, now) != null;
    }

    /** Whether a success of a neighbour still counts: CDNs send the same people through many of their addresses. */
    boolean hasNear(IpAddress client, long now) {
        Long last = near.find(neighbours(client));
        return last != null && now - last <= LASTS;
    }

    private static Cidr neighbours(IpAddress client) {
        return client.prefix(client.isV4() ? 24 : 48);
    }

    /** Whether the account is one that was opened from there; without a name, whether any was. */
    boolean has(Cidr source, String user, long now) {
        Credit credit = at(source, now);
        return credit != null && (user.isEmpty() || credit.accounts.isEmpty() || credit.accounts.contains(user));
    }

    private @Nullable Credit at(Cidr source, long now) {
        Credit credit = credits.find(source);
        return credit != null && now - credit.last <= LASTS ? credit : null;
    }

    /** Takes in what another process saw of the same site. */
    void merge(Credits other) {
        other.credits.entries().forEach((source, theirs) -> {
            Credit credit = credits.of(source, _ -> new Credit());
            credit.last = Math.max(credit.last, theirs.last);
            for (String account : theirs.accounts) {
                if (credit.accounts.size() < ACCOUNTS) {
                    credit.accounts.add(account);
                }
            }
        });
    }

    /** When the last login from there was accepted; long ago where none is known. */
    long last(Cidr source) {
        Credit credit = credits.find(source);
        return credit == null ? Long.MIN_VALUE / 2 : credit.last;
    }

    void write(DataOutput out) throws IOException {
        Saved.table(out, credits, (to, source, credit) -> {
            Saved.network(to, source);
            to.writeLong(credit.last);
            to.writeByte(credit.accounts.size());
            for (String account : credit.accounts) {
                to.writeUTF(account);
            }
        });
    }

    void read(DataInput from) throws IOException {
        Saved.table(from, ROOM, in -> {
            Cidr source = Saved.network(in);
            Credit credit = credits.of(source, _ -> new Credit());
            credit.last = in.readLong();
            near.put(neighbours(source.first()), credit.last);
            int accounts = in.readUnsignedByte();
            for (int i = 0; i < accounts && i < ACCOUNTS; i++) {
                credit.accounts.add(in.readUTF());
            }
        });
    }
}
