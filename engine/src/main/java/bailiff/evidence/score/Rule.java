package bailiff.evidence.score;

import bailiff.evidence.site.Attempt;

/** A rule that stops attempts, run over past ones. Not thread-safe. */
public interface Rule {

    /** What happens to an attempt. */
    enum Fate {
        /** It is served. */
        THROUGH,
        /** It is refused, and its source banned or not. */
        REFUSED,
        /** Its source is banned: it never arrives. */
        BANNED
    }

    /** What it is called in tables. */
    String name();

    /**
     * What would have happened to the attempt. One that is served or refused counts against its source from then on;
     * one of a banned source is not seen at all.
     */
    Fate meet(Attempt attempt);
}
