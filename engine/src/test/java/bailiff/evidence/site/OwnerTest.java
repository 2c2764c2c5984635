package bailiff.evidence.site;

import static bailiff.evidence.site.Attempts.CHROME;
import static bailiff.evidence.site.Attempts.START;
import static bailiff.evidence.site.Attempts.asking;
import static bailiff.evidence.site.Attempts.moved;
import static bailiff.evidence.site.Attempts.trapped;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the owner of an account that 3,000 addresses guess at, one attempt each, for a day. */
class OwnerTest {

    private static final String HOME = "192.0.2.1";
    private static final String FIREFOX = "Mozilla/5.0 (Macintosh; rv:140.0) Firefox/140.0";
    private static final Duration SPACING = Duration.ofSeconds(28);
    private static final int SOURCES = 3_000;

    private final Attempts site = new Attempts();

    @BeforeEach
    void attack() {
        site.admits(by(
                FIREFOX,
                moved(trapped(HOME, "anna", Account.KNOWN, Outcome.SUCCESS), START.minusSeconds(86_400 * 30L))));
        int through = site.botnet(SOURCES, SPACING, trapped("198.51.100.99", "anna", Account.KNOWN, Outcome.FAILURE));
        assertThat(through).as("the attack is recognised").isLessThan(SOURCES / 10);
    }

    @Test
    void owner_fromWhereHeLoggedInBefore_comesInAfterFiveMistakesToo() {
        for (int i = 0; i < 5; i++) {
            assertThat(site.admits(now(i, by(FIREFOX, trapped(HOME, "anna", Account.KNOWN, Outcome.FAILURE)))))
                    .isTrue();
        }

        assertThat(site.admits(now(6, by(FIREFOX, trapped(HOME, "anna", Account.KNOWN, Outcome.SUCCESS)))))
                .isTrue();
    }

    @Test
    void owner_fromWhereHeLoggedInBeforeInTheBotnetsBrowser_comesIn() {
        assertThat(site.admits(now(0, by(CHROME, trapped(HOME, "anna", Account.KNOWN, Outcome.SUCCESS)))))
                .isTrue();
    }

    @Test
    void owner_fromANewAddressWithABrowserOfHisOwn_comesIn() {
        assertThat(site.admits(now(0, by(FIREFOX, trapped("203.0.113.200", "anna", Account.KNOWN, Outcome.SUCCESS)))))
                .isTrue();
    }

    @Test
    void owner_fromANewAddressWhoReadThePages_comesInInTheBotnetsBrowserToo() {
        Attempt attempt = trapped("203.0.113.200", "anna", Account.KNOWN, Outcome.SUCCESS);
        Request seen = attempt.request().by(Conduct.BROWSING, false);

        assertThat(site.admits(now(0, new Attempt(attempt.time(), attempt.client(), attempt.login(), seen))))
                .isTrue();
    }

    @Test
    void owner_whoMistypesAtANewAddressMeanwhile_isRefusedThereAndComesInAtHome() {
        Attempt mistake = by(FIREFOX, trapped("203.0.113.200", "anna", Account.KNOWN, Outcome.FAILURE));
        site.admits(now(0, mistake));

        assertThat(site.admits(now(1, mistake))).isFalse();
        assertThat(site.admits(now(2, by(FIREFOX, trapped(HOME, "anna", Account.KNOWN, Outcome.SUCCESS)))))
                .isTrue();
    }

    private static Attempt by(String agent, Attempt attempt) {
        return asking(attempt, Door.LOGIN, Origin.DOOR, agent, false);
    }

    private static Attempt now(int seconds, Attempt attempt) {
        return moved(attempt, START.plus(SPACING.multipliedBy(SOURCES)).plusSeconds(seconds));
    }
}
