package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.config.Problem;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PlanTest extends SiteTests {

    @BeforeEach
    void write() throws IOException {
        Files.createDirectories(directory.resolve("etc/filter.d"));
    }

    @Test
    void of_badExpression_leavesTheJailOutAndNamesFileAndLine() throws IOException {
        filter("broken", """
                [Definition]
                failregex = ^fine from <HOST>$
                            ^wrong (from <HOST>$
                """);
        site.configure(site.jail("wordpress", "") + site.jail("broken", "").replace("= wordpress", "= broken"));

        Plan plan = plan();

        assertThat(plan.jails()).extracting(jail -> jail.definition().name()).containsExactly("wordpress");
        assertThat(plan.leftOut()).containsExactly("broken");
        assertThat(plan.hasErrors()).isTrue();
        assertThat(plan.problems())
                .extracting(Problem::toString)
                .anySatisfy(problem ->
                        assertThat(problem).startsWith(directory.resolve("etc/filter.d/broken.conf") + ":3: "));
    }

    @Test
    void of_unwiseExpression_isWarnedOfWhereItStands() throws IOException {
        filter("slow", """
                [Definition]
                failregex = ^fine from <HOST>$
                            ^(a+)+ from <HOST>$
                """);
        site.configure(site.jail("slow", "").replace("= wordpress", "= slow"));

        assertThat(plan().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.place().line()).isEqualTo(3);
            assertThat(problem.message()).startsWith("failregex 1 ");
        });
    }

    @Test
    void of_ignorecommandWithASecondShell_isWarnedOf() throws IOException {
        site.configure(site.jail("wordpress", "ignorecommand = sh -c \"check <F-USER>\"")
                + site.jail("other", "ignorecommand = sh -c 'check \"<F-USER>\"'"));

        assertThat(plan().problems())
                .extracting(Problem::toString)
                .filteredOn(problem -> problem.contains("second shell"))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith("[wordpress] ignorecommand: "));
    }

    @Test
    void of_severalBadExpressions_namesEachOfThem() throws IOException {
        filter("broken", """
                [Definition]
                failregex = ^wrong (from <HOST>$
                            ^wrong [from <HOST>$
                ignoreregex = ^wrong )
                datepattern = %%Q
                """);
        site.configure(site.jail("broken", "").replace("= wordpress", "= broken"));

        assertThat(plan().problems())
                .extracting(problem -> problem.place().line())
                .contains(2, 3, 4, 5);
    }

    @Test
    void of_jailNamedLikeTheOneForBansByHand_isLeftOut() throws IOException {
        site.configure(site.jail("manual", "") + site.jail("wordpress", ""));

        Plan plan = plan();

        assertThat(plan.leftOut()).containsExactly("manual");
        assertThat(plan.jails()).hasSize(1);
        assertThat(plan.problems())
                .extracting(Problem::toString)
                .contains("[manual]: this name is kept for bans by hand; expected another");
    }

    private void filter(String name, String text) throws IOException {
        Files.writeString(directory.resolve("etc/filter.d/" + name + ".conf"), text);
    }

    private Plan plan() {
        return Plan.of(site.configuration().read());
    }
}
