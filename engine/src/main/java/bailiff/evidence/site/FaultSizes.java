package bailiff.evidence.site;

import bailiff.net.Cidr;
import java.util.TreeSet;

/**
 * Which lengths of an answer of XML-RPC are this site's faults: learned, since compression, translations and the headers
 * that some logs count change them.
 *
 * <p>Not thread-safe.
 */
final class FaultSizes {

    /** Lengths remembered: a site has some ten. */
    private static final int ROOM = 256;

    /** Different sources that nobody would let in, from which on a length is a fault's. */
    private static final int ENOUGH = 3;

    private final Recent<Long, TreeSet<Cidr>> sizes = new Recent<>(ROOM);

    /** A source that calls as no program does had an answer of that length. */
    void saw(long bytes, Cidr source) {
        TreeSet<Cidr> sources = sizes.of(bytes, _ -> new TreeSet<>());
        if (sources.size() < ENOUGH) {
            sources.add(source);
        }
    }

    boolean isFault(long bytes) {
        TreeSet<Cidr> sources = sizes.find(bytes);
        return sources != null && sources.size() >= ENOUGH;
    }
}
