package bailiff.evidence.site;

/** Lengths of time, for people. */
final class Spans {

    private static final long MINUTE = 60;
    private static final long HOUR = 3_600;
    private static final long DAY = 86_400;

    private Spans() {}

    /** The length in its largest unit that is at least two, rounded down. */
    static String words(long seconds) {
        if (seconds >= 2 * DAY) {
            return seconds / DAY + " days";
        }
        if (seconds >= 2 * HOUR) {
            return seconds / HOUR + " hours";
        }
        return seconds >= 2 * MINUTE ? seconds / MINUTE + " minutes" : seconds + " seconds";
    }
}
