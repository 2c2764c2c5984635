package bailiff.filter;

import bailiff.filter.Node.Edge;
import org.jspecify.annotations.Nullable;

/** One instruction of a {@link Program}. Immutable once the program is built. */
final class Step {

    /*
     * One class for all, told apart by a number: the walker's loop is one switch, which both of the JVM's compilers
     * turn into a few comparisons, the most frequent first. What each uses:
     *   LITERAL     literal
     *   ONE         set
     *   SAVE        slot
     *   SPLIT       next before other, as far as ways says that the character that stands next lets them
     *   GREEDY, LAZY, POSSESSIVE   min to max characters of set; where the way on must begin with one of lead
     *   EDGE        edge
     *   LOOK        sub, from width characters further left if behind
     *   ATOMIC      sub
     *   CONDITION   next if slot is filled, or else other
     *   ACCEPT      nothing
     */
    static final int LITERAL = 0;
    static final int POSSESSIVE = 1;
    static final int SPLIT = 2;
    static final int SAVE = 3;
    static final int GREEDY = 4;
    static final int ONE = 5;
    static final int EDGE = 6;
    static final int LAZY = 7;
    static final int LOOK = 8;
    static final int ATOMIC = 9;
    static final int CONDITION = 10;
    static final int ACCEPT = 11;

    /** Entries of a table by the byte that stands next, which is more than ASCII for other characters and the end. */
    static final int TABLE = 256;

    static final int END = Subject.END & 0xff;

    /** Bits of {@link #ways}: the text may go on by {@link #next}, by {@link #other}. */
    static final int BY_NEXT = 1;

    static final int BY_OTHER = 2;

    private static final Edge ANYWHERE = new Edge(Node.Place.TEXT_START, false);
    private static final byte[] NO_TEXT = {};
    private static final boolean[] NO_TABLE = {};
    private static final byte[] NO_WAYS = {};

    /** Where its marks begin; a repetition has a second row of them, for what it has read so far. */
    final int id;

    int op;
    Step next;
    Step other = this;
    Step sub = this;

    /** In {@linkplain Subject the subject's} bytes, as {@link #follow}. */
    byte[] literal = NO_TEXT;

    CharSet set = CharSet.word(false);

    /** The set's answers for ASCII. */
    boolean[] ascii = NO_TABLE;

    boolean allButLineFeed;
    int slot;
    int min;
    int max;
    byte[] ways = NO_WAYS;
    boolean[] lead = NO_TABLE;

    /** The literal that must follow; empty where it need not be one. */
    byte[] follow = NO_TEXT;

    Edge edge = ANYWHERE;
    boolean behind;
    boolean negative;
    int width;

    /** A step before that one, or before none. */
    Step(int id, int op, @Nullable Step next) {
        this.id = id;
        this.op = op;
        this.next = next == null ? this : next;
    }

    /** Whether it repeats one set. */
    boolean isRun() {
        return op == GREEDY || op == LAZY || op == POSSESSIVE;
    }
}
