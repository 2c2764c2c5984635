package bailiff.evidence.site;

import bailiff.net.Cidr;
import java.util.TreeSet;

/**
 * Which lengths of an answer of XML-RPC are this site's faults: learned, since compression, translations and the headers
 * that some logs count change them.
 *
 * <p>Two things tell them: who calls as no program does is let in by nobody, and who calls again and again, and never
 * has but the same few short answers, is guessing, whatever his name: those who are let in have long ones.
 *
 * <p>Not thread-safe.
 */
final class FaultSizes {

    /** Lengths remembered: a site has some ten. */
    private static final int ROOM = 256;

    /** Different sources that nobody would let in, from which on a length is a fault's. */
    private static final int ENOUGH = 3;

    /** Calls for each length of their answers, from which on a program that has no other answers is guessing. */
    private static final int REPETITIONS = 8;

    /** The same where the caller may be a blog that says it links here: those repeat themselves too. */
    private static final int REPETITIONS_OF_BLOGS = 32;

    /** Lengths of one guesser's answers: the fault with and without a header, with two accounts. */
    private static final int LENGTHS = 4;

    /** Callers followed. */
    private static final int CALLERS = 4_096;

    private static final class Caller {
        private final TreeSet<Long> lengths = new TreeSet<>();
        private int calls;
    }

    private final Recent<Long, TreeSet<Cidr>> sizes = new Recent<>(ROOM);
    private final Recent<Cidr, Caller> callers = new Recent<>(CALLERS);

    /** A source that calls as no program does had an answer of that length. */
    void saw(long bytes, Cidr source) {
        TreeSet<Cidr> sources = sizes.of(bytes, _ -> new TreeSet<>());
        if (sources.size() < ENOUGH) {
            sources.add(source);
        }
    }

    /**
     * A source whose name says nothing had a short answer; gives whether it is guessing.
     *
     * @param mayBeBlog whether it may be another blog that tells of its links
     */
    boolean isGuessing(long bytes, Cidr source, boolean mayBeBlog) {
        Caller caller = callers.of(source, _ -> new Caller());
        caller.calls++;
        if (caller.lengths.size() <= LENGTHS) {
            caller.lengths.add(bytes);
        }
        int each = mayBeBlog ? REPETITIONS_OF_BLOGS : REPETITIONS;
        return caller.lengths.size() <= LENGTHS && caller.calls >= each * caller.lengths.size();
    }

    /** A source had a long answer, as a login that was right has: it is not guessing. */
    void sawLong(Cidr source) {
        Caller caller = callers.of(source, _ -> new Caller());
        for (long other = 0; other <= LENGTHS; other++) {
            caller.lengths.add(-other);
        }
    }

    boolean isFault(long bytes) {
        TreeSet<Cidr> sources = sizes.find(bytes);
        return sources != null && sources.size() >= ENOUGH;
    }
}
