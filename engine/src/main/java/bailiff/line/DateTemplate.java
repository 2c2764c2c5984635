package bailiff.line;

import org.jspecify.annotations.Nullable;

/** One way in which a log may write its time. Not thread-safe: one detector owns it. */
interface DateTemplate {

    /**
     * Looks for a possible time: the first one in the line that is written so.
     *
     * @return what was found, with the part to cut out, good until the next call; null when nothing was
     */
    @Nullable
    DateReading find(DateText text);

    /** Whether the log itself says where the time is, so that no other time in the line can be the line's own. */
    boolean isAnchored();

    /** Whether to look for a time in that line costs more than so many reads of a character. */
    default boolean isSlow(String line, int reads) {
        return false;
    }

    /** Whether what it cuts out may stand between these two characters; true also where that cannot be told. */
    default boolean mayCutBetween(char before, char after) {
        return true;
    }

    /** How the time that was found last is written, as a datepattern. */
    String form();
}
