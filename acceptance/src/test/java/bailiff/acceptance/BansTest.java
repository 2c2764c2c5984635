package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bans as people order, lift and explain them. Takes no root. */
class BansTest {

    private static final String ATTACKER = "203.0.113.9";
    private static final String BYSTANDER = "198.51.100.7";

    @AutoClose
    private final PaperSite site = new PaperSite();

    @Test
    void bans_nobodyBanned_printsNothingForScripts() {
        site.guard();

        assertThat(site.machine.bailiff("bans", "--json").good().out()).isEmpty();
        assertThat(site.machine.bailiff("bans").good()).isEqualTo(new Outcome(0, "", "Nobody is banned.\n"));
    }

    @Test
    void ban_addressesAndNetworks_areListedWithTheirReasonAndEnd() {
        site.guard();

        site.machine
                .bailiff(
                        "ban",
                        ATTACKER,
                        "198.51.100.0/28",
                        "2001:db8:bad::/48",
                        "--for",
                        "-1",
                        "--reason",
                        "told me so")
                .good();

        List<Map<String, Object>> bans =
                site.machine.bailiff("bans", "--json").good().rows();
        assertThat(bans)
                .extracting(ban -> ban.get("ip"))
                .containsExactlyInAnyOrder(ATTACKER, "198.51.100.0/28", "2001:db8:bad::/48");
        assertThat(bans)
                .allSatisfy(ban -> assertThat(ban)
                        .containsEntry("jail", "manual")
                        .containsEntry("until", -1)
                        .containsEntry("reason", "told me so")
                        .containsEntry("failures", 0));
        assertThat(site.machine
                        .bailiff("bans", "--jail", "wordpress", "--json")
                        .good()
                        .out())
                .isEmpty();
    }

    @Test
    void ban_forATimeInAJail_endsByItself() {
        site.guard();

        site.machine
                .bailiff("ban", ATTACKER, "--for", "2s", "--jail", "wordpress")
                .good();
        List<String> first = site.machine.banned();

        site.machine.awaitBanned();
        assertThat(first).containsExactly(ATTACKER);
        assertThat(site.machine.bailiff("why", ATTACKER).good().out()).contains("was banned in wordpress", "ended at");
    }

    @Test
    void ban_unknownJail_exitsOneAndBansNobody() {
        site.guard();

        Outcome outcome = site.machine.bailiff("ban", ATTACKER, "--jail", "sshd");

        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(site.machine.banned()).isEmpty();
    }

    @Test
    void unban_oneAddress_leavesTheOthersAndForgivesItsFailures() {
        site.guardAndBan(ATTACKER);
        site.machine.bailiff("ban", BYSTANDER, "--jail", "wordpress").good();

        Outcome outcome = site.machine.bailiff("unban", ATTACKER).good();
        site.log.failures(ATTACKER, 2);
        site.machine.awaitStatus("wordpress", "found", 5);

        assertThat(outcome.out()).isEqualTo("Unbanned " + ATTACKER + " in wordpress.\n");
        assertThat(site.machine.banned()).containsExactly(BYSTANDER);
        assertThat(site.machine.bailiff("why", ATTACKER).good().out()).contains("lifted at", "bailiff unban");
    }

    @Test
    void unban_all_endsEveryBan() {
        site.guardAndBan(ATTACKER);
        site.machine.bailiff("ban", BYSTANDER, "198.51.100.0/28").good();

        site.machine.bailiff("unban", "--all").good();

        assertThat(site.machine.banned()).isEmpty();
        assertThat(site.machine.bailiff("unban", "--all").good().out()).isEqualTo("Nobody is banned.\n");
    }

    @Test
    void unban_network_endsTheBansInIt() {
        site.guardAndBan(ATTACKER);

        site.machine.bailiff("unban", "203.0.113.0/24").good();

        assertThat(site.machine.banned()).isEmpty();
    }

    @Test
    void unban_somebodyWhoIsNotBanned_saysSo() {
        site.guard();

        assertThat(site.machine.bailiff("unban", ATTACKER).good().out()).isEqualTo(ATTACKER + " is not banned.\n");
    }

    @Test
    void why_addressWithFailuresButNoBan_showsWhatCounts() {
        site.guard();
        site.log.failures(ATTACKER, 2);
        site.machine.awaitStatus("wordpress", "found", 2);

        Outcome why = site.machine.bailiff("why", ATTACKER).good();

        assertThat(why.out()).contains(ATTACKER + " is not banned.", "2 failures count against it in wordpress");
    }

    @ParameterizedTest
    @CsvSource({"198.51.100.7, is not banned", "127.0.0.1, is never banned", "2001:db8::7, is not banned"})
    void why_addressWithoutABan_saysSo(String address, String answer) {
        site.guard();

        assertThat(site.machine.bailiff("why", address).good().out()).contains(address, answer);
        assertThat(site.machine.bailiff("why", address, "--json").good().row()).containsEntry("banned", false);
    }
}
