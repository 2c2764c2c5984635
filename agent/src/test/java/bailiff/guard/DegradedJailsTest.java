package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.control.ControlException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jails that cannot run: never stop the others, are listed, and start by themselves. */
class DegradedJailsTest extends SiteTests {

    private static final String GOOD = "[Definition]\nfailregex = Authentication failure for \\S+ from <HOST>$\n";
    private static final String BAD = "[Definition]\nfailregex = ^wrong (from <HOST>$\n";

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(directory.resolve("etc/filter.d"));
        filter(BAD);
    }

    @Test
    void start_oneOfTwoJailsWithABadExpression_runsTheOtherAndListsBoth() throws Exception {
        site.configure(site.jail("wordpress", "") + own(""));

        site.start();
        site.fail(A, A, A);

        site.awaitHeard("banned " + A);
        assertThat(site.jailStatus("wordpress")).containsEntry("state", "running");
        assertThat(site.jailStatus("own"))
                .containsEntry("state", "degraded")
                .extractingByKey("problems")
                .asString()
                .contains("filter.d/own.conf:2");
        assertThat(site.ask("status", Map.of()).getFirst().get("problems"))
                .asString()
                .contains("Jail own does not run.");
    }

    @Test
    void start_noJailThatCanRun_startsAndWaits() throws Exception {
        site.configure(own(""));

        site.start();

        assertThat(site.told("ping", Map.of())).containsExactly("pong");
        assertThat(site.jailStatus("own")).containsEntry("state", "degraded");
    }

    @Test
    void filterMended_jailStartsByItselfAndReadsTheLogFromItsBeginning() throws Exception {
        site.configure(site.jail("wordpress", "maxretry = 100") + own(""));
        site.start();
        JailLoop other = site.guard().jails().named("wordpress").orElseThrow();
        site.fail(A, A, A);

        filter(GOOD);

        site.awaitHeard("banned " + A);
        assertThat(site.jailStatus("own")).containsEntry("state", "running");
        assertThat(site.guard().jails().named("wordpress")).containsSame(other);
        assertThat(site.guard().jails().faults()).isEmpty();
    }

    @Test
    void filterThatIsMissing_jailStartsWhenItIsThere() throws Exception {
        Files.delete(directory.resolve("etc/filter.d/own.conf"));
        site.configure(own(""));
        site.start();
        assertThat(site.jailStatus("own").get("problems")).asString().contains("no file for the filter");

        filter(GOOD);
        site.fail(A, A, A);

        site.awaitHeard("banned " + A);
    }

    @Test
    void mending_runningJailThatWasEditedToo_isNotTouched() throws Exception {
        site.configure(site.jail("wordpress", "") + own(""));
        site.start();
        JailLoop other = site.guard().jails().named("wordpress").orElseThrow();
        site.configure(site.jail("wordpress", "maxretry = 1") + own(""));

        filter(GOOD);
        Site.await("the mended jail", () -> site.guard().jails().named("own").isPresent());

        assertThat(site.guard().jails().named("wordpress")).containsSame(other);
    }

    @Test
    void mending_jailThatWasAlteredByHand_staysAltered() throws Exception {
        site.configure(site.jail("wordpress", "") + own(""));
        site.start();
        site.guard()
                .inForce()
                .alter(plan -> Alterations.alter(plan, "wordpress", jail -> JailSettings.maxretry(jail, 77)));

        filter(GOOD);
        Site.await("the mended jail", () -> site.guard().jails().named("own").isPresent());
        site.guard().inForce().alter(plan -> Alterations.alter(plan, "own", jail -> JailSettings.maxretry(jail, 1)));
        site.fail(A);

        site.awaitHeard("banned " + A);
        assertThat(Alterations.jail(site.guard().inForce().now(), "wordpress")
                        .definition()
                        .limits()
                        .maxretry())
                .isEqualTo(77);
        assertThat(site.ask("bans", Map.of()))
                .extracting(ban -> ban.get("jail"))
                .containsExactly("own");
    }

    @Test
    void mending_configurationHalfWritten_doesNotForgetTheJail() throws Exception {
        site.configure(own(""));
        site.start();

        site.configure("[DEFAULT]\nhalf written\n");
        Site.await("the error to be seen", () -> site.guard().inForce().now().isUncertain());
        assertThat(site.guard().jails().faults()).containsKey("own");
        filter(GOOD);
        site.configure(own(""));
        site.fail(A, A, A);

        site.awaitHeard("banned " + A);
    }

    @Test
    void mending_jailTakenOutOfTheConfiguration_isNoLongerListed() throws Exception {
        site.configure(site.jail("wordpress", "") + own(""));
        site.start();

        site.configure(site.jail("wordpress", ""));

        Site.await("the end of the fault", () -> site.guard().jails().faults().isEmpty());
        assertThat(site.guard().jails().named("own")).isEmpty();
    }

    @Test
    void reload_faultMended_takesTheNewRules() throws Exception {
        filter(GOOD);
        site.configure(own(""));
        site.start();
        site.configure(own("maxretry = many"));
        assertThat(reloadFails()).isTrue();

        site.configure(own("maxretry = 1"));
        Site.await("the end of the fault", () -> site.guard().jails().faults().isEmpty());
        site.fail(A);

        site.awaitHeard("banned " + A);
    }

    @Test
    void reload_ledgerThatCannotBeReadForAWhile_isTriedAgainByItself() throws Exception {
        filter(GOOD);
        site.configure(own(""));
        site.start();
        JailLoop before = site.guard().jails().named("own").orElseThrow();
        Path ledger = site.ledger();
        try (var lock = DriverManager.getConnection("jdbc:sqlite:" + ledger);
                var statement = lock.createStatement()) {
            statement.execute("ALTER TABLE bookmark RENAME TO hidden");
            site.configure(own("maxretry = 1"));
            assertThat(reloadFails()).isTrue();
            assertThat(site.guard().jails().named("own")).as("goes on").containsSame(before);
            statement.execute("ALTER TABLE hidden RENAME TO bookmark");
        }
        site.clock.pass(Duration.ofMinutes(2));

        Site.await("the end of the fault", () -> site.guard().jails().faults().isEmpty());
        site.fail(A);

        site.awaitHeard("banned " + A);
    }

    private boolean reloadFails() {
        try {
            site.ask("reload", Map.of());
            return false;
        } catch (ControlException e) {
            return true;
        }
    }

    private String own(String options) {
        return site.jail("own", options).replace("filter = wordpress", "filter = own");
    }

    private void filter(String text) throws IOException {
        Files.writeString(directory.resolve("etc/filter.d/own.conf"), text);
    }
}
