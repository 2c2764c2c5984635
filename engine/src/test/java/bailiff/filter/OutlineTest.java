package bailiff.filter;

import static bailiff.filter.Recipe.blamed;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.DateDetector;
import bailiff.line.LogLine;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutlineTest {

    private static final String PROXY = "^\\s[+-]\\d{4} \\S+ \\d{3}0[1-9] \\S+ <HOST>:\\d+ ";

    private static Filter filter(String datepattern) throws RegexException {
        return Filter.compile(
                new FilterDefinition("t", List.of(PROXY), List.of(), "", datepattern, ZoneOffset.UTC, "no"));
    }

    private static Prospect prospect(Filter filter, String line) {
        return Sieve.of(List.of(filter)).sorter().sort(LogLine.of(line), false).prospect(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "11-06-2013 02:09:40 +0300 PROXY.3128 00004 - 192.0.2.1:28045 ",
                "11-06-2013 02:09:40 -0300 PROXY.3128 00009 - 192.0.2.1:28045 ",
                "11-06-2013 02:09:40 +\u0660\u0663\u0660\u0660 PROXY.3128 00004 - 192.0.2.1:28045 ",
                "11-06-2013 02:09:40 +0300 PROXY.3128 \u0660\u0660\u066004 - 192.0.2.1:28045 "
            })
    void of_setsOnly_turnsNoLineAwayThatMatches(String line) throws RegexException {
        Filter filter = filter("{^LN-BEG}");

        assertThat(prospect(filter, line)).isEqualTo(Prospect.ANYTHING);
        assertThat(blamed(filter.apply(LogLine.of(line), Recipe.NOW))).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov  1 00:00:01 web1 sshd[4711]: Accepted publickey for eve from 192.0.2.1 port 10501 ssh2",
                "Jun 11 02:09:40 +030 PROXY.3128 00004 - 192.0.2.1:28045 ",
                "Jun 11 02:09:40 *0300 PROXY.3128 00004 - 192.0.2.1:28045 "
            })
    void of_setsOnly_turnsAwayLinesThatHaveNotAllOfThemInARow(String line) throws RegexException {
        assertThat(prospect(filter("{^LN-BEG}"), line)).isEqualTo(Prospect.NOTHING);
    }

    /** Where a time may stand between a sign and a digit, the row is not in the line as it is logged. */
    @Test
    void of_aTimeWithinTheRow_isNotLookedForAcrossIt() throws Exception {
        String datepattern = "^\\s\\+(%Y-%m-%d)_";
        Filter filter = filter(datepattern);
        String line = " +2013-06-11_0300 PROXY.3128 00004 - 192.0.2.1:28045 ";

        assertThat(DateDetector.of(datepattern, ZoneOffset.UTC).mayCutBetween('+', '0'))
                .isTrue();
        assertThat(prospect(filter, line)).isEqualTo(Prospect.ANYTHING);
    }
}
