package bailiff.evidence.site;

import bailiff.net.Cidr;

/** What the evidence of a site says of an attempt or its source. */
public sealed interface Judgement {

    /** Not enough, or somebody who has shown that he belongs here. */
    record Nothing() implements Judgement {}

    /**
     * Do not let this attempt through; nobody is banned.
     *
     * @param kind what kind of evidence says so
     * @param reason in plain words with the numbers, for the owner
     */
    record Refuse(Kind kind, String reason) implements Judgement {}

    /** Ban the source. */
    record Ban(Kind kind, Cidr subject, String reason) implements Judgement {}

    /** The one of its kind. */
    Judgement NOTHING = new Nothing();
}
