package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bailiff.line.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the walker may spend: counted in steps, never timed. */
class WalkerBoundTest {

    private static final long SEED = 20_261_122;
    private static final int LONG = 8_192;

    @ParameterizedTest
    @CsvSource({
        "(a+)+$, a, b",
        "'^(.*,){11}P', 'a,', b",
        "(x+x+)+y, x, x",
        "'^(\\S+ )*from <HOST>$', 'ab ', from !",
        "'^\"(?:[^\"\\\\]|\\\\.)*\" 200 <ADDR>$', 'a\\\"', '\" 200'",
        "'^(a|aa)+<ADDR>$', a, b",
        "'^(.*)(.*)(.*)(.*)(.*)x<ADDR>$', ab, ''",
        "'.*?[^,]+;', a, a",
        "'(?:a|ab|b)*?c', ab, a",
        "'(?:a{1,7}){2,9}b', a, a",
        "'[ab]*+;', a, a",
        "'^(?:(?P<a>a)|b|c)(?:(?P<b>a)|a|b)*(?(a)a+|b+)(?:a|b)*(?(b);|!)', a, b",
        "'(?P<x>\\w+\\s?)*!', 'ab ', ''",
        "'^(.*,){11}P', '\u20ac,', b",
        "'.{2,}(?:.{2,})+;$', \u00e9, a",
        "'(\\S{2,}? ?)+!', '\ufffd\u00e9 ', ''",
    })
    void finds_aTextMadeToCostMuch_isNotFoundWithinTheBound(String expression, String filling, String tail)
            throws RegexException {
        Expression compiled = Dialect.compile(expression);
        Program program = compiled.program().orElseThrow();

        for (int length = 64; length <= LONG; length *= 2) {
            String text =
                    "\"".repeat(expression.contains("\"") ? 1 : 0) + filling.repeat(length / filling.length()) + tail;
            Subject subject = Dialect.subject(text);
            subject.allow(new Budget(Integer.MAX_VALUE));

            assertThat(compiled.finds(subject)).isFalse();
            assertThat((long) subject.walker().steps()).isLessThanOrEqualTo(program.mostSteps(subject.length()));
        }
    }

    @Test
    void finds_randomExpressionsOverLongTexts_staysWithinTheBound() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        List<String> beyond = new ArrayList<>();
        int marked = 0;

        for (int i = 0; i < 3_000; i++) {
            String expression = new RandomExpression(random).next();
            if (expression.contains("(?=") || expression.contains("(?!") || expression.contains("(?>")) {
                continue;
            }
            String text = RandomExpression.text(random).repeat(40) + RandomExpression.text(random);
            Engines.of(expression, Flags.NONE).ifPresent(engines -> {
                Subject subject = Dialect.subject(text);
                engines.walked().finds(subject);
                long most = engines.walked().program().orElseThrow().mostSteps(subject.length());
                if (subject.walker().steps() > most) {
                    beyond.add(expression + " on " + text);
                }
            });
            marked += text.length() > 100 ? 1 : 0;
        }

        assertThat(beyond).as("seed %d", SEED).isEmpty();
        assertThat(marked).isGreaterThan(1_000);
    }

    @Test
    void finds_aMatchFoundOnlyAfterTrustWasSpent_isTheSame() throws RegexException {
        Expression compiled = Dialect.compile("^(?P<a>(?:\\w+\\s?)*)(?P<b>;|!)$");
        String words = "word ".repeat(300);
        Subject subject = Dialect.subject(words + "?".repeat(1) + "!");
        Subject matching = Dialect.subject(words + "!");

        assertThat(compiled.finds(subject)).isFalse();
        assertThat(subject.walker().steps()).isGreaterThan(Walker.trusted(subject.length()));
        assertThat(compiled.finds(matching)).isTrue();
        assertThat(compiled.end("a")).isEqualTo(words.length());
    }

    @Test
    void finds_moreThanTheBudget_isSpent() throws RegexException {
        Expression compiled = Dialect.compile("(x+x+)+y");
        Subject subject = Dialect.subject("x".repeat(LONG));
        subject.allow(new Budget(5_000));

        assertThatExceptionOfType(Budget.Spent.class).isThrownBy(() -> compiled.finds(subject));
    }
}
