package bailiff.evidence.score;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.evidence.site.Attempt;
import bailiff.evidence.site.Conduct;
import bailiff.evidence.site.Door;
import bailiff.evidence.site.Login;
import bailiff.evidence.site.Origin;
import bailiff.evidence.site.Outcome;
import bailiff.evidence.site.Request;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassicRulesTest {

    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    /** How many of 100 attempts, so many seconds apart, each rule lets through. */
    @ParameterizedTest
    @CsvSource({
        "'fail2ban, 5 in 10 min', LOGIN, 10, 10",
        "'fail2ban, 5 in 10 min', LOGIN, 200, 100",
        "'recipe, 3 in 1 h for a day', LOGIN, 60, 3",
        "'recipe, 3 in 1 h for a day', LOGIN, 1801, 100",
        "CrowdSec wordpress_bf, LOGIN, 1, 6",
        "CrowdSec wordpress_bf, LOGIN, 11, 100",
        "CrowdSec wordpress_bf, XMLRPC, 1, 100",
        "CrowdSec with bf_xmlrpc, XMLRPC, 60, 10",
        "'Wordfence, 20 in 4 h', XMLRPC, 60, 20",
        "'LLAR, 4 in 24 h', LOGIN, 60, 16",
    })
    void meet_attemptsOfOneSource_letsThroughWhatItsFiguresSay(String name, Door door, long gap, int through) {
        Rule rule = ClassicRules.all().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Score score = new Score(rule);

        for (int i = 0; i < 100; i++) {
            score.meet(attempt("192.0.2.1", door, START.plusSeconds(gap * i)));
        }

        assertThat(score.sum(_ -> true).through()).isEqualTo(through);
    }

    @Test
    void sum_ofChosenSources_countsThoseAlone() {
        Score score = new Score(ClassicRules.all().getFirst());
        for (int i = 0; i < 10; i++) {
            score.meet(attempt("192.0.2.1", Door.LOGIN, START.plusSeconds(i)));
        }
        score.meet(attempt("192.0.2.2", Door.LOGIN, START));

        Score.Sum sum = score.sum(source -> source.toString().equals("192.0.2.1"));

        assertThat(sum).isEqualTo(new Score.Sum(1, 1, 1, 10, 5, 5));
        assertThat(score.sum(_ -> true).sources()).isEqualTo(2);
    }

    @Test
    void intervals_areThoseOfTheTables() {
        assertThat(Interval.ofShare(0, 20).high()).isBetween(0.160, 0.162);
        assertThat(Interval.ofShare(15, 20).low()).isBetween(0.530, 0.532);
        assertThat(Interval.ofShare(0, 0)).isEqualTo(new Interval(0, 1));
        assertThat(Interval.ofRate(0, 1).high()).isBetween(3.688, 3.690);
        assertThat(Interval.ofRate(10, 1).low()).isBetween(4.794, 4.797);
        assertThat(Interval.ofRate(10, 1).high()).isBetween(18.38, 18.40);
    }

    @Test
    void all_haveNamesOfTheirOwn() {
        List<String> names = ClassicRules.all().stream().map(Rule::name).toList();

        assertThat(names).doesNotHaveDuplicates().hasSize(6);
    }

    private static Attempt attempt(String client, Door door, Instant time) {
        return new Attempt(
                time,
                IpAddress.parse(client).orElseThrow(),
                Login.untold(Outcome.FAILURE),
                new Request(door, "HTTP/1.1", "", Origin.NONE, Optional.of(""), Conduct.UNTOLD, false));
    }
}
