package bailiff.evidence.site;

import bailiff.net.IpAddress;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Which hosts that the requests of one log name are sites of their own. Most servers log what the client sent, and
 * answer any name with the same site: so a name is a site's once people read it, and until then it is the log that has
 * the attempts.
 *
 * <p>Not thread-safe.
 */
final class Hosts {

    /** Sites of one log; further ones share what is seen in it. Who makes names up must have each read to fill this. */
    private static final int SITES = 1_024;

    /** Names looked at; made-up ones can drive out others before they are a site's, never those that are. */
    private static final int CANDIDATES = 256;

    /** Networks, of the 64 that are told apart, from which a site is read. */
    private static final int READERS = 6;

    private static final class Readers {
        private long networks;
    }

    private final TreeSet<String> sites = new TreeSet<>();
    private final Recent<String, Readers> candidates = new Recent<>(CANDIDATES);
    private String lastSent = "";
    private String lastName = "";

    /** The name of a host in small letters and without its port; empty where that is none that sites have. */
    @SuppressWarnings("ReferenceEquality")
    String name(String sent) {
        // Hosts come again and again, and as the same object, which is compared at once.
        if (!sent.equals(lastSent)) {
            lastName = named(sent);
            lastSent = sent;
        }
        return lastName;
    }

    private static String named(String sent) {
        int colon = sent.indexOf(':');
        String name = colon < 0 ? sent : sent.substring(0, colon);
        return isName(name) ? name.toLowerCase(Locale.ROOT) : "";
    }

    /** Letters, digits, dots and dashes, at most as many as the name system allows (RFC 1035, 3.1), and no address. */
    private static boolean isName(String name) {
        boolean letters = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            letters |= letter;
            if (!letter && !(c >= '0' && c <= '9') && c != '-' && c != '.') {
                return false;
            }
        }
        return letters && name.length() <= 253;
    }

    /** Whether that name is a site's. */
    boolean isSite(String name) {
        return sites.contains(name);
    }

    /** Somebody was given what belongs to a page of that name. */
    void read(String name, IpAddress client) {
        if (name.isEmpty() || sites.contains(name) || sites.size() >= SITES) {
            return;
        }
        Readers readers = candidates.of(name, _ -> new Readers());
        IpAddress network = client.prefix(client.isV4() ? 16 : 32).first();
        long mixed = (network.high() * 31 + network.low()) * 0x9e3779b97f4a7c15L;
        readers.networks |= 1L << (mixed >>> 58);
        if (Long.bitCount(readers.networks) >= READERS) {
            candidates.remove(name);
            sites.add(name);
        }
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(sites.size());
        for (String site : sites) {
            out.writeUTF(site);
        }
    }

    void read(DataInput from) throws IOException {
        Saved.table(from, SITES, in -> sites.add(in.readUTF()));
    }
}
