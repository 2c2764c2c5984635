package bailiff.filter;

/**
 * One expression and the place in the filter that it comes from.
 *
 * @param option the filter's option
 * @param index which of the option's expressions, from 0
 * @param text the expression as written, in Python's dialect with fail2ban's tags
 */
record RegexSource(RegexException.Option option, int index, String text) {

    private static final int EXCERPT = 24;

    /** What stands at that position, for a message. */
    String excerpt(int position) {
        if (position >= text.length()) {
            return "the end";
        }
        int end = Math.min(text.length(), position + EXCERPT);
        return "'" + text.substring(position, end) + (end < text.length() ? "...'" : "'");
    }
}
