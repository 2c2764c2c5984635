package bailiff.evidence;

/** Orders sources by how much speaks against them: who may be forgotten before whom when there are too many. */
final class Ranks {

    /*
     * Few ranks, so that each has a good share of the room. Where so many are enough, each number of failures is a rank
     * of its own; beyond, a rank is twice as many failures as the one below.
     */
    private static final int MOST = 8;

    private final boolean isExact;
    private final int count;

    /** The ranks of sources that are banned for so many failures, at least 1. */
    Ranks(int maxretry) {
        this.isExact = maxretry <= MOST + 1;
        this.count = isExact ? Math.max(1, maxretry - 1) : Math.min(MOST, doublings(maxretry - 1) + 1);
    }

    /** How many ranks there are, 1 to {@value #MOST}. */
    int count() {
        return count;
    }

    /** The rank of a source with so many failures, from 0. */
    int of(int failures) {
        int rank = isExact ? failures - 1 : doublings(failures);
        return Math.clamp(rank, 0, count - 1);
    }

    private static int doublings(int failures) {
        return 31 - Integer.numberOfLeadingZeros(Math.max(1, failures));
    }
}
