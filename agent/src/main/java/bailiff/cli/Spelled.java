package bailiff.cli;

import bailiff.ban.Bantime;
import bailiff.evidence.Spans;
import java.time.Duration;

/** Lengths of time, and numbers, as people read them. */
final class Spelled {

    private Spelled() {}

    static String time(Duration length) {
        return Spans.text(length);
    }

    static String time(Bantime bantime) {
        return bantime.isForEver() ? "ever" : Spans.text(bantime.length());
    }

    static String number(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
