package bailiff.source;

import bailiff.filter.Concern;
import bailiff.filter.Sieve;
import bailiff.filter.Sorter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Cuts a stream into lines within a fixed buffer, and passes over those that cannot matter. Not thread-safe. */
final class Reaper {

    /*
     * The buffer holds a block and before it what was left of the block before: less than a line. The sieve is asked
     * about all whole lines at once. A line that is too long must be handed over whatever it contains; so while line
     * feeds are counted, a chunk without any gives it away: a line of more than LONGEST_LINE bytes covers at least one
     * chunk of half that size.
     *
     * Where a filter sees several lines together, the neighbours of a line that may matter to it are handed over too. For
     * those that stand in the next block, the last lines of every block are.
     */

    /** How much is read at once, in bytes: what fits into a core's own cache. */
    static final int BLOCK = 256 << 10;

    private static final int CHUNK = PastLog.LONGEST_LINE / 2;

    private final Optional<Sieve> sieve;
    private final Optional<Sorter> sorter;
    private final int block;
    private final byte[] buffer;
    private final int before;
    private final int after;
    private int lingering;
    private int size;
    private long number;
    private boolean skipping;

    /**
     * A reaper at the beginning of a log.
     *
     * @param sieve says what can matter; without one, everything does
     * @param block how much is read at once, in bytes
     */
    Reaper(Optional<Sieve> sieve, int block) {
        this.sieve = sieve.filter(Sieve::isUseful);
        this.sorter = this.sieve.map(Sieve::sorter);
        this.before = this.sieve.map(Sieve::before).orElse(0);
        this.after = this.sieve.map(Sieve::after).orElse(0);
        this.block = block;
        this.buffer = new byte[block + PastLog.LONGEST_LINE];
    }

    /**
     * Reads once and adds the lines that end there.
     *
     * @param fill whether to wait until there is a whole block
     * @return whether there may be more
     */
    boolean reap(InputStream in, boolean fill, Harvest into) throws IOException {
        int before = size;
        try {
            int n = 0;
            while (n >= 0 && size < before + block && (fill || size == before)) {
                n = in.read(buffer, size, before + block - size);
                size += Math.max(n, 0);
            }
            cut(into);
            if (n >= 0) {
                return true;
            }
            if (size > 0 && !skipping) {
                lastLine(into);
            }
            size = 0;
            return false;
        } catch (EOFException e) {
            cut(into);
            throw new IOException("the compressed file ends too early, after line " + number, e);
        } catch (IOException e) {
            cut(into);
            throw e;
        }
    }

    /** Deals with what no line feed ends. */
    private void lastLine(Harvest into) {
        if (before > 0 || find(0, size) >= 0) {
            hand(0, size, false, into);
        } else {
            number++;
            into.passOver(1);
        }
    }

    /** Where something is that matters; -1 for nothing. */
    private int find(int from, int to) {
        return sieve.isPresent() ? sieve.get().find(buffer, from, to) : from < to ? from : -1;
    }

    private int findJoined(int from, int to) {
        return before == 0
                ? -1
                : sieve.map(any -> any.findJoined(buffer, from, to)).orElse(-1);
    }

    /** How many lines of the log have been dealt with. */
    long number() {
        return number;
    }

    private void cut(Harvest into) {
        int end = LineFeeds.last(buffer, 0, size) + 1;
        int start = skipping ? LineFeeds.next(buffer, 0, end) + 1 : 0;
        skipping &= end == 0;
        if (skipping) {
            start = size;
        } else {
            lines(start, end, into);
            start = end;
        }
        if (size - start > PastLog.LONGEST_LINE) {
            add(start, start + PastLog.LONGEST_LINE, into);
            skipping = true;
            start = size;
        }
        System.arraycopy(buffer, start, buffer, 0, size - start);
        size -= start;
    }

    /** Deals with whole lines. */
    private void lines(int start, int end, Harvest into) {
        int at = handNeighbours(start, start, end, into);
        int tail = linesBack(before, at, end);
        while (at < end) {
            int joined = findJoined(at, end);
            int stop = Math.min(Math.max(at, tail), joined < 0 ? end : linesBack(before + 1, at, joined));
            lone(at, stop, into);
            boolean isTail = joined < 0 || stop == Math.max(at, tail);
            at = handNeighbours(stop, isTail ? end : joined + 1, end, into);
        }
    }

    /** Hands over lines up to that place, and those behind them that matter because of one that was handed over. */
    private int handNeighbours(int start, int until, int end, Harvest into) {
        int at = start;
        while (at < end && (at < until || lingering > 0)) {
            int feed = LineFeeds.next(buffer, at, end);
            lingering = findJoined(at, feed) < 0 ? Math.max(0, lingering - 1) : after;
            hand(at, feed, false, into);
            at = feed + 1;
        }
        return at;
    }

    /** Where so many lines begin that end, or whose last one is, before {@code to}; lines too long are not counted. */
    private int linesBack(int lines, int from, int to) {
        int end = to;
        for (int left = lines; left > 0 && end > from; ) {
            int begin = Math.max(from, LineFeeds.last(buffer, from, end - 1) + 1);
            left -= end - 1 - begin <= PastLog.LONGEST_LINE ? 1 : 0;
            end = begin;
        }
        return end;
    }

    /** Deals with lines each of which matters by itself or not at all. */
    private void lone(int start, int end, Harvest into) {
        int at = start;
        sorter.ifPresent(any -> any.begin(buffer, start, end));
        while (at < end) {
            int found = sorter.isPresent() ? sorter.get().next(buffer, at) : at;
            int line = found < 0 ? end : Math.max(at, LineFeeds.last(buffer, at, found) + 1);
            passOver(at, line, into);
            at = end;
            if (found >= 0) {
                int feed = LineFeeds.next(buffer, found, end);
                hand(line, feed, true, into);
                at = feed + 1;
            }
        }
    }

    private void passOver(int start, int end, Harvest into) {
        int at = start;
        long passed = 0;
        while (at < end) {
            int to = Math.min(end, at + CHUNK);
            int feeds = LineFeeds.count(buffer, at, to);
            passed += feeds;
            int line = feeds == 0 ? Math.max(start, LineFeeds.last(buffer, start, at) + 1) : end;
            int feed = feeds == 0 ? LineFeeds.next(buffer, to, end) : end;
            at = to;
            if (feed - line > PastLog.LONGEST_LINE) {
                number += passed;
                into.passOver(passed);
                passed = 0;
                add(line, line + PastLog.LONGEST_LINE, into);
                at = feed + 1;
            }
        }
        number += passed;
        into.passOver(passed);
    }

    /**
     * Hands over the line between these two, without the line feed, unless it is nobody's concern.
     *
     * @param found whether it is the line that the sorter has just found
     */
    private void hand(int from, int to, boolean found, Harvest into) {
        if (to - from > PastLog.LONGEST_LINE) {
            add(from, from + PastLog.LONGEST_LINE, into);
            return;
        }
        int end = to > from && buffer[to - 1] == '\r' ? to - 1 : to;
        Concern concern = sorter.isPresent() ? concern(sorter.get(), from, end, found) : null;
        number++;
        if (concern != null && concern.isNobodys()) {
            into.passOver(1);
        } else {
            into.add(buffer, from, end, true, concern);
        }
    }

    private Concern concern(Sorter any, int from, int end, boolean found) {
        return found ? any.sort(buffer, from, end) : any.sort(buffer, from, end, before > 0);
    }

    /** Hands over what is left of a line that is too long. */
    private void add(int from, int to, Harvest into) {
        number++;
        into.add(buffer, from, to, false, null);
    }
}
