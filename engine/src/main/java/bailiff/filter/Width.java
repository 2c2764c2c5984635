package bailiff.filter;

/**
 * How many characters a part of an expression can read.
 *
 * @param min at least
 * @param max at most; {@link #ANY} where nothing bounds it
 */
record Width(long min, long max) {

    static final long ANY = Long.MAX_VALUE;

    private static final Width ZERO = new Width(0, 0);
    private static final Width ONE = new Width(1, 1);
    private static final Width UNKNOWN = new Width(0, ANY);

    static Width of(Node node) {
        return switch (node) {
            case Node.Char _, Node.Set _, Node.Any _ -> ONE;
            case Node.Edge _, Node.Look _ -> ZERO;
            case Node.BackReference _ -> UNKNOWN;
            case Node.Group group -> of(group.body());
            case Node.Atomic atomic -> of(atomic.body());
            case Node.Condition condition -> of(condition.yes()).or(of(condition.no()));
            case Node.Repeat repeat -> of(repeat.body()).times(repeat.min(), repeat.max());
            case Node.Sequence sequence ->
                sequence.parts().stream().map(Width::of).reduce(ZERO, Width::then);
            case Node.Choice choice ->
                choice.branches().stream().map(Width::of).reduce(Width::or).orElse(ZERO);
        };
    }

    private Width then(Width next) {
        return new Width(sum(min, next.min), sum(max, next.max));
    }

    private Width or(Width other) {
        return new Width(Math.min(min, other.min), Math.max(max, other.max));
    }

    private Width times(int least, int most) {
        long longest = most == Node.UNBOUNDED ? (max == 0 ? 0 : ANY) : product(max, most);
        return new Width(product(min, least), longest);
    }

    private static long sum(long a, long b) {
        return a > ANY - b ? ANY : a + b;
    }

    private static long product(long a, long b) {
        return a != 0 && b > ANY / a ? ANY : a * b;
    }
}
