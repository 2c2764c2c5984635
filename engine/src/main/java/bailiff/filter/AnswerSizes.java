package bailiff.filter;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the sizes of a site's XML-RPC answers say. Each is answered with status 200, a wrong password and a right one alike;
 * but a refusal is always the same text, and so of the same size. Not thread-safe.
 */
public final class AnswerSizes {

    /*
     * WordPress's own texts, measured on 6.1.9, uncompressed, without headers: a wrong password is 403 bytes long, a
     * pingback error 370, system.multicall with n wrong logins 187 + 214 n. A server that counts headers too (Apache's
     * %O), that compresses, or a translation shifts these. So besides, a site's own sizes are learned:
     *
     * - from the log of WordPress, where it tells of a failure of that client in that second (failed);
     * - from those that nobody lets in, since they call as no program does: what STRANGERS of them got alike (strange);
     * - from the answers alone (seen): a size is a refusal's when at least ONLY networks were answered with it and with
     *   nothing else ever, and at most a tenth as many were also answered otherwise. An app whose password is right goes
     *   on to ask for other things, whose answers have other sizes; so does Jetpack. A guesser gets the same answer for
     *   ever.
     *
     * With the size of a refusal the shift by the headers is known, unless the answer is compressed or translated; so
     * multicall is told where it is in 0..MOST_HEADERS. What is not known stays unknown.
     *
     * Bounds: SITES sites, of each NETWORKS networks (the longest unseen goes) and SIZES sizes (the smallest that nobody
     * was answered with any more goes, else the new one is not learned).
     */
    private static final int FAULT = 403;
    private static final int PINGBACK_FAULT = 370;
    private static final int MULTICALL_BASE = 187;
    private static final int MULTICALL_STEP = 214;

    /** WordPress takes 30,000 XML elements in a request, which is room for some 1,700 calls. */
    private static final int MOST_LOGINS = 2_000;

    private static final int MOST_HEADERS = 1_024;

    private static final int ONLY = 8;
    private static final int STRANGERS = 3;
    private static final int SITES = 64;
    private static final int NETWORKS = 1_024;
    private static final int SIZES = 64;
    private static final long MIXED = -1;

    private final Map<String, Site> sites = new HashMap<>();
    private final int networks;

    /** Nothing learned yet, with room for what logs of several sites tell. */
    public AnswerSizes() {
        this(NETWORKS);
    }

    /**
     * Nothing learned yet.
     *
     * @param networks of whom it is remembered what they were answered, a site, at about 100 bytes each
     */
    public AnswerSizes(int networks) {
        this.networks = networks;
    }

    /** Counted for one size: networks answered with nothing else, and those answered otherwise too. */
    private static final class Told {
        private int only;
        private int mixed;
        private boolean failed;
        private final TreeSet<IpAddress> strangers = new TreeSet<>();
    }

    private static final class Site {

        private final Map<Long, Told> sizes = new TreeMap<>();
        private final Map<Cidr, Long> networks;

