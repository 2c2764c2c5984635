package bailiff.demo;

/** What became of a visit, as the visitor sees it. */
enum Outcome {
    ANSWERED,

    /** The site answered that it would not look at the password. */
    REFUSED,

    /** There was no answer: the firewall drops the visitor's packets. */
    SILENT
}
