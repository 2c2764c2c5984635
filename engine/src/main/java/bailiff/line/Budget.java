package bailiff.line;

/**
 * What regular expressions may spend on one line: {@value #READS} reads of a character, all together.
 *
 * <p>Counted, not timed, so that the same line has the same outcome on every machine. Not thread-safe.
 */
public final class Budget {

    /*
     * A linear expression reads a line of 8 KiB a few times over: under a tenth of this. Spending all of it takes some
     * 10 to 20 ms. java.util.regex backtracks nowhere without reading characters again, so the count bounds its time.
     */
    /** Reads of a character that one line may cost. */
    public static final int READS = 1_000_000;

    private int left;

    public Budget() {
        this(READS);
    }

    /** Of so many reads, for whoever has a bound of his own. */
    public Budget(int reads) {
        this.left = reads;
    }

    /** The text in the form in which every read of a character is paid for. */
    public CharSequence over(String text) {
        return new Metered(text);
    }

    /** Reads that are left. */
    public int left() {
        return Math.max(0, left);
    }

    /** Pays for so many reads, or steps of as much work, at once. */
    public void spend(int reads) {
        check(reads);
        left -= reads;
    }

    /** Throws {@link Spent} if so many reads are more than are left. */
    public void check(int reads) {
        if (reads > left) {
            throw new Spent();
        }
    }

    /** The budget is spent. */
    public static final class Spent extends RuntimeException {

        private static final long serialVersionUID = 1;

        private Spent() {
            super("budget of " + READS + " reads spent", null, false, false);
        }
    }

    private final class Metered implements CharSequence {

        private final String text;

        Metered(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (--left < 0) {
                throw new Spent();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
