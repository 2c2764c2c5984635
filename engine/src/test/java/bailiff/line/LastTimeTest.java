package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a detector remembers of the lines before changes nothing that it finds: seen through the detector. */
class LastTimeTest {

    private static final long SEED = 20261121;
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
    private static final String REST = " web1 wordpress(blog.example.org)[4711]: Authentication failure for admin";

    /** Moments around which the answer changes: the year's end, a leap day, a day's end, clocks put back and forward. */
    private static final List<Instant> MOMENTS = List.of(
            Instant.parse("2026-12-31T22:59:50Z"),
            Instant.parse("2027-01-01T23:00:00Z"),
            Instant.parse("2024-02-29T12:00:00Z"),
            Instant.parse("2026-11-20T22:59:50Z"),
            Instant.parse("2026-10-25T00:30:00Z"),
            Instant.parse("2026-10-25T01:30:00Z"),
            Instant.parse("2026-03-29T00:59:50Z"),
            Instant.parse("2026-07-01T12:00:00Z"));

    /** None in which a day could be a month: that depends on the lines before. */
    private static final List<String> FORMS = List.of(
            "MMM ppd HH:mm:ss",
            "MMM ppd HH:mm:ss",
            "MMM ppd HH:mm:ss.SSS",
            "MMM ppd HH:mm:ss uuuu",
            "EEE MMM dd HH:mm:ss.SSSSSS uuuu",
            "uuuu-MM-dd HH:mm:ss",
            "uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx",
            "uuuu-MM-dd HH:mm:ss,SSS",
            "uuuu-MM-dd'T'HH:mm:ssXXX",
            "uuuu/MM/dd H:m:s",
            "uuuuMMdd'T'HHmmss",
            "dd/MMM/uuuu:HH:mm:ss xx",
            "d MMM uuuu H:mm:ss",
            "MMM dd, uuuu hh:mm:ss a",
            "uuMMdd HH:mm:ss",
            "HH:mm:ss",
            "'CEST' MMM dd HH:mm:ss",
            "'17'HHmmss'00.123'",
            "'@400000006'HHmmss'0f200000000'");

    private static final List<String> PREFIXES = List.of(
            "", "", "", "", "[", "<85>", "<5>1 ", " ", "- ", "192.0.2.1 - - [", "10.1.2.3 - a [x [", "vm app: ", "é");

    private static final List<String> BEHIND = List.of(
            "",
            "",
            "",
            "] \"GET / HTTP/1.1\"",
            "]",
            " 2026",
            " 2026x",
            " +01",
            " +0130 ",
            " Z",
            ".5",
            "-05",
            " GMT",
            "x",
            ",7",
            ": ");

