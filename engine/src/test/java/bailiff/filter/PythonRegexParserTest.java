package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonRegexParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ab(c; 2; '(c'; a ) that closes this group",
                "ab)c; 2; ')c'; the end: this closes nothing",
                "ab**; 3; '*'; only one quantifier",
                "*ab; 0; '*ab'; something to repeat",
                "a{3,2}; 1; '{3,2}'; the smaller count first",
                "a{70000}; 1; '{70000}'; a count up to 65535",
                "[ab; 0; '[ab'; a ] that closes this set",
                "[z-a]; 3; 'a]'; a character that ends the range",
                "a\\q; 1; '\\q'; an escape that exists",
                "a\\; 2; the end; a character after the backslash",
                "(?P<n>a)(?P<n>b); 8; '(?P<n>b)'; another name: the group 'n' exists already",
                "(?P=n); 0; '(?P=n)'; a group that stands further left: there is no 'n'",
                "a(?i)b; 4; ')b'; flags at the start of the expression or of a group, or a colon",
                "(?<=a+)b; 0; '(?<=a+)b'; a look-behind of fixed width",
                "<HOST> <HOST>; 7; '<HOST>'; another name: the group 'ip4' exists already",
                "<F-USER>a; 9; the end; </F-USER>",
                "<F-USER>(a</F-USER>; 10; '</F-USER>'; a ) that closes this group",
                "a</F-USER>; 1; '</F-USER>'; the end: this closes nothing",
                "(?:(?>(?P<n>a)))?; 6; '(?P<n>a)))?'; no group that may be left out inside (?= (?> or a *+",
            })
    void parse_aMistake_isShownWhereItIs(String expression, int position, String read, String expected) {
        assertThatExceptionOfType(RegexException.class)
                .isThrownBy(() -> PythonRegexParser.parse(Dialect.source(expression), true))
                .satisfies(e -> assertThat(e.position()).isEqualTo(position))
                .satisfies(e -> assertThat("'" + e.read() + "'").contains(read))
                .satisfies(e -> assertThat(e.expected()).isEqualTo(expected))
                .withMessage("failregex 0, position %d: read %s, expected %s", position, quoted(read), expected);
    }

    private static String quoted(String read) {
        return read.equals("the end") ? read : "'" + read + "'";
    }

    @Test
    void parse_groupsTooDeep_isRefused() {
        String deep = "(".repeat(PythonRegexParser.DEEPEST + 1) + ")".repeat(PythonRegexParser.DEEPEST + 1);

        assertThatExceptionOfType(RegexException.class)
                .isThrownBy(() -> PythonRegexParser.parse(Dialect.source(deep), true))
                .satisfies(e -> assertThat(e.position()).isEqualTo(PythonRegexParser.DEEPEST));
    }

    @Test
    void parse_groupsAsDeepAsAllowed_isTaken() throws RegexException {
        String deep = "(".repeat(PythonRegexParser.DEEPEST) + "a" + ")".repeat(PythonRegexParser.DEEPEST);

        assertThat(Dialect.search(deep, "xa")).isEqualTo("1-2");
    }

    @Test
    void parse_anEndlessExpression_isRefused() {
        assertThatExceptionOfType(RegexException.class)
                .isThrownBy(() ->
                        PythonRegexParser.parse(Dialect.source("a".repeat(PythonRegexParser.LONGEST + 1)), true))
                .satisfies(e -> assertThat(e.position()).isEqualTo(PythonRegexParser.LONGEST));
    }
}