        private Site(int room) {
            networks = new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Cidr, Long> eldest) {
                    return size() > room;
                }
            };
        }

        private long shift = -1;

        private Told told(long bytes) {
            Told known = sizes.get(bytes);
            if (known == null && sizes.size() >= SIZES) {
                sizes.values().removeIf(told -> told.only <= 1 && !told.failed && told.strangers.size() < 2);
            }
            if (known == null && sizes.size() < SIZES) {
                known = new Told();
                sizes.put(bytes, known);
            }
            return known == null ? new Told() : known;
        }

        private boolean isRefusal(long bytes) {
            Told told = sizes.get(bytes);
            return told != null && (told.failed || (told.only >= ONLY && told.mixed * 10 <= told.only));
        }
    }

    /**
     * Learns from an answer of status 200 to a POST to xmlrpc.php.
     *
     * @param site as in the record
     * @param bytes the size of the answer; negative sizes are passed over
     */
    public void seen(String site, IpAddress client, long bytes) {
        if (bytes < 0) {
            return;
        }
        Site known = site(site);
        Cidr network = client.prefix(client.isV4() ? 16 : 32);
        Long before = known.networks.get(network);
        if (before == null) {
            known.networks.put(network, bytes);
            known.told(bytes).only++;
        } else if (before == MIXED) {
            known.told(bytes);
        } else if (before != bytes) {
            known.networks.put(network, MIXED);
            Told told = known.told(before);
            told.only = Math.max(0, told.only - 1);
            told.mixed++;
            known.told(bytes).mixed++;
        }
        learnShift(known, bytes);
    }

    /** Learns that an answer of that size was a wrong password: WordPress said so. */
    public void failed(String site, long bytes) {
        if (bytes >= 0) {
            Site known = site(site);
            known.told(bytes).failed = true;
            learnShift(known, bytes);
        }
    }

    /**
     * Learns that somebody got an answer of that size whom no site lets in: he calls as no program does.
     *
     * @param site as in the record
     */
    public void strange(String site, IpAddress client, long bytes) {
        if (bytes < 0) {
            return;
        }
        Site known = site(site);
        Told told = known.told(bytes);
        if (!told.failed
                && told.strangers.add(client.prefix(client.isV4() ? 32 : 64).first())) {
            told.failed = told.strangers.size() >= STRANGERS;
            if (told.failed) {
                told.strangers.clear();
                learnShift(known, bytes);
            }
        }
    }

    private static void learnShift(Site site, long bytes) {
        long shift = bytes - FAULT;
        if (shift < PINGBACK_FAULT - FAULT || shift > MOST_HEADERS || !site.isRefusal(bytes)) {
            return;
        }
        // A pingback's error is as much shorter than a wrong password, with the same headers: of such two, the longer.
        boolean longer = shift == site.shift + FAULT - PINGBACK_FAULT;
        boolean shorter = shift == site.shift - FAULT + PINGBACK_FAULT;
        if (shift >= 0 && (site.shift < 0 || longer || (shift < site.shift && !shorter))) {
            site.shift = shift;
        }
    }

    /**
     * How many failed logins or pingbacks an answer of that size stands for; 0 where its size tells nothing.
     *
     * @param site as in the record
     * @param bytes the size of the answer, -1 where it is not known
     */
    public int logins(String site, long bytes) {
        return bytes == FAULT || bytes == PINGBACK_FAULT ? 1 : learned(site, bytes);
    }

    /**
     * As {@link #logins}, but only by what this site has shown: where answers are compressed, one that let somebody in
     * may by chance be as long as WordPress's own fault.
     */
    public int learned(String site, long bytes) {
        Site known = sites.getOrDefault(site, sites.get(""));
        if (known == null) {
            return 0;
        }
        if (known.isRefusal(bytes)) {
            return 1;
        }
        if (known.shift < 0) {
            return 0;
        }
        long body = bytes - known.shift;
        if (body == PINGBACK_FAULT) {
            return 1;
        }
        long calls = (body - MULTICALL_BASE) / MULTICALL_STEP;
        boolean exact = body == MULTICALL_BASE + calls * MULTICALL_STEP;
        return exact && calls >= 1 && calls <= MOST_LOGINS ? (int) calls : 0;
    }

    /** Writes what is certain of the one site that is called by no name: the sizes that were learned. */
    public void write(DataOutput out) throws IOException {
        Site here = sites.get("");
        out.writeLong(here == null ? -1 : here.shift);
        long[] learned = here == null
                ? new long[0]
                : here.sizes.keySet().stream()
                        .filter(here::isRefusal)
                        .mapToLong(Long::longValue)
                        .toArray();
        out.writeInt(learned.length);
        for (long bytes : learned) {
            out.writeLong(bytes);
        }
    }

    /** Reads what was written. */
    public void read(DataInput in) throws IOException {
        long shift = in.readLong();
        int learned = in.readInt();
        if (shift > MOST_HEADERS || learned < 0 || learned > SIZES) {
            throw new IOException("no answers are " + shift + " bytes longer, and of " + learned + " sizes");
        }
        if (shift < 0 && learned == 0) {
            return;
        }
        Site here = site("");
        here.shift = Math.max(-1, shift);
        for (int i = 0; i < learned; i++) {
            here.told(in.readLong()).failed = true;
        }
    }

    private Site site(String name) {
        Site known = sites.get(name);
        if (known == null) {
            // Names of sites can be the clients' (Host): those beyond the bound share one.
            known = sites.computeIfAbsent(sites.size() < SITES ? name : "", _ -> new Site(networks));
        }
        return known;
    }
}
