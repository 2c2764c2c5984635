package bailiff.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The open files of one log, oldest first. The last one bears the name, or bore it when one last looked. */
final class Generations implements Iterable<Generation> {

    /** How long a file that lost its name is watched for late lines. */
    static final Duration LINGER = Duration.ofMinutes(10);

    /** How many files without the name are kept open beside the one that has it. */
    static final int MOST_LINGERING = 4;

    private final List<Generation> open = new ArrayList<>();

    @Override
    public Iterator<Generation> iterator() {
        return open.iterator();
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    int size() {
        return open.size();
    }

    Generation last() {
        return open.getLast();
    }

    void add(Generation generation) {
        open.add(generation);
    }

    /** Closes one of them. */
    void drop(Generation generation) {
        generation.close();
        open.remove(generation);
    }

    boolean contains(FileStat file) {
        return open.stream().anyMatch(one -> one.isSameFile(file));
    }

    /** Makes that file the last one; false when it is not among them. */
    boolean moveToEnd(FileStat file) {
        for (Generation one : open) {
            if (one.isSameFile(file)) {
                open.remove(one);
                open.add(one);
                return true;
            }
        }
        return false;
    }

    /**
     * Lets go of those that lost the name: once nothing has come from them for long, or when they are too many.
     *
     * @param named whether the last one still bears the name
     * @return how many of them ended in an unfinished line
     */
    int retire(boolean named, Instant now) {
        int unfinished = 0;
        for (int i = open.size() - (named ? 2 : 1); i >= 0; i--) {
            Generation old = open.get(i);
            int younger = open.size() - 1 - i;
            boolean quiet = old.quietSince().isBefore(now.minus(LINGER));
            if (quiet || younger > MOST_LINGERING || (younger > 0 && !old.grows())) {
                unfinished += old.hasUnfinishedLine() ? 1 : 0;
                drop(old);
            }
        }
        return unfinished;
    }

    List<Mark> marks() {
        return open.stream().map(Generation::mark).toList();
    }

    /** Bytes that are not read yet, as far as known. */
    long behind() {
        return open.stream().mapToLong(Generation::behind).sum();
    }

    void close() {
        open.forEach(Generation::close);
        open.clear();
    }
}
