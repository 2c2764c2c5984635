package bailiff.evidence.site;

import bailiff.net.Cidr;
import java.util.TreeSet;

/**
 * Which callers of XML-RPC are guessing, whatever they call themselves: who calls again and again and never has but the
 * same few short answers. Those who are let in have long ones.
 *
 * <p>Not thread-safe.
 */
final class Guessers {

    /** Calls for each length of their answers, from which on a program that has no other answers is guessing. */
    private static final int REPETITIONS = 8;

    /** The same where the caller may be a blog that says it links here: those repeat themselves too. */
    private static final int REPETITIONS_OF_BLOGS = 32;

    /** Lengths of one guesser's answers: the fault with and without a header, with two accounts. */
    private static final int LENGTHS = 4;

    /** Callers followed, at some 300 bytes each. */
    private static final int ROOM = 1_024;

    private static final class Caller {
        private final TreeSet<Long> lengths = new TreeSet<>();
        private int calls;
        private boolean hasLong;
    }

    private final Recent<Cidr, Caller> callers = new Recent<>(ROOM);

    /**
     * A source whose name says nothing had a short answer; gives whether it is guessing.
     *
     * @param mayBeBlog whether it may be another blog that tells of its links
     */
    boolean sawShort(long bytes, Cidr source, boolean mayBeBlog) {
        Caller caller = callers.of(source, _ -> new Caller());
        caller.calls++;
        if (caller.lengths.size() <= LENGTHS) {
            caller.lengths.add(bytes);
        }
        int each = mayBeBlog ? REPETITIONS_OF_BLOGS : REPETITIONS;
        return !caller.hasLong && caller.lengths.size() <= LENGTHS && caller.calls >= each * caller.lengths.size();
    }

    /** It had a long one, as a login that was right has: it is not guessing. */
    void sawLong(Cidr source) {
        callers.of(source, _ -> new Caller()).hasLong = true;
    }
}
