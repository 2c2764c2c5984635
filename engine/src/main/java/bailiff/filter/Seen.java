package bailiff.filter;

/**
 * What the expressions see of a line: all of it but its time, or the part that prefregex picked, and a line feed; of
 * several lines that are seen together, the same one after the other.
 *
 * @param text what is searched
 * @param offset where that begins in what prefregex sees
 */
record Seen(String text, int offset) {

    private static final String CONTENT = "content";

    /** What the prefregex that just matched leaves to the others: its content, or everything where it picks none. */
    Seen content(Expression prefregex) {
        int start = prefregex.start(CONTENT);
        int end = prefregex.end(CONTENT);
        return start < end ? new Seen(text.substring(start, end) + "\n", offset + start) : this;
    }

    static boolean isContent(String group) {
        return group.equals(CONTENT);
    }
}
