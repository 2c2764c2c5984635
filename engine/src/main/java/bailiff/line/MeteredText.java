package bailiff.line;

/** A line that may be looked at only so often, so that no expression can spend long on it. Not thread-safe. */
final class MeteredText implements CharSequence {

    /** The line was looked at too often. */
    static final class SpentException extends RuntimeException {

        private static final long serialVersionUID = 1;

        SpentException() {
            super("too many steps", null, false, false);
        }
    }

    /** Looks per line: 120 for each character of the longest line, some 4 ms. */
    static final int LOOKS = 1_000_000;

    private final String text;
    private int left = LOOKS;

    MeteredText(String text) {
        this.text = text;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new SpentException();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
