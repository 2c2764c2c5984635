package bailiff.evidence;

/** How the few failures before a source's latest are put into one or two words: as milliseconds before it. */
final class Packing {

    /*
     * With a findtime of up to 33 minutes three of them fit in a word, with a longer one two: those of 21 and 32 bits,
     * which are 35 minutes and 49 days. A second word is taken only where maxretry asks for it. So nobody who stays under
     * a maxretry of 5, or of 8 with a second word, needs more than that; with a long findtime under 4, or 6.
     */
    private static final int SHORT = 21;
    private static final int LONG = 32;

    private final int bits;
    private final int inWord;
    private final int words;
    private final long farthest;

    /**
     * The packing for a jail.
     *
     * @param longest the longest time before the latest failure that is to be kept, in milliseconds
     */
    Packing(int maxretry, long longest) {
        bits = longest < 1L << SHORT ? SHORT : LONG;
        inWord = Long.SIZE / bits;
        words = maxretry - 1 <= 1 + inWord ? 1 : 2;
        farthest = (1L << bits) - 1;
    }

    /** How many words are needed, 1 or 2. */
    int words() {
        return words;
    }

    /** How many failures fit, with the latest. */
    int fit() {
        return 1 + words * inWord;
    }

    /** The longest time before the latest failure that can be packed. */
    long farthest() {
        return farthest;
    }

    /** The time at an index from 0, out of the words. */
    long of(int index, long near, long far) {
        return (index < inWord ? near >>> (index * bits) : far >>> ((index - inWord) * bits)) & farthest;
    }

    /** The first word's part in a time that is put in at that index. */
    long near(int index, long time) {
        return index < inWord ? time << (index * bits) : 0;
    }

    /** The second word's part. */
    long far(int index, long time) {
        return index < inWord ? 0 : time << ((index - inWord) * bits);
    }
}
