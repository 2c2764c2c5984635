package bailiff.filter;

import bailiff.line.LogLine;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BiConsumer;

/**
 * The latest lines for a filter that sees several together, put off until one comes that may matter: only then are they
 * worth being read. Not thread-safe: one filter owns it.
 */
final class Recent {

    /*
     * An expression matches only where a line with one of the filter's needles is among those that it sees: the line
     * itself or one of the most - 1 before it. After a match some of those are taken away, so that older ones stay for
     * longer; but a match needs such a line itself, so after twice as many lines without any none is left.
     */

    /** As {@link LineBuffer#MOST_CHARACTERS}, in bytes of any text: no line is dropped here that would be kept there. */
    private static final int MOST_BYTES = 4 * LineBuffer.MOST_CHARACTERS;

    private final int most;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int bytes;
    private int quiet;

    /** A line, and when it was read. */
    private record Waiting(LogLine line, Instant now) {}

    /** For a filter that sees so many lines together. */
    Recent(int most) {
        this.most = most;
        this.quiet = reach(most);
    }

    /** How many lines after one that mattered may still matter because of it. */
    static int reach(int most) {
        return 2 * most;
    }

    /**
     * Whether the line has to be examined; if not, it waits.
     *
     * @param mentions whether it has a needle
     */
    boolean isDue(boolean mentions, LogLine line, Instant now) {
        quiet = mentions ? 0 : Math.min(quiet + 1, reach(most) + 1);
        if (quiet <= reach(most)) {
            return true;
        }
        waiting.add(new Waiting(line.copy(), now));
        bytes += line.length();
        while (waiting.size() >= most || (bytes > MOST_BYTES && waiting.size() > 1)) {
            bytes -= waiting.remove().line().length();
        }
        return false;
    }

    /** Hands over the lines that waited, the oldest first, and forgets them. */
    void release(BiConsumer<LogLine, Instant> buffer) {
        waiting.forEach(each -> buffer.accept(each.line(), each.now()));
        waiting.clear();
        bytes = 0;
    }
}
