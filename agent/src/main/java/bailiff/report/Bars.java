package bailiff.report;

/** Draws counts as a row of blocks, one character each. Stateless. */
final class Bars {

    private static final String BLOCKS = " \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

    private Bars() {}

    /** The counts, the highest a whole block; what is not zero shows. */
    static String of(long[] counts) {
        long most = 1;
        for (long count : counts) {
            most = Math.max(most, count);
        }
        StringBuilder row = new StringBuilder();
        for (long count : counts) {
            long level = count == 0 ? 0 : Math.max(1, Math.round(count * 8.0 / most));
            row.append(BLOCKS.charAt((int) level));
        }
        return row.toString();
    }
}
