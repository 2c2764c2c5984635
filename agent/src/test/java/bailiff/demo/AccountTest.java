package bailiff.demo;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Ban;
import bailiff.ban.Event;
import bailiff.evidence.site.CampaignNews;
import bailiff.filter.Sighting;
import bailiff.net.IpAddress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountTest {

    private static final Scene ALONE = Scene.all().getFirst();
    private static final Scene CROWD = Scene.all().get(2);

    private static final IpAddress ADDRESS = IpAddress.parse("203.0.113.66").orElseThrow();
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final StringWriter told = new StringWriter();
    private final Account account = new Account(new PrintWriter(told));

    @Test
    void visited_crowd_isToldOfTheFirstFewOfEachOutcomeOnly() {
        for (Outcome outcome : List.of(Outcome.ANSWERED, Outcome.REFUSED)) {
            CROWD.addresses().forEach(from -> account.visited(CROWD, visit(from), outcome));
        }

        assertThat(told.toString().lines())
                .extracting(line -> line.replaceFirst(".*log-in as admin +", ""))
                .containsExactly(
                        "answered", "answered", "answered, and so on", "refused", "refused", "refused, and so on");
    }

    @Test
    void visited_oneAddress_isToldOfEachAnswerAndOfSilenceOnce() {
        for (Outcome outcome : List.of(
                Outcome.ANSWERED,
                Outcome.ANSWERED,
                Outcome.ANSWERED,
                Outcome.ANSWERED,
                Outcome.SILENT,
                Outcome.SILENT,
                Outcome.REFUSED)) {
            account.visited(ALONE, visit("203.0.113.66"), outcome);
        }

        assertThat(told.toString().lines())
                .extracting(line -> line.replaceFirst(".*log-in as admin +", ""))
                .containsExactly("answered", "answered", "answered", "answered", "NO ANSWER", "refused");
    }

    @Test
    void campaignOpened_thenANewAddressIsRefused_bothAreToldOnce() {
        account.visited(CROWD, visit("192.0.2.100"), Outcome.ANSWERED);
        account.campaignOpened(new CampaignNews(
                "demo", "login-20261121-1", NOW, NOW, 5, 5, 0, 0, Map.of(), "login", 4, List.of()));
        account.visited(CROWD, visit("192.0.2.100"), Outcome.REFUSED);
        account.visited(CROWD, visit("192.0.2.101"), Outcome.REFUSED);
        account.visited(CROWD, visit("192.0.2.102"), Outcome.REFUSED);

        assertThat(told.toString())
                .containsOnlyOnce("CAMPAIGN login-20261121-1  5 addresses ask alike")
                .containsOnlyOnce("for the first time")
                .contains("192.0.2.101 tries for the first time, and is refused: it looks like login-20261121-1");
    }

    private static Visit visit(String from) {
        return new Visit(from, Visit.Door.LOGIN, "admin", false, false);
    }

    @Test
    void inForce_beforeAnybodyWasToldOfTheBan_isNotBeforeTheVerdict() {
        Ban ban = new Ban("demo", ADDRESS.alone(), NOW, NOW.plusSeconds(8), 1, 3, Ban.BY_ADDRESS, "3 failures");
        Sighting sighting = new Sighting(NOW, ADDRESS.toString(), 0, 1, Map.of());

        account.seen("demo", new Event.Banned(sighting, ADDRESS, ban));
        long inKernel = System.nanoTime();
        account.banned(ban);
        account.inForce("demo", ADDRESS.alone(), inKernel);

        assertThat(told.toString()).contains("BAN").containsPattern("in the kernel \\d+\\.\\d ms after the verdict");
    }
}
