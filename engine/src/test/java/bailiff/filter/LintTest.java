package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LintTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^fail .* from <HOST>",
                "^.+<ADDR>",
                "^a.*+b <HOST> x?",
                "^x .* (?:from <HOST>|at <IP4>)",
                "(?s)^.* <IP6>.*"
            })
    void check_greedyBeforeTheAddressWithoutAnchor_warns(String failregex) throws RegexException {
        assertThat(Lint.check(Dialect.compile(failregex.replace("|at <IP4>", ""))))
                .singleElement()
                .asString()
                .startsWith("failregex 0 has a greedy");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^fail .* from <HOST>$",
                "^fail .* from <HOST>\\Z",
                "^fail .*? from <HOST>",
                "^<HOST> .*",
                "^fail \\S+ from <HOST>",
                "^fail .* from (?:<HOST>$)",
                "^fail .* <HOST>(?: x$|$)",
                "^(?:\\S+ )*<HOST>",
                "^(?:a*b)+<HOST>",
                "^(?:ab?)+<HOST>",
                "^(?:\\d{1,3}\\.){3}<HOST>",
                "(?:.*+)*<HOST>$",
                "^(?:a|b|c)*<HOST>$",
                "^(?:a|ab)*<HOST>$",
                "^(?:ab|ac)*<HOST>$",
                "^(?:[a-z]{2})*<HOST>$",
                "^(?:(?: \\w+=\\S*))* <HOST>$",
                "^(?:[^\"\\\\]|\\\\.)*<HOST>$",
                "^(?>(?:a+))+<HOST>$",
                "^\\s*\\S+\\s*<HOST>$",
                "^.* x .* <HOST>$",
                "^\\d+\\.\\d+\\.\\d+ <HOST>$",
                "^[^,]*,[^,]*,[^,]*<HOST>$"
            })
    void check_aSoundExpression_isSilent(String failregex) throws RegexException {
        assertThat(Lint.check(Dialect.compile(failregex))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(a+)+<HOST>$",
                "^(?:a*)*<HOST>$",
                "^(?:\\S+\\s*)*<HOST>$",
                "^(.*?,){11}<HOST>$",
                "^(?:x(?:y+)*)*<HOST>$",
                "^(?:a|a)*<HOST>$",
                "^(?:a|aa)+<HOST>$",
                "^(?:a|ab|b)*<HOST>$",
                "^(?:\\w|\\d)+ <HOST>$",
                "^(?:a?b?)*<HOST>$",
                "^(?:\\S+=\\S*,)*<HOST>$",
                "(?i)^(?:A|[a-c])*<HOST>$",
                "^(?=(?:a*)*b)<HOST>$",
                "^(?:\"[^\"]*\"|.)* <HOST>$",
                "^(?:(?:ab)*a?b?)*<HOST>$"
            })
    void check_aRepetitionOfRepetitions_warns(String failregex) throws RegexException {
        assertThat(Lint.check(Dialect.compile(failregex)))
                .isNotEmpty()
                .allSatisfy(warning -> assertThat(warning)
                        .startsWith("failregex 0 repeats what can read the same text in several ways"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^\\s*\\s*<HOST>$",
                "^.*.*x <HOST>$",
                "^\\w+(?:\\[\\d+\\])?\\w* <HOST>$",
                "^.* a .* b .* <HOST>$",
                "^\\S+,\\S+,\\S+ <HOST>$",
                "^(\\s*)(\\s+)<HOST>$"
            })
    void check_repetitionsThatShareOutOneText_warns(String failregex) throws RegexException {
        assertThat(Lint.check(Dialect.compile(failregex)))
                .singleElement()
                .asString()
                .startsWith("failregex 0 has repetitions in a row");
    }

    @Test
    void check_anIdThatMayBeNoAddress_warns() throws RegexException {
        assertThat(Lint.check(Dialect.compile("^<F-ID>\\w+</F-ID>$")))
                .singleElement()
                .asString()
                .contains("<F-ID>");
    }

    @Test
    void check_skiplinesInOneLine_warns() throws RegexException {
        assertThat(Lint.check(Dialect.compile("^a$<SKIPLINES>^<HOST>$")))
                .singleElement()
                .asString()
                .contains("maxlines is 1");
    }
}
