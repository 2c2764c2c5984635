package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatePatternReaderTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            %Y-%m-%d                           | x 2026-11-20 y                  | 2026-11-20T00:00:00Z | x  y
            %d/%b/%y %k:%M                     | x 02/Nov/26  9:05 y             | 2026-11-02T09:05:00Z | x  y
            %A, %d %B %Y %I:%M:%S %p           | friday, 20 NOVEMBER 2026 12:00:01 am y | 2026-11-20T00:00:01Z | ' y'
            %ExY%Exm%Exd%ExH%ExM%ExS           | 20261120110314 y                | 2026-11-20T11:03:14Z | ' y'
            %Exy.%Exm.%Exd %Exk:%M             | 26.11.20  9:03 y                | 2026-11-20T09:03:00Z | ' y'
            %Exl:%M%p %a %w %j %Y              | 9:03pm Fri 5 324 2026 y         | 2026-11-20T21:03:00Z | ' y'
            %l:%M%p %d.%m.%Y                   | 12:03PM 20.11.2026 y            | 2026-11-20T12:03:00Z | ' y'
            %j %Y %H                           | 366 2024 11                     | 2024-12-31T11:00:00Z | ''
            %j %H                              | 324 11                          | 2026-11-20T11:00:00Z | ''
            %y%m%d                             | 690101 y                        | 2069-01-01T00:00:00Z | ' y'
            %y%m%d                             | 680101 y                        | 2068-01-01T00:00:00Z | ' y'
            %H:%M:%S                           | x 11:03:14 y                    | 2026-11-20T11:03:14Z | x  y
            %H:%M:%S                           | x 12:01:00 y                    | 2026-11-20T12:01:00Z | x  y
            %H:%M:%S                           | x 12:01:01 y                    | 2026-11-19T12:01:01Z | x  y
            %d %H:%M                           | x 20 11:03 y                    | 2026-11-20T11:03:00Z | x  y
            %d %H:%M                           | x 22 11:03 y                    | 2026-10-22T11:03:00Z | x  y
            %d %H:%M                           | x 31 11:03 y                    | 2026-10-31T11:03:00Z | x  y
            %m/%d %H:%M:%S\\.%f                | x 11/20 11:03:14.000001 y       | 2026-11-20T11:03:14.000001Z | x  y
            %Y-%m-%d %H:%M %z                  | 2026-11-20 11:03 -03:30 y       | 2026-11-20T14:33:00Z | ' y'
            %Y-%m-%d %H:%M %Z                  | 2026-07-20 11:03 CEST y         | 2026-07-20T09:03:00Z | ' y'
            %Y-%m-%d %H:%M %ExZ                | 2026-07-20 11:03 XYZ y          | 2026-07-20T11:03:00Z | ' y'
            %Y-%m-%d %H:%M %Exz                | 2026-07-20 11:03 GMT+02:00 y    | 2026-07-20T09:03:00Z | ' y'
            %Y-%m-%d %H:%M %Exz                | 2026-07-20 11:03 +0200 y        | 2026-07-20T09:03:00Z | ' y'
            100%% %Y-%m-%d                     | x 100% 2026-11-20 y             | 2026-11-20T00:00:00Z | x  y
            EPOCH                              | 1700000000.5 y                  | 2023-11-14T22:13:20.5Z | ' y'
            {^LN-BEG}Epoch                     | [1700000000] y                  | 2023-11-14T22:13:20Z | [] y
            LEPOCH                             | 1700000000123 y                 | 2023-11-14T22:13:20.123Z | ' y'
            LEPOCH                             | 1700000000123456 y              | 2023-11-14T22:13:20.123456Z | ' y'
            ^x ({EPOCH}) y                     | x 1700000000 y z                | 2023-11-14T22:13:20Z | ' z'
            TAI64N                             | x @400000004a32392b00000000 y   | 2009-06-12T11:16:59Z | x  y
            ISO8601                            | x 2026-11-20T11:03:14+01 y      | 2026-11-20T10:03:14Z | x  y
            """)
    void read_directives_findTheirTime(String pattern, String line, Instant time, String rest) {
        DatedLine dated = detect(pattern, line);

        assertThat(dated.time()).contains(time);
        assertThat(dated.rest()).isEqualTo(rest);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ^[^\\[]*\\[({DATE})                | 192.0.2.1 - - [20/Nov/2026:11:03:14 +0000] x | 192.0.2.1 - - [] x
            ^[^\\[]*(\\[{DATE}\\s*\\])         | 192.0.2.1 - - [2026-11-20 11:03:14] x        | 192.0.2.1 - -  x
            ^<\\d+>\\d+\\s+{DATE}              | <85>1 2026-11-20T11:03:14Z vm x              | ' vm x'
            ^{DATE}                            | Nov 20 11:03:14 vm x                         | ' vm x'
            {^LN-BEG}{DATE}                    | [Fri Nov 20 11:03:14 2026] x                 | [] x
            {^LN-BEG}%Y(?P<_s>[-/])%m(?P=_s)%d %H:%M:%S | 2026/11/20 11:03:14 x               | ' x'
            {^LN-BEG}(?:%a )?%b %d %H:%M:%S    | Nov 20 11:03:14 x                            | ' x'
            {^LN-BEG}<%m/%d/%Y %H:%M:%S>       | <11/20/2026 11:03:14> x                      | ' x'
            {UNB}%Y%m%dT%H%M%S                 | y20261120T110314z                            | yz
            **%Y%m%dT%H%M%S**                  | y20261120T110314z                            | yz
            at (?P<Z0>=)?%Y-%m-%d %H:%M:%S     | at =2026-11-20 11:03:14 x                    | ' x'
            [[&]%Y-%m-%d %H:%M:%S[]]           | x [2026-11-20 11:03:14] y                    | x  y
            {%Y-%m-%d %H:%M:%S} {,2}           | {2026-11-20 11:03:14} x                      | x
            %Y-%m-%d %H:%M:%S\\Z               | x 2026-11-20 11:03:14                        | 'x '
            """)
    void read_expressionAroundDirectives_saysWhatIsCut(String pattern, String line, String rest) {
        DatedLine dated = detect(pattern, line);

        assertThat(dated.time()).contains(Instant.parse("2026-11-20T11:03:14Z"));
        assertThat(dated.rest()).isEqualTo(rest);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            %Y-%m-%d            | x2026-11-20
            %Y-%m-%d            | 2026-11-201
            %Y-%m-%d            | 2026-02-30
            %Y%m%d              | 20260431
            %j %Y               | 366 2026
            {^LN-BEG}%Y-%m-%d   | foo 2026-11-20
            ^%Y-%m-%d           | [2026-11-20
            %Y-%m-%d %z         | 2026-11-20 CEST
            %ExY                | 2199
            EPOCH               | x 1700000000
            LEPOCH              | 17000000001234
            """)
    void read_otherText_isNoTime(String pattern, String line) {
        assertThat(detect(pattern, line).time()).isEmpty();
    }

    @Test
    void read_impossibleTimeFirst_nextOneCounts() {
        assertThat(detect("%Y-%m-%d", "2026-02-30 2026-11-20").time()).contains(Instant.parse("2026-11-20T00:00:00Z"));
    }

    @Test
    void read_emptyGroup_saysThatThereIsNoTime() {
        DatedLine dated = detect("^foo ()\n%Y-%m-%d", "foo 2026-11-20");

        assertThat(dated.time()).isEmpty();
        assertThat(dated.rest()).isEqualTo("foo 2026-11-20");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            %Y-%Q               | 4 | '%Q'
            %Y-%T               | 4 | '%T'
            %Y %                | 4 | '%'
            %ExQ                | 1 | '%ExQ'
            %Y (?(1)a)          | 4 | '(?('
            %Y (?P<a            | 4 | (?P<
            %Y [abc             | 4 | '['
            %Y {TODAY}          | 4 | '{TODAY}'
            %Y \\1              | 4 | '\\1'
            %Y \\               | 4 | ends in
            """)
    void read_wrongPattern_saysWhereAndWhat(String pattern, int position, String found) {
        assertThatThrownBy(() -> DateDetector.of(pattern, ZoneOffset.UTC))
                .isInstanceOfSatisfying(DatePatternException.class, wrong -> {
                    assertThat(wrong.position()).isEqualTo(position);
                    assertThat(wrong.pattern()).isEqualTo(pattern);
                    assertThat(wrong)
                            .hasMessageContaining(pattern)
                            .hasMessageContaining("position " + position)
                            .hasMessageContaining(found)
                            .hasMessageContaining("expected");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"%Y *+?*", "%Y (", "%Y)", "%Y[z-a]"})
    void read_wrongExpression_isReportedInItsOwnTerms(String pattern) {
        assertThatThrownBy(() -> DateDetector.of(pattern, ZoneOffset.UTC))
                .isInstanceOfSatisfying(
                        DatePatternException.class,
                        wrong -> assertThat(wrong.position()).isBetween(1, pattern.length() + 1))
                .hasMessageContaining("expected a regular expression");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^(?:.*,){11}%Y", "(?:a|aa)+(?:a|aa)+(?:a|aa)+%Y", "^(?:x|y|,|[^z])*%Y"})
    void detect_expressionThatBacktracks_givesUp(String pattern) {
        assertThat(detect(pattern, ",a".repeat(4000)).time()).isEmpty();
        assertThat(detect(pattern, "a".repeat(8000)).time()).isEmpty();
    }

    @Test
    void detect_timeAtTheEndOfTheLongestLine_isFound() {
        String line = "word 12 ".repeat(1000) + "20/Nov/2026:11:03:14 +0000 END";

        assertThat(detect("({DATE}) END", line).time()).contains(Instant.parse("2026-11-20T11:03:14Z"));
    }

    private static DatedLine detect(String pattern, String line) {
        try {
            return DateDetector.of(pattern, ZoneOffset.UTC).detect(line, NOW);
        } catch (DatePatternException e) {
            throw new AssertionError(e);
        }
    }
}
