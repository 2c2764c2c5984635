package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Every jail of fail2ban's package switched on at once. */
class AllJailsTest {

    @Test
    void everyStockJail_isListedByCheckAndStatus_andTheGuardEndsCleanly() {
        try (Site site = Site.fail2ban("")) {
            site.machine.folder().write("fail2ban/jail.d/all.local", "[DEFAULT]\nenabled = true\n");

            Outcome check = site.machine.bailiff("check", "-c", "/etc/fail2ban");
            site.guardAsFail2ban("--observe");
            Outcome status = site.machine.bailiff("status", "--json").good();
            site.machine.bailiff("stop").good();

            TreeSet<String> listed = new TreeSet<>();
            TreeSet<String> degraded = new TreeSet<>();
            if (status.row().get("jails") instanceof List<?> jails) {
                for (Object jail : jails) {
                    Map<?, ?> told = (Map<?, ?>) jail;
                    listed.add(String.valueOf(told.get("name")));
                    if (!"running".equals(told.get("state"))) {
                        degraded.add(String.valueOf(told.get("name")));
                    }
                }
            }
            assertThat(site.machine.guardExit()).isZero();
            assertThat(listed).containsAll(StockFail2ban.jails());
            for (String name : listed) {
                if (!name.equals("manual")) {
                    String sentence = "Jail " + name + " would " + (degraded.contains(name) ? "NOT run." : "run: ");
                    assertThat(check.out()).contains(sentence);
                }
            }
            assertThat(check.exit()).isEqualTo(degraded.isEmpty() ? 0 : 2);
        }
    }
}
