package bailiff.evidence;

import java.time.Duration;

/** How long something took or takes, in the words of a configuration: {@code 1d 2h}, {@code 10m}, {@code 0s}. */
public final class Spans {

    private Spans() {}

    /** The two largest units of the span, rounded down; milliseconds for less than a second. */
    public static String text(Duration span) {
        if (span.toSeconds() == 0) {
            return span.isZero() ? "0s" : span.toMillis() + "ms";
        }
        long[] parts = {span.toDays(), span.toHoursPart(), span.toMinutesPart(), span.toSecondsPart()};
        String units = "dhms";
        StringBuilder text = new StringBuilder();
        int written = 0;
        for (int i = 0; i < parts.length && written < 2; i++) {
            if (parts[i] > 0) {
                text.append(written++ > 0 ? " " : "").append(parts[i]).append(units.charAt(i));
            }
        }
        return text.toString();
    }
}
