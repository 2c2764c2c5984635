package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import bailiff.line.Budget;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lines made to cost much, on a thread with the stack that threads have by default. */
@Timeout(60)
class BudgetTest {

    private static final int LONGEST_LINE = 8192;

    @ParameterizedTest
    @CsvSource({
        "'^\"(?:[^\"\\\\]|\\\\.)*\" 200 <ADDR>$', '\"', 'a\\\"', '\" 200'",
        "'^\"(?:[^\"\\\\]|\\\\.)*\" 200 <ADDR>$', '\"', 'a', ''",
        "'^(.*?,){11}P<ADDR>', '', 'a,', ''",
        "'(a+)+<ADDR>$', '', 'a', '!'",
        "'^(a|aa)+<ADDR>$', '', 'a', 'b'",
        "'(x+x+)+y<ADDR>', '', 'x', ''",
        "'^(?:\\S+\\s*)*: <ADDR>$', '', 'ab ', ''",
        "'^(.*)(.*)(.*)(.*)(.*)x<ADDR>$', '', 'ab', ''",
        "'^(?=(.*a)*b)<ADDR>$', '', 'a', ''",
        "'(.*)*\\1<ADDR>$', '', 'ab', ''",
        "'^(?:(?:a?){50}){50}b<ADDR>', '', 'a', ''",
    })
    void apply_aHostileLine_endsWithoutBlame(String failregex, String head, String filling, String tail)
            throws RegexException {
        Filter filter = Recipe.filter(failregex);
        String line = head + filling.repeat((LONGEST_LINE - head.length() - tail.length()) / filling.length()) + tail;

        Outcome outcome = onDefaultStack(filter, line);

        assertThat(outcome).isNotInstanceOf(Outcome.Matched.class);
    }

    @Test
    void apply_spentBudget_isDoubtfulAndTheNextLineIsRead() throws RegexException {
        Filter filter = Recipe.filter("^(.*?,){11}P from <ADDR>$");

        Outcome hostile = onDefaultStack(filter, "a,".repeat(LONGEST_LINE / 2) + "P from x");
        Outcome honest = onDefaultStack(filter, "a,".repeat(11) + "P from 192.0.2.1");

        assertThat(hostile).isEqualTo(new Outcome.Doubtful("The line takes more work than one line may."));
        assertThat(Recipe.blamed(honest)).isEqualTo("192.0.2.1");
    }

    @Test
    void apply_spentStack_isDoubtfulAndTheNextLineIsRead() throws RegexException {
        Filter filter = Recipe.filter("^\"(?:[^\"\\\\]|\\\\.)*\" from <ADDR>$");

        Outcome hostile = onDefaultStack(filter, "\"" + "a\\\"".repeat(20_000) + "\" from 192.0.2.2");
        Outcome honest = onDefaultStack(filter, "\"a\\\"b\" from 192.0.2.1");

        assertThat(hostile).isEqualTo(new Outcome.Doubtful("The line takes a deeper stack than there is."));
        assertThat(Recipe.blamed(honest)).isEqualTo("192.0.2.1");
    }

    @Test
    void over_readsBeyondTheBudget_areRefusedWhateverTheText() {
        Budget budget = new Budget();
        CharSequence first = budget.over("ab");
        CharSequence second = budget.over("cd");
        int reads = 0;

        for (int i = 0; i < Budget.READS / 2; i++) {
            reads += first.charAt(0) == 'a' && second.charAt(1) == 'd' ? 2 : 0;
        }

        assertThat(reads).isEqualTo(Budget.READS);
        assertThatExceptionOfType(Budget.Spent.class).isThrownBy(() -> second.charAt(0));
    }

    private static Outcome onDefaultStack(Filter filter, String line) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        Thread.ofPlatform()
                .uncaughtExceptionHandler((thread, error) -> outcome.completeExceptionally(error))
                .start(() -> outcome.complete(Recipe.apply(filter, line)));
        return outcome.join();
    }
}
