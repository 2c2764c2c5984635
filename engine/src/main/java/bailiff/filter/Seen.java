package bailiff.filter;

/**
 * What the expressions see of a line: all of it but its time, or the part that prefregex picked, and a line feed.
 *
 * @param text what is searched
 * @param offset where that begins in the line without its time
 */
record Seen(String text, int offset) {

    private static final String CONTENT = "content";

    /** All of a line, given without its time. */
    static Seen whole(String line) {
        return new Seen(line + "\n", 0);
    }

    /** What the prefregex that just matched leaves to the others: its content, or everything where it picks none. */
    Seen content(Expression prefregex) {
        int start = prefregex.start(CONTENT);
        int end = prefregex.end(CONTENT);
        return start < end ? new Seen(text.substring(start, end) + "\n", offset + start) : this;
    }

    /** How many characters of this stand behind that place of the line. */
    int behind(int place) {
        return offset + text.length() - 1 - place;
    }

    static boolean isContent(String group) {
        return group.equals(CONTENT);
    }
}
