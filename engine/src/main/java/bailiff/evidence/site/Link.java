package bailiff.evidence.site;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which access log, of all that are read, is that of a site whose attempts WordPress tells of: the one in which they are
 * found as well. Where that is not certain, no log says anything of the conduct of those who try to log in there: it
 * could be another site's, or know the addresses of a proxy alone.
 *
 * <p>Not thread-safe.
 */
final class Link {

    /** Attempts of which it is remembered whether the log had them. */
    private static final int LOOKED_AT = 16;

    /** Of those at least so many must have been found... */
    private static final int LEAST_FOUND = 3;

    /** ...and at most so many missed. */
    private static final int MOST_MISSED = 1;

    /** Logs that may be the one; further ones wait until one of them has nothing of the last attempts. */
    private static final int LOGS = 4;

    private static final class Candidate {
        private final String log;
        private int found;
        private int seen;

        private Candidate(String log) {
            this.log = log;
        }

        private void look(boolean wasFound) {
            found = (found << 1 | (wasFound ? 1 : 0)) & ((1 << LOOKED_AT) - 1);
            seen = Math.min(LOOKED_AT, seen + 1);
        }

        private boolean isProven() {
            int hits = Integer.bitCount(found);
            return hits >= LEAST_FOUND && seen - hits <= MOST_MISSED;
        }
    }

    private final List<Candidate> candidates = new ArrayList<>(0);

    /** An attempt was looked for in all logs, and found in these. */
    void look(List<String> logs) {
        for (Candidate candidate : candidates) {
            candidate.look(logs.contains(candidate.log));
        }
        candidates.removeIf(candidate -> candidate.found == 0);
        for (String log : logs) {
            if (candidates.size() < LOGS && candidates.stream().noneMatch(known -> known.log.equals(log))) {
                Candidate candidate = new Candidate(log);
                candidate.look(true);
                candidates.add(candidate);
            }
        }
    }

    /** The log of this site, as its readers are called; nothing while none is certain. */
    Optional<String> log() {
        for (Candidate candidate : candidates) {
            if (candidate.isProven()) {
                return Optional.of(candidate.log);
            }
        }
        return Optional.empty();
    }

    void write(DataOutput out) throws IOException {
        out.writeByte(candidates.size());
        for (Candidate candidate : candidates) {
            out.writeUTF(candidate.log);
            out.writeInt(candidate.found);
            out.writeByte(candidate.seen);
        }
    }

    void read(DataInput in) throws IOException {
        int size = in.readUnsignedByte();
        for (int i = 0; i < size && i < LOGS; i++) {
            Candidate candidate = new Candidate(in.readUTF());
            candidate.found = in.readInt() & ((1 << LOOKED_AT) - 1);
            candidate.seen = Math.min(LOOKED_AT, in.readUnsignedByte());
            candidates.add(candidate);
        }
    }
}
