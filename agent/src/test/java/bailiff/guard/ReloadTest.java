package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.control.ControlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReloadTest extends SiteTests {

    @BeforeEach
    void start() throws IOException, ControlException {
        site.start();
    }

    @Test
    void reload_nothingChanged_leavesTheJailRunning() throws Exception {
        JailLoop before = loop("wordpress");
        site.fail(A, A);
        site.awaitHeard("seen Found", 2);

        assertThat(site.told("reload", Map.of())).first().isEqualTo("Configuration read again: 1 jails.");

        assertThat(loop("wordpress")).isSameAs(before);
        site.fail(A);
        site.awaitHeard("banned " + A);
    }

    @Test
    void reload_changedJail_beginsAnewWithItsCountersAndBans() throws Exception {
        site.fail("203.0.113.201", "203.0.113.201", "203.0.113.201", A, A);
        site.awaitHeard("seen Found", 4);
        JailLoop before = loop("wordpress");
        site.configure(site.jail("wordpress", "bantime = 600"));

        site.ask("reload", Map.of());

        assertThat(loop("wordpress")).isNotSameAs(before);
        assertThat(site.banned()).containsExactly("203.0.113.201");
        site.fail(A);
        site.awaitHeard("banned " + A);
        assertThat(site.ask("bans", Map.of()))
                .as("each ban with the bantime of its day")
                .extracting(ban -> ban.get("ip") + " " + ban.get("until"))
                .containsExactly(A + " 2026-04-09T12:10:00.000Z", "203.0.113.201 2026-04-10T12:00:00.000Z");
    }

    @Test
    void reload_jailLeftOut_endsItUntilItComesBack() throws Exception {
        site.fail(A, A, A);
        site.awaitHeard("banned " + A);
        site.configure(site.jail("other", ""));

        site.ask("reload", Map.of());

        assertThatThrownBy(() -> site.ask("status", Map.of("jail", "wordpress")))
                .hasMessage("There is no jail 'wordpress'; running: manual, other.");
        site.configure(site.jail("other", "") + site.jail("wordpress", ""));
        site.ask("reload", Map.of());
        assertThat(site.ask("bans", Map.of("jail", "wordpress")))
                .extracting(ban -> ban.get("ip"))
                .containsExactly(A);
    }

    @Test
    void reload_newJail_readsTheLogFromItsBeginning() throws Exception {
        site.fail(A, A);
        site.awaitHeard("seen Found", 2);
        site.configure(site.jail("wordpress", "") + site.jail("strict", "maxretry = 1"));

        site.ask("reload", Map.of());

        site.awaitHeard("banned " + A);
        assertThat(site.ask("bans", Map.of()).getFirst()).containsEntry("jail", "strict");
    }

    @Test
    void reload_faultInARunningJail_goesOnWithItsOldRulesAndSaysWhere() throws Exception {
        JailLoop before = loop("wordpress");
        site.configure(site.jail("wordpress", "maxretry = many") + site.jail("other", "maxretry = 1"));

        assertThatThrownBy(() -> site.ask("reload", Map.of()))
                .isInstanceOfSatisfying(
                        ControlException.class, e -> assertThat(e.exit()).isEqualTo(ControlException.USAGE))
                .hasMessageStartingWith("Configuration read again: 1 jails. But not all of it runs:")
                .hasMessageContaining("Jail wordpress goes on with its old rules.")
                .hasMessageContaining(directory.resolve("etc/jail.local") + ":9: [wordpress] maxretry");

        assertThat(loop("wordpress")).isSameAs(before);
        assertThat(loop("other")).isNotNull();
        assertThat(site.jailStatus("wordpress")).containsEntry("state", "outdated");
    }

    @Test
    void reload_configurationWithoutAnyJail_changesNothing() throws Exception {
        JailLoop before = loop("wordpress");
        site.configure("");

        assertThatThrownBy(() -> site.ask("reload", Map.of())).hasMessageStartingWith("Nothing was changed");

        assertThat(loop("wordpress")).isSameAs(before);
    }

    @Test
    void reload_fileThatCannotBeRead_endsNoJailThatMayBeInIt() throws Exception {
        site.configure(site.jail("wordpress", ""));
        Files.createDirectories(directory.resolve("etc/jail.d"));
        Path extra = Files.writeString(directory.resolve("etc/jail.d/extra.conf"), site.jail("extra", ""));
        site.ask("reload", Map.of());
        JailLoop before = loop("extra");
        Files.write(extra, new byte[5 << 20]);

        assertThatThrownBy(() -> site.ask("reload", Map.of())).hasMessageContaining("extra.conf");

        assertThat(loop("extra")).isSameAs(before);
    }

    @Test
    void reload_jailNamedLikeTheOneForBansByHand_isRefused() throws Exception {
        site.configure(site.jail("manual", ""));

        assertThatThrownBy(() -> site.ask("reload", Map.of())).hasMessageContaining("kept for bans by hand");
    }

    @Test
    void reload_guardThatIsEnding_isRefused() {
        site.guard().askToEnd();

        assertThatThrownBy(() -> site.ask("reload", Map.of())).hasMessage("The guard is ending.");
    }

    @Test
    void reload_ledgerThatCannotBeRead_keepsTheJailsThatDidNotChange() throws Exception {
        site.configure(site.jail("wordpress", "") + site.jail("other", ""));
        site.ask("reload", Map.of());
        JailLoop other = loop("other");
        site.guard().ledger().close();
        site.configure(site.jail("wordpress", "bantime = 600") + site.jail("other", ""));

        assertThatThrownBy(() -> site.ask("reload", Map.of())).hasMessageContaining("The ledger is closed.");

        assertThat(loop("other")).isSameAs(other);
        site.fail(A, A, A);
        site.awaitHeard("banned " + A);
    }

    @Test
    void reload_addressNewInIgnoreip_endsItsBan() throws Exception {
        site.fail(A, A, A);
        site.awaitHeard("banned " + A);
        site.configure(site.jail("wordpress", "ignoreip = 203.0.113.0/24"));

        site.ask("reload", Map.of());

        site.awaitHeard("unbanned " + A);
        assertThat(site.banned()).isEmpty();
    }

    @Test
    void reload_whileAJailCatchesUp_waitsForNoMoreThanItsBlock() throws Exception {
        site.clock.pass(Duration.ofMinutes(1));
        for (int i = 0; i < 2_000; i++) {
            site.write("nothing to see here");
        }
        site.fail(A, A, A);
        site.configure(site.jail("wordpress", "findtime = 1800"));

        site.ask("reload", Map.of());

        site.awaitHeard("banned " + A);
        assertThat(site.heard.count("banned " + A)).isOne();
        assertThat(site.banned()).isEqualTo(List.of(A));
    }

    private JailLoop loop(String name) {
        return site.guard().jails().named(name).orElseThrow();
    }
}
