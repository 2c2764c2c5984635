package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharSetTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "\\u00e9",
                ".",
                "(?s).",
                "\\d",
                "\\D",
                "\\w",
                "\\W",
                "\\s",
                "\\S",
                "(?a)\\d",
                "(?a)\\W",
                "(?a)\\s",
                "[a-f0-9]",
                "[^\\]]",
                "[^\\s,]",
                "[\\d\\s]",
                "[^\\W\\d_]",
                "[\\u0400-\\u04ff-]",
                "[^\\u0400-\\u04ff]",
                "(?i)k",
                "(?i)S",
                "(?i)[a-z]",
                "(?i)[^k]",
                "(?i)[\\u00e0-\\u00ef]",
                "(?i)\\u212a",
                "(?i)[\\u0130\\u0131]",
                "(?i)[i-j]",
                "(?ai)k",
                "(?ai)[^a-k]",
                "(?i)7"
            })
    void has_everyCharacter_isWhatJavaTakes(String expression) throws RegexException {
        ParsedRegex parsed = PythonRegexParser.parse(Dialect.source(expression), true);
        Predicate<String> java = JavaTranslation.of(parsed).asMatchPredicate();
        CharSet set = CharSet.of(parsed.root());
        List<String> different = new ArrayList<>();

        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (set.has(c) != java.test(Character.toString(c))) {
                different.add(Integer.toHexString(c));
            }
        }

        assertThat(different).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\d|\\D",
                "\\w|\\W",
                "\\s|\\S",
                "[^\\]]|\\]",
                "[^\\s\\u00e9]|\\s",
                "\\d|[^\\W\\d]",
                ".|\\n",
                "\\s|[^\\W\\d]"
            })
    void mayTake_setsWithoutACommonCharacter_doNotMeet(String expression) throws RegexException {
        Node.Choice choice = (Node.Choice)
                PythonRegexParser.parse(Dialect.source(expression), true).root();
        CharSet one = CharSet.of(choice.branches().getFirst());
        CharSet other = CharSet.of(choice.branches().getLast());

        BitSet common = one.mayTake();
        common.and(other.mayTake());

        assertThat(common.isEmpty()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"(?i)[^k]|\\u212a", "(?i)k|\\u212a", "[^\\u00e9]|\\u00ea", "\\W|\\u2190", "[\\u0660-\\u0669]|\\d"
            })
    void mayTake_setsWithACommonCharacter_meet(String expression) throws RegexException {
        Node.Choice choice = (Node.Choice)
                PythonRegexParser.parse(Dialect.source(expression), true).root();
        CharSet one = CharSet.of(choice.branches().getFirst());
        CharSet other = CharSet.of(choice.branches().getLast());

        assertThat(one.mayTake().intersects(other.mayTake())).isTrue();
    }
}
