package bailiff.filter;

/** What a filter makes of one line. */
public sealed interface Outcome {

    /** The line is a sighting. */
    record Matched(Sighting sighting) implements Outcome {}

    /** The line would be a sighting, but an ignoreregex says that it is to be left alone. */
    record Ignored(Sighting sighting) implements Outcome {}

    /** The line says that somebody logged in or otherwise proved who he is: it speaks for its address. */
    record Credited(Sighting sighting) implements Outcome {}

    /** The line says nothing to this filter. */
    record Unmatched() implements Outcome {}

    /**
     * The line looks like a sighting but cannot be believed, or could not be examined within the bounds, so nobody is
     * blamed for it.
     *
     * @param reason what a person should be told, in one sentence, free of the line's own text
     */
    record Doubtful(String reason) implements Outcome {}

    /** The one value of {@link Unmatched}. */
    Unmatched UNMATCHED = new Unmatched();
}
