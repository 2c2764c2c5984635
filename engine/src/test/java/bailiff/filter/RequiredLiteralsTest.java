package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredLiteralsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "^failed for .* from <HOST>$; 'failed for '",
                "^\\s*(?:\\S+ )?Authentication failure for .* from <HOST>$; 'Authentication failure for '",
                "a\\.b\\[c\\]; a.b[c]",
                "(?:abc)def; abcdef",
                "(abc)(?P<n>def); abcdef",
                "abc(?=x)def; abcdef",
                "abc\\bdef; abcdef",
                "abc$; abc",
                "(?:failed|denied) <HOST>; failed,denied",
                "(?:failed|denied) login <HOST>; ' login '",
                "x(?:abcd)+; abcd",
                "code 4[0-2]x; code 40x,code 41x,code 42x",
                "[+-]abcd[a-z]; +abcd,-abcd",
                "x(?:abcd){2,3}; abcd",
                "(?i)\\]\\: \\(failed; ']: (fa'",
                "<F-USER>\\S+</F-USER> failed; ' failed'",
                "(?>abc)d; abcd",
                "(a)?(?(1)yes|no)x; yes,no",
                "é\ud83d\ude00; é\ud83d\ude00",
                "abc\\ndefg; defg",
                "abc\ufffddefg; defg",
            })
    void of_whatEveryMatchContains_isFound(String expression, String literals) throws RegexException {
        assertThat(texts(expression).getFirst()).isEqualTo(List.of(literals.split(",")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(?i)failed <HOST>?",
                "(?:failed)?",
                "(?:failed)*",
                "(?:failed){,2}",
                ".*",
                "failed|",
                "failed|\\S+",
                "(?:a|(?:b|\\d))",
                "(?!failed)",
                "(?=failed)",
                "(?<=failed)",
                "\\d+ \\n",
                "''",
                "failed??",
            })
    void of_whatMayBeMissing_isNotRequired(String expression) throws RegexException {
        assertThat(texts(expression)).doesNotContain(List.of("failed"), List.of("a"), List.of("b"));
    }

    @Test
    void of_severalTextsThatAreRequired_areAllFoundTheRarestFirst() throws RegexException {
        assertThat(texts("^Denied (?:certificate|publickey) for \\S+ from <HOST>(?: port \\d+)?$"))
                .containsExactly(
                        List.of("certificate", "publickey"), List.of("Denied "), List.of(" for "), List.of(" from "));
    }

    @Test
    void of_lettersOfAnyCase_areMarked() throws RegexException {
        assertThat(RequiredLiterals.of(Dialect.compile("(?i)[Ll]ogo \\[auth").root()))
                .contains(List.of(new Literal("logo [auth", true)));
    }

    private static List<List<String>> texts(String expression) throws RegexException {
        return RequiredLiterals.of(Dialect.compile(expression).root()).stream()
                .map(literals -> literals.stream().map(Literal::text).toList())
                .toList();
    }
}
