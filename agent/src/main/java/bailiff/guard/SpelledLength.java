package bailiff.guard;

import java.time.Duration;
import java.util.List;

/** Lengths of time as fail2ban writes them into its log: {@code 2d 7h 15m}, rounded the more the longer they are. */
final class SpelledLength {

    /**
     * How lengths from {@code from} seconds on are spelled.
     *
     * @param rounding the seconds to which they are rounded
     * @param units what they are spelled in, in multiples of that, the largest first
     * @param names the units' names, a letter each
     */
    private record Scale(long from, int rounding, List<Integer> units, String names) {}

    private static final List<Scale> SCALES = List.of(
            new Scale(31_536_000, 86_400, List.of(365, 7, 1), "ywd"),
            new Scale(604_800, 3_600, List.of(168, 24, 1), "wdh"),
            new Scale(86_400, 60, List.of(1_440, 60, 1), "dhm"),
            new Scale(3_595, 10, List.of(360, 6), "hm"),
            new Scale(0, 1, List.of(60, 1), "ms"));

    private SpelledLength() {}

    /** The length, which is not negative, in whole seconds. */
    static String of(Duration length) {
        long seconds = Math.max(0, length.toSeconds());
        Scale scale = SCALES.stream()
                .filter(larger -> seconds >= larger.from())
                .findFirst()
                .orElseThrow();
        long left = (long) Math.rint((double) seconds / scale.rounding());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < scale.units().size(); i++) {
            long number = left / scale.units().get(i);
            left %= scale.units().get(i);
            if (number > 0) {
                text.append(text.isEmpty() ? "" : " ")
                        .append(number)
                        .append(scale.names().charAt(i));
            }
        }
        return text.isEmpty() ? "0" : text.toString();
    }
}
