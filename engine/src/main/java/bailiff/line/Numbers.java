package bailiff.line;

/** Reads numbers where they stand. Stateless. */
final class Numbers {

    private static final int MOST_DIGITS = 18;

    private Numbers() {}

    /** The number whose digits stand there and nothing else; -1 where that is not so. */
    static long read(byte[] bytes, int from, int to) {
        if (to <= from || to - from > MOST_DIGITS) {
            return -1;
        }
        long number = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                return -1;
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }
}
