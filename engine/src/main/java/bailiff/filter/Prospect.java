package bailiff.filter;

/** What a line may be to a filter, as far as its bytes tell before it is read. */
public enum Prospect {
    /** No expression of the filter can match it. */
    NOTHING,

    /** It can do no more than end a session that an earlier line began; without one it says nothing. */
    END_OF_SESSION,

    /** It has to be examined. */
    ANYTHING,

    /** Nobody has looked: the filter has to look for itself. */
    UNKNOWN
}
