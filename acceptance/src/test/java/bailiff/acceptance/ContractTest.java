package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The JSON that others script against: keys, forms of times, numbers. Takes no root. */
class ContractTest {

    private static final String ATTACKER = "203.0.113.9";
    private static final String BYSTANDER = "198.51.100.7";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    @AutoClose
    private final PaperSite site = new PaperSite();

    @Test
    void status_afterABan_hasTheKeysOfTheContract() {
        site.guardAndBan(ATTACKER);

        Map<String, Object> status =
                site.machine.bailiff("status", "--json").good().row();

        assertThat(status).containsKeys("version", "pid", "since", "observe", "jails", "lag", "firewall");
        assertThat(status).containsEntry("observe", true).containsEntry("pid", (int) site.machine.guardPid());
        assertThat(String.valueOf(status.get("since"))).matches(TIME);
        assertThat(status.get("lag")).isEqualTo(Map.of("bytes", 0, "seconds", 0));
        assertThat(status.get("firewall"))
                .asInstanceOf(MAP)
                .containsEntry("backend", "observe")
                .containsEntry("verified", false);
        assertThat(site.machine.status("wordpress"))
                .containsEntry("name", "wordpress")
                .containsEntry("found", 3)
                .containsEntry("failing", 0)
                .containsEntry("banned", 1)
                .containsEntry("totalBanned", 1)
                .containsEntry("problems", List.of())
                .containsKey("sources");
    }

    @Test
    void bans_json_hasExactlyTheKeysOfTheContract() {
        site.guardAndBan(ATTACKER);

        Map<String, Object> ban = site.machine.bailiff("bans", "--json").good().row();

        assertThat(ban).containsOnlyKeys("ip", "jail", "since", "until", "bancount", "failures", "evidence", "reason");
        assertThat(ban)
                .containsEntry("ip", ATTACKER)
                .containsEntry("jail", "wordpress")
                .containsEntry("bancount", 1)
                .containsEntry("failures", 3)
                .containsEntry("evidence", "address");
        assertThat(String.valueOf(ban.get("since"))).matches(TIME);
        assertThat(String.valueOf(ban.get("until"))).matches(TIME);
    }

    @Test
    void why_bannedAddress_showsTheLinesThatLedToIt() {
        site.guardAndBan(ATTACKER);

        Map<String, Object> why =
                site.machine.bailiff("why", ATTACKER, "--json").good().row();

        assertThat(why)
                .containsEntry("banned", true)
                .containsEntry("ip", ATTACKER)
                .containsEntry("failures", 3);
        assertThat(why.get("lines"))
                .asInstanceOf(LIST)
                .hasSize(3)
                .allSatisfy(line ->
                        assertThat(line).asString().endsWith("Authentication failure for admin from " + ATTACKER));
        assertThat(site.machine.bailiff("why", ATTACKER).good().out())
                .contains(ATTACKER + " is banned in wordpress")
                .contains("    20");
    }

    @Test
    void match_json_hasTheKeysOfTheContractAndASummary() {
        site.configure();
        site.log.failures(ATTACKER, 1);
        site.log.message("Accepted password for owner from " + BYSTANDER);

        Outcome match = site.machine.bailiff(
                "match", "-c", site.etc(), "wordpress", site.log.file().toString(), "--json");

        List<Map<String, Object>> rows = match.good().rows();
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst())
                .containsOnlyKeys(
                        "file",
                        "line",
                        "matched",
                        "ignored",
                        "time",
                        "ip",
                        "host",
                        "user",
                        "regex",
                        "kind",
                        "attempts",
                        "groups")
                .containsEntry("line", 1)
                .containsEntry("matched", true)
                .containsEntry("ip", ATTACKER)
                .containsEntry("regex", 0);
        assertThat(rows.getLast())
                .containsExactly(Map.entry("summary", Map.of("lines", 2, "matched", 1, "ignored", 0, "missed", 1)));
    }

    @Test
    void replay_json_hasTheKeysOfTheContractAndASummary() {
        site.configure();
        site.log.failures(ATTACKER, 4);
        site.log.failures(BYSTANDER, 2);

        Outcome replay =
                site.machine.bailiff("replay", "-c", site.etc(), site.log.file().toString(), "--json");

        List<Map<String, Object>> rows = replay.good().rows();
        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst())
                .containsOnlyKeys(
                        "event", "time", "ip", "jail", "bantime", "bancount", "failures", "evidence", "reason")
                .containsEntry("event", "ban")
                .containsEntry("ip", ATTACKER)
                .containsEntry("bantime", 86_400)
                .containsEntry("failures", 3);
        assertThat(rows.getLast().get("summary"))
                .asInstanceOf(MAP)
                .containsEntry("bans", 1)
                .containsEntry("addresses", 2);
    }
}
