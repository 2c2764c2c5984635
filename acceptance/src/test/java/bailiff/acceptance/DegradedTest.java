package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A jail that cannot run beside one that can, and one whose log is not there yet. Takes no root. */
class DegradedTest {

    private static final String ATTACKER = "203.0.113.9";
    private static final String BYSTANDER = "198.51.100.7";

    @AutoClose
    private final PaperSite site = new PaperSite();

    private void jail(String name, String filter, String log) {
        site.machine.configure(
                "jail.d/" + name + ".local",
                "[%s]\nenabled = true\nfilter = %s\nmaxretry = 3\nfindtime = 600\nlogpath = %s\n"
                        .formatted(name, filter, log));
    }

    @Test
    void brokenFilter_besideAGoodJail_isNamedWhileTheGoodOneBansAndStartsOnceMended() {
        site.machine.configure("filter.d/mail.conf", "[Definition]\nfailregex = ^.*mail(d refused <HOST>$\n");
        AuthLog mail = site.machine.log("mail.log");
        jail("mail", "mail", mail.file().toString());
        site.guard();

        site.log.failures(ATTACKER, 3);
        site.machine.awaitBanned(ATTACKER);
        Object before = site.machine.status("mail").get("state");
        String said = site.machine.bailiff("status").out();
        site.machine.configure("filter.d/mail.conf", "[Definition]\nfailregex = maild refused <HOST>$\n");
        Await.until(
                () -> "running".equals(site.machine.status("mail").get("state")),
                () -> site.machine.status("mail") + site.machine.guardLog());
        for (int i = 0; i < 3; i++) {
            mail.message("maild[3]:", "maild refused " + BYSTANDER);
        }

        assertThat(before).isEqualTo("degraded");
        assertThat(said).contains("mail", "failregex");
        site.machine.awaitBanned(ATTACKER, BYSTANDER);
    }

    @Test
    void missingLog_appears_isReadFromItsFirstLine() {
        jail("late", "wordpress", site.log.file() + ".late");
        site.guard();
        Outcome check = site.machine.bailiff("check", "-c", site.etc());

        AuthLog late = site.machine.log("auth.log.late");
        late.failures(ATTACKER, 3);

        assertThat(check.exit()).isZero();
        site.machine.awaitBanned(ATTACKER);
    }
}
