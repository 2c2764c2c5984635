package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

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
                "(?s)^.* <F-ID>x</F-ID>.*"
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
                "^fail .* from <HOST>$", "^fail .* from <HOST>\\Z", "^fail .*? from <HOST>", "^<HOST> .*",
                        "^fail \\S+ from <HOST>",
                "^fail .* from (?:<HOST>$)", "^fail .* <HOST>(?: x$|$)", "^(?:\\S+ )*<HOST>", "^(?:a*b)+<HOST>",
                        "^(?:ab?)+<HOST>",
                "^(?:\\d{1,3}\\.){3}<HOST>", "(?:.*+)*<HOST>$"
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
                "^(?:x(?:y+)*)*<HOST>$"
            })
    void check_aRepetitionOfRepetitions_warns(String failregex) throws RegexException {
        assertThat(Lint.check(Dialect.compile(failregex)))
                .isNotEmpty()
                .allSatisfy(warning -> assertThat(warning).startsWith("failregex 0 repeats what is itself repeated"));
    }
}
