package bailiff.action;

/** Where a place in a shell command stands: within quotation marks, behind a backslash, or outside. Not thread-safe. */
final class Quotes {

    /*
     * Good enough for what administrators write in one line. Where it errs (comments, here-documents, quotes within
     * $(...)), a value is one word too few or too many: it is never read as part of the command.
     */
    private char open;
    private boolean escaped;

    /** Goes on over that piece of the command. */
    void pass(CharSequence command, int from, int to) {
        for (int i = from; i < to; i++) {
            pass(command.charAt(i));
        }
    }

    private void pass(char next) {
        if (escaped) {
            escaped = false;
        } else if (next == '\\' && open != '\'') {
            escaped = true;
        } else if (open == 0 && (next == '\'' || next == '"')) {
            open = next;
        } else if (next == open) {
            open = 0;
        }
    }

    /** Whether what stands here is read as words of the shell. */
    boolean isOutside() {
        return open == 0 && !escaped;
    }
}
