package bailiff.evidence.site;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.IpAddress;
import org.junit.jupiter.api.Test;

/** What an attacker may try in order to have somebody honest refused, or himself excused. */
class PoisonTest {

    private static final String BOT = "192.0.2.66";
    private static final String NEWEST = chrome(142);

    private final Machine machine = new Machine();

    private static String chrome(int release) {
        return "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + release
                + ".0.0.0 Safari/537.36";
    }

    private void people(int count, String agent) {
        for (int i = 0; i < count; i++) {
            String client = "203.0." + i + ".7";
            machine.ask(client, "user" + i, Conduct.BARE, agent);
            machine.trap(client, "user" + i, Outcome.SUCCESS);
            machine.pass(3_600);
        }
    }

    /** Bots that fetch the form and bring back its mark, as all people do. */
    private void bots(int count, String agent) {
        for (int i = 0; i < count; i++) {
            String bot = Attempts.foreign(i).toString();
            if (machine.ask(bot, "admin", Conduct.BARE, agent).equals(Judgement.NOTHING)) {
                machine.trap(bot, "admin", Outcome.FAILURE);
            }
            machine.pass(300);
        }
    }

    private Judgement stranger(String agent) {
        return machine.ask("198.51.7.7", "mary", Conduct.BARE, agent);
    }

    @Test
    void judge_botsThatImitateTheNewestRelease_haveNobodyRefusedWhoseBrowserIsThatOfPeople() {
        people(40, chrome(141));

        bots(100, NEWEST);

        assertThat(machine.sites().campaigns(machine.now())).isNotEmpty();
        assertThat(stranger(NEWEST)).isEqualTo(Judgement.NOTHING);
    }

    @Test
    void judge_botsWithAReleaseThatIsOutOfUse_areStillRefused() {
        people(40, chrome(141));

        bots(100, chrome(60));

        assertThat(stranger(chrome(60))).isInstanceOf(Judgement.Refuse.class);
    }

    @Test
    void judge_releaseWhoseForerunnersAreOutOfUseForLong_isRefused() {
        people(40, chrome(100));
        machine.pass(100 * 86_400L);

        bots(100, NEWEST);

        assertThat(stranger(NEWEST)).isInstanceOf(Judgement.Refuse.class);
    }

    @Test
    void read_redirectionThatTheTrapKnowsNothingOf_excusesNobody() {
        machine.proveLink();
        machine.log(BOT, "GET /wp-login.php", 200, "5000 \"-\" \"" + Attempts.CHROME + "\"");

        machine.log(BOT, "POST /wp-login.php", 302, "0 \"-\" \"" + Attempts.CHROME + "\"");
        machine.pass(60);

        IpAddress bot = IpAddress.parse(BOT).orElseThrow();
        assertThat(machine.sites().hasSucceeded(Machine.SITE, bot, machine.now()))
                .isFalse();
    }

    @Test
    void record_refusedRequestOfAThousandLogins_countsAsOneThatWasNotLookedAt() {
        Attempt like = Attempts.trapped(BOT, "nobody", Account.UNKNOWN, Outcome.SHIELDED);
        Login many = new Login("nobody", Account.UNKNOWN, Outcome.SHIELDED, 1_000, false);
        SiteEvidence evidence = new Attempts().evidence();
        Attempt refused = new Attempt(like.time(), like.client(), many, like.request());

        for (int i = 0; i < 20; i++) {
            assertThat(evidence.record(refused)).isEqualTo(Judgement.NOTHING);
        }

        assertThat(evidence.judge(refused)).isEqualTo(Judgement.NOTHING);
    }
}