    private final Random random = new Random(SEED);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{^LN-BEG}",
                "{^LN-BEG}{DATE}",
                "{DATE}",
                "^[^\\[]*\\[({DATE})",
                "^[^[]*(\\[{DATE}\\s*\\])",
                "^[^\\[]*\\[({DATE})\n{^LN-BEG}",
                "%Y-%m-%d %H:%M:%S\n%b %d %H:%M:%S",
                "^%Y-%m-%d[T ]%H:%M:%S(?:[.,]%f)?(?:\\s*%z)?",
                "{^LN-BEG}%b %d %H:%M:%S$|^%H:%M:%S",
                "%d/%b/%Y:%H:%M:%S %z",
                "EPOCH\nTAI64N",
                "%b %d"
            })
    void detect_afterManyOtherLines_findsWhatAFreshDetectorFinds(String datepattern) throws DatePatternException {
        DateDetector old = DateDetector.of(datepattern, ZONE);
        DateDetector ofBytes = DateDetector.of(datepattern, ZONE);
        Instant now = MOMENTS.getFirst();
        String form = FORMS.getFirst();
        String prefix = "";
        String behind = "";
        int dated = 0;

        for (int i = 0; i < 12_000; i++) {
            now = random.nextInt(50) == 0 ? moment() : now.plusMillis(random.nextBoolean() ? random.nextInt(1500) : 0);
            form = random.nextInt(12) == 0 ? any(FORMS) : form;
            prefix = random.nextInt(12) == 0 ? any(PREFIXES) : prefix;
            behind = random.nextInt(9) == 0 ? any(BEHIND) : behind;
            String line = mutated(prefix + text(form, written(now)) + behind + rest());

            DateDetector fresh = DateDetector.of(datepattern, ZONE);
            DatedLine expected = fresh.detect(line, now);
            DatedLine found = old.detect(line, now);

            assertThat(found.toString())
                    .as("seed %d, line %d '%s' at %s", SEED, i, line, now)
                    .isEqualTo(expected.toString());
            assertThat(old.form()).as("seed %d, line %d '%s'", SEED, i, line).isEqualTo(fresh.form());
            assertThat(ofBytes.time(within(line), now)).as(line).isEqualTo(expected.time());
            assertThat(List.of(ofBytes.cutFrom(), ofBytes.cutTo()))
                    .as(line)
                    .isEqualTo(List.of(expected.cutFrom(), expected.cutTo()));
            dated += found.time().isPresent() ? 1 : 0;
        }

        assertThat(dated).isGreaterThan(100);
    }

    @Test
    void detect_blankBeforeADayOfOneDigit_isNotCutOutWhateverWasBefore() throws DatePatternException {
        DateDetector detector = DateDetector.of("", ZONE);
        detector.detect("11/Nov/2026:11:03:14 +0000" + REST, MOMENTS.getFirst());

        assertThat(detector.detect(" 1/Nov/2026:11:03:14 +0000" + REST, MOMENTS.getFirst())
                        .rest())
                .isEqualTo(" " + REST);
    }

    @ParameterizedTest
    @CsvSource({
        "Nov 20 11:03:14, 2026-11-20T12:00:00Z, 2028-02-01T00:00:00Z, 2027",
        "Nov 20 11:03:14, 2026-11-20T12:00:00Z, 2026-11-01T00:00:00Z, 2025",
        "Nov 20 11:03:14, 2026-11-20T12:00:00Z, 2027-09-30T00:00:00Z, 2026",
        "Jan  1 00:00:14, 2026-12-31T23:59:00Z, 2026-12-30T23:00:00Z, 2026",
        "Feb 29 11:03:14, 2024-03-01T12:00:00Z, 2028-03-01T00:00:00Z, 2028",
        "Feb 29 11:03:14, 2024-03-01T12:00:00Z, 2027-03-01T00:00:00Z, 2024"
    })
    void detect_sameTextAtAnotherMoment_isCompletedAnew(String time, Instant first, Instant then, String year)
            throws DatePatternException {
        DateDetector detector = DateDetector.of("", ZoneOffset.UTC);
        for (int i = 0; i < 3; i++) {
            detector.detect(time + REST, first);
        }

        assertThat(detector.detect(time + REST, then).time().orElseThrow().toString())
                .startsWith(year);
    }

    @Test
    void detect_hourShownTwice_isReadByTheMomentWhateverWasBefore() throws DatePatternException {
        DateDetector detector = DateDetector.of("", ZONE);
        String line = "2026-10-25 02:30:00" + REST;
        for (int i = 0; i < 3; i++) {
            detector.detect(line, Instant.parse("2026-10-25T00:30:01Z"));
        }

        assertThat(detector.detect(line, Instant.parse("2026-10-25T01:30:01Z")).time())
                .contains(Instant.parse("2026-10-25T01:30:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"11:03:61", "11:60:00", "11:0x:00", "11-03:14", "25:03:14"})
    void detect_impossibleDigits_areNoTimeWhateverWasBefore(String time) throws DatePatternException {
        DateDetector detector = DateDetector.of("{^LN-BEG}", ZONE);
        for (int i = 0; i < 3; i++) {
            detector.detect("2026-11-20 11:03:14" + REST, MOMENTS.getFirst());
        }

        assertThat(detector.detect("2026-11-20 " + time + REST, MOMENTS.getFirst())
                        .time())
                .isEmpty();
    }

    @Test
    void detect_patternThatLooksForTheEnd_isNotToldByTheStart() throws DatePatternException {
        DateDetector detector = DateDetector.of("^%Y-%m-%d %H:%M:%S(?=.*(end)?)(?!.*stop$)", ZONE);
        String line = "2026-11-20 11:03:14" + REST;
        for (int i = 0; i < 3; i++) {
            detector.detect(line, MOMENTS.getFirst());
        }

        assertThat(detector.detect(line + " stop", MOMENTS.getFirst()).time()).isEmpty();
        assertThat(detector.detect(line + " go", MOMENTS.getFirst()).time()).isPresent();
    }

    /** The line in the midst of a block, between others that have times too. */
    private static LogLine within(String line) {
        String before = "2026-11-20 11:03:14 before\n";
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        byte[] block = (before + line + "\n2026-11-20 11:03:15 behind").getBytes(StandardCharsets.UTF_8);
        return LogLine.of(block, before.length(), before.length() + bytes.length);
    }

    private Instant moment() {
        return any(MOMENTS).plusSeconds(random.nextInt(9) == 0 ? random.nextInt(400 * 86_400) : random.nextInt(20));
    }

    private ZonedDateTime written(Instant now) {
        long back = random.nextInt(30) == 0 ? random.nextInt(800 * 86_400) - 2 * 86_400L : random.nextInt(3) - 1L;
        return now.minusSeconds(back).plusNanos(random.nextInt(1_000_000_000)).atZone(ZONE);
    }

    private String rest() {
        return random.nextInt(9) == 0 ? REST.substring(0, random.nextInt(REST.length())) : REST;
    }

    /** Mostly as it is; else with one character replaced. */
    private String mutated(String line) {
        if (random.nextInt(10) > 0 || line.isEmpty()) {
            return line;
        }
        int at = random.nextInt(Math.min(line.length(), 60));
        String other = any(List.of("0", "9", "6", ":", " ", "x", "é", "\u2028", "[", ".", "\u0000", "٣"));
        return line.substring(0, at) + other + line.substring(at + 1);
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private static String text(String form, ZonedDateTime time) {
        return DateTimeFormatter.ofPattern(form, Locale.ENGLISH).format(time);
    }
}
