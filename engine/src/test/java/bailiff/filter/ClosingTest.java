package bailiff.filter;

import static bailiff.filter.Recipe.blamed;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.LogLine;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that end sessions are passed over only where they could not have said anything else. */
class ClosingTest {

    private static final String SESSION = "^s<F-MLFID>\\w+</F-MLFID> <F-CONTENT>.+</F-CONTENT>$";

    private static Filter filter(String ignoreregex, int maxlines, String... failregex) throws RegexException {
        List<String> excused = ignoreregex.isEmpty() ? List.of() : List.of(ignoreregex);
        return Filter.compile(new FilterDefinition(
                "t", List.of(failregex), excused, SESSION, "{NONE}", ZoneOffset.UTC, "no", maxlines));
    }

    private static Filter filter(String... failregex) throws RegexException {
        return filter("", 1, failregex);
    }

    private static Outcome apply(Filter filter, String line) {
        return filter.apply(LogLine.of(line), Recipe.NOW);
    }

    private static Prospect prospect(Filter filter, String line) {
        return Sieve.of(List.of(filter)).sorter().sort(LogLine.of(line), true).prospect(0);
    }

    @Test
    void apply_anEndWithoutASession_isPassedOverAndWithOneIsNot() throws RegexException {
        Filter filter = filter("^fail$", "^<F-NOFAIL>in</F-NOFAIL> by <ADDR> <F-MLFFORGET>end</F-MLFFORGET>$");

        assertThat(prospect(filter, "s1 in by 192.0.2.1 end")).isEqualTo(Prospect.END_OF_SESSION);
        assertThat(blamed(apply(filter, "s1 in by 192.0.2.1 end"))).isEqualTo("unmatched");
        apply(filter, "s1 fail");
        assertThat(blamed(apply(filter, "s1 in by 192.0.2.1 end"))).isEqualTo("192.0.2.1");
        assertThat(blamed(apply(filter, "s1 in by 192.0.2.1 end"))).isEqualTo("unmatched");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^<F-NOFAIL>in</F-NOFAIL> by <ADDR>(?: <F-MLFFORGET>end</F-MLFFORGET>)?$",
                "^<F-NOFAIL>in</F-NOFAIL> by <ADDR>(?: <F-MLFFORGET>end</F-MLFFORGET>|)$",
                "^<F-NOFAIL>in</F-NOFAIL> by <ADDR><F-MLFFORGET>(?: end)?</F-MLFFORGET>$"
            })
    void apply_aLineThatMayEndTheSessionAndDoesNot_tellsWhomToBlame(String mayEnd) throws RegexException {
        Filter filter = filter(mayEnd, "^fail$");

        assertThat(blamed(apply(filter, "s1 in by 192.0.2.1"))).isEqualTo("unmatched");
        assertThat(blamed(apply(filter, "s1 fail"))).isEqualTo("192.0.2.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^(?:<F-NOFAIL>in</F-NOFAIL>|out) by <ADDR> <F-MLFFORGET>end</F-MLFFORGET>$",
                "^<F-NOFAIL>(?:in)?</F-NOFAIL>(?:out)? by <ADDR> <F-MLFFORGET>end</F-MLFFORGET>$",
                "^out by <ADDR> <F-MLFFORGET>end</F-MLFFORGET>$"
            })
    void apply_anEndThatMayBeAFailure_isOne(String mayFail) throws RegexException {
        assertThat(blamed(apply(filter(mayFail), "s1 out by 192.0.2.1 end"))).isEqualTo("192.0.2.1");
    }

    @Test
    void apply_anEndOfASessionThatItNamesItself_isLookedAt() throws RegexException {
        Filter filter = filter(
                "^fail <F-MLFID>\\w+</F-MLFID>$",
                "^<F-NOFAIL>in</F-NOFAIL> <F-MLFID>\\w+</F-MLFID> by <ADDR> <F-MLFFORGET>end</F-MLFFORGET>$");

        apply(filter, "s1 fail b");

        assertThat(blamed(apply(filter, "s9 in b by 192.0.2.1 end"))).isEqualTo("192.0.2.1");
    }

    @Test
    void apply_anEndThatIgnoreregexExcuses_isIgnored() throws RegexException {
        String end = "^<F-NOFAIL>in</F-NOFAIL> by <ADDR> <F-MLFFORGET>end</F-MLFFORGET>$";

        assertThat(blamed(apply(filter("by 192", 1, end), "s1 in by 192.0.2.1 end")))
                .isEqualTo("ignored");
    }

    @Test
    void apply_anEndSeenTogetherWithOtherLines_isLookedAt() throws RegexException {
        Filter filter = filter("", 2, "^<F-NOFAIL>in</F-NOFAIL> by <ADDR> <F-MLFFORGET>end</F-MLFFORGET>$");

        assertThat(prospect(filter, "s1 in by 192.0.2.1 end")).isEqualTo(Prospect.UNKNOWN);
    }
}
