package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateDetectorTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant LOGGED = Instant.parse("2026-11-20T11:03:14Z");

    private final DateDetector detector = detector("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 20 11:03:14",
                "nov 20 11:03:14",
                "Nov 20 2026 11:03:14",
                "Nov 20 11:03:14 2026",
                "2026 Nov 20 11:03:14",
                "Fri Nov 20 11:03:14 2026",
                "2026-11-20T11:03:14Z",
                "2026-11-20T11:03:14+00:00",
                "2026-11-20 12:03:14 +0100",
                "2026-11-20T06:03:14-05",
                "2026-11-20 11:03:14",
                "2026-11-20 11:03:14 GMT",
                "2026/11/20 11:03:14",
                "2026.11.20 11:03:14",
                "20261120T110314",
                "20261120-11:03:14",
                "20/Nov/2026:12:03:14 +0100",
                "20-Nov-2026 11:03:14",
                "20 Nov 2026 11:03:14 +0000",
                "20/11/2026 11:03:14",
                "20/11/26 11:03:14",
                "11/20/2026:11:03:14",
                "11-20-2026 11:03:14",
                "Nov 20, 2026 11:03:14 AM",
                "Nov-20-26 11:03:14",
                "261120 11:03:14",
                "<11/20/26@11:03:14>",
                "1795172594",
                "@400000006b0028f200000000",
                "11:03:14"
            })
    void detect_usualFormAtLineStart_isCutOut(String time) {
        DatedLine dated = detector.detect(time + " vm sshd[7]: x", NOW);

        assertThat(dated.time()).contains(LOGGED);
        assertThat(dated.rest()).isEqualTo(" vm sshd[7]: x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-20T11:03:14.980470+00:00 vm     | 2026-11-20T11:03:14.980470Z
            2026-11-20T11:03:14.980470123Z vm       | 2026-11-20T11:03:14.980470123Z
            2026-11-20 11:03:14,5 vm                | 2026-11-20T11:03:14.5Z
            Nov 20 11:03:14.25 vm                   | 2026-11-20T11:03:14.25Z
            [1700000000.123] kernel                 | 2023-11-14T22:13:20.123Z
            type=A msg=audit(1700000000.123:45): pid| 2023-11-14T22:13:20.123Z
            @400000004a32392b2aa21dac x             | 2009-06-12T11:16:59.715267500Z
            """)
    void detect_fraction_isKept(String line, Instant expected) {
        assertThat(detector.detect(line, NOW).time()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [Fri Nov 20 11:03:14.123456 2026] [error] x        | [] [error] x
            1.2.3.4 - - [20/Nov/2026:11:03:14 +0100] "GET /"   | 1.2.3.4 - - [] "GET /"
            1.2.3.4 - - [2026-11-20T11:03:14+01:00] "GET /"    | 1.2.3.4 - - [] "GET /"
            2026/11/20 11:03:14 [error] 7#7: *1 x              | ' [error] 7#7: *1 x'
            <85>1 2026-11-20T11:03:14.980470+00:00 vm wordpress| <85>1  vm wordpress
            <85>Nov 20 11:03:14 vm wordpress                   | <85> vm wordpress
            type=A msg=audit(1700000000.123:45): pid           | type=A msg=audit(:45): pid
            some words, 2026-11-20 11:03:14: x                 | some words, : x
            2026-11-20 11:03:14 CET vm                         | ' CET vm'
            '﻿2026-11-20 11:03:14 x'                           | '﻿ x'
            [CET Nov 20 11:03:14] x                            | [] x
            ERROR Nov 20 11:03:14 x                            | ERROR  x
            """)
    void detect_surroundings_areLeft(String line, String rest) {
        assertThat(detector.detect(line, NOW).rest()).isEqualTo(rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no time here",
                "Nov 20 11:03",
                "x 11:03:14 is too short to be believed",
                "x 1700000000 could be any number",
                "20261120110314 x",
                "2026-11-20T11:03:14x",
                "x2026-11-20T11:03:14",
                "Feb 31 11:03:14 x",
                "2026-02-29 11:03:14 x",
                "2026-04-31 11:03:14 x",
                "2026-13-01 11:03:14 x",
                "2026-11-20 25:03:14 x",
                "2026-11-20 11:60:14 x",
                "2026-11-20 11:03:61 x",
                "Növ 20 11:03:14 x",
                "２０２６-11-20 11:03:14 x",
                "@400000004a32392bffffffff x",
                "@ffffffffffffffff00000000 x",
                "@40000000",
                "<",
                "<85>",
                "<85>1 ",
                "["
            })
    void detect_noPossibleTime_leavesLineWhole(String line) {
        DatedLine dated = detector.detect(line, NOW);

        assertThat(dated.time()).isEmpty();
        assertThat(dated.rest()).isEqualTo(line);
    }

    @Test
    void detect_leapSecond_isTheNextSecond() {
        assertThat(detector.detect("2016-12-31T23:59:60Z x", NOW).time())
                .contains(Instant.parse("2017-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 20 11:03:14 vm wordpress(b)[7]: Authentication failure for 2020-01-01 00:00:00 from 192.0.2.1",
                "Nov 20 11:03:14 vm wordpress(b)[7]: failure for [01/Jan/2020:00:00:00 +0000] \"x\" from 192.0.2.1",
                "192.0.2.1 - 2020-01-01T00:00:00Z [20/Nov/2026:11:03:14 +0000] \"GET / HTTP/1.1\" 401",
                "192.0.2.1 - [01/Jan/2020:00:00:00 +0000] [20/Nov/2026:11:03:14 +0000] \"GET / HTTP/1.1\" 401",
                "192.0.2.1 - [01/Jan/2020:00:00:00 +0000] \\\"x [20/Nov/2026:11:03:14 +0000] \"GET / HTTP/1.1\" 401",
                "192.0.2.1 - - [20/Nov/2026:11:03:14 +0000] \"GET /[01/Jan/2020:00:00:00 +0000] \\\"x\" 401",
                "1577836800.attacker.example - - [20/Nov/2026:11:03:14 +0000] \"GET / HTTP/1.1\" 401",
                "20200101T000000.attacker.example - - [20/Nov/2026:11:03:14 +0000] \"GET / HTTP/1.1\" 401",
                "vm: 2026-11-20 11:03:14: failure for Jan 1 2020 00:00:00 from 192.0.2.1"
            })
    void detect_timeWrittenByAttacker_isNotTheLines(String line) {
        assertThat(detector.detect(line, NOW).time()).contains(LOGGED);
    }

    @Test
    void detect_timesInTheMiddleOfOtherLines_doNotTeachAnOrder() {
        detector.detect("x 03-20-2026 11:00:00 a", NOW);

        assertThat(detector.detect("04-03-2026 11:00:00 x", NOW).time())
                .contains(Instant.parse("2026-03-04T11:00:00Z"));
    }

    @Test
    void detect_dayThatCouldBeMonth_isReadAsInTheLineBefore() {
        detector.detect("03-20-2026 11:00:00 x", NOW);

        assertThat(detector.detect("04-03-2026 11:00:00 x", NOW).time())
                .contains(Instant.parse("2026-04-03T11:00:00Z"));
    }

    @Test
    void detect_anotherFormThanBefore_isFound() {
        detector.detect("Nov 20 11:03:14 vm x", NOW);

        assertThat(detector.detect("2026-11-20T11:03:14Z vm x", NOW).time()).contains(LOGGED);
    }

    @Test
    void detect_machineOfAnotherLocale_readsEnglishNames() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("tr-TR"));
        try {
            DateDetector turkish = detector("%B %d %ExY %I:%M %p");

            assertThat(turkish.detect("APRIL 03 2026 09:00 PM x", NOW).time())
                    .contains(Instant.parse("2026-04-03T21:00:00Z"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void detect_templatesThatLookAnywhere_earliestTimeCounts() {
        DateDetector several = detector("%Y-%m-%d %H:%M:%S\n%d.%m.%Y %H:%M:%S");

        assertThat(several.detect("x 20.11.2026 11:03:14 for 2020-01-01 00:00:00", NOW)
                        .time())
                .contains(LOGGED);
    }

    @Test
    void detect_anchoredTemplates_firstWrittenCounts() {
        DateDetector several = detector("^[^\\[]*\\[({DATE})\n{^LN-BEG}");

        assertThat(several.detect("1577836800 - - [20/Nov/2026:11:03:14 +0000] \"GET", NOW)
                        .time())
                .contains(LOGGED);
    }

    @Test
    void detect_lineStartOnly_believesNoTimeFurtherOn() {
        DateDetector anchored = detector("{^LN-BEG}");

        assertThat(anchored.detect("x Nov 20 11:03:14", NOW).time()).isEmpty();
        assertThat(anchored.detect("[20/Nov/2026:11:03:14 +0000] x", NOW).time())
                .contains(LOGGED);
    }

    @Test
    void detect_none_keepsLineWhole() {
        DatedLine dated = detector("{NONE}").detect("2026-11-20 11:03:14 x", NOW);

        assertThat(dated.time()).isEmpty();
        assertThat(dated.rest()).isEqualTo("2026-11-20 11:03:14 x");
    }

    @Test
    void detect_zoneOfLog_isUsedWhereTimeNamesNone() throws DatePatternException {
        DateDetector berlin = DateDetector.of("", ZoneId.of("Europe/Berlin"));

        assertThat(berlin.detect("Nov 20 12:03:14 vm x", NOW).time()).contains(LOGGED);
        assertThat(berlin.detect("2026-11-20T11:03:14Z vm x", NOW).time()).contains(LOGGED);
    }

    private static DateDetector detector(String datepattern) {
        try {
            return DateDetector.of(datepattern, ZoneOffset.UTC);
        } catch (DatePatternException e) {
            throw new AssertionError(e);
        }
    }
}
