package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** fail2ban's own jails, as its package has them, under Bailiff: from a line of sshd to packets that are dropped. */
class Fail2banSetupTest {

    private static final String ATTACKER = "203.0.113.9";
    private static final String NEIGHBOUR = "203.0.113.10";
    private static final int SSH = 22;
    private static final DateTimeFormatter CLASSIC = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

    private static Site site(String jailLocal, String... visitors) {
        Site site = Site.fail2ban(jailLocal);
        for (String visitor : visitors) {
            site.network.settle(visitor);
        }
        return site;
    }

    @Test
    void sshdJail_fiveWrongPasswords_dropsSshOfTheAttackerOnly() {
        try (Site site = site("[sshd]\nbackend = polling\n", ATTACKER, NEIGHBOUR)) {
            site.guardAsFail2ban();

            site.log.wrongPasswords(NEIGHBOUR, 4);
            site.log.goneBeforePassword(NEIGHBOUR);
            site.log.wrongPasswords(ATTACKER, 3);
            site.log.wrongPasswords(ATTACKER, 2);
            site.network.awaitInKernel(ATTACKER);

            assertThat(site.network.isDropped(ATTACKER, SSH)).isTrue();
            assertThat(site.network.isAnswered(ATTACKER, 80)).isTrue();
            assertThat(site.network.isAnswered(NEIGHBOUR, SSH)).isTrue();
            assertThat(site.machine.banned()).containsExactly(ATTACKER);
        }
    }

    @Test
    void sshdJail_addressOnAnotherLineOfTheSession_isBanned() {
        try (Site site = site("[sshd]\nbackend = polling\n", ATTACKER, NEIGHBOUR)) {
            site.guardAsFail2ban();

            for (int i = 0; i < 5; i++) {
                site.log.lockedAccount(ATTACKER);
                site.log.goneBeforePassword(NEIGHBOUR);
            }
            site.network.awaitInKernel(ATTACKER);

            assertThat(site.network.isDropped(ATTACKER, SSH)).isTrue();
            assertThat(site.network.isAnswered(NEIGHBOUR, SSH)).isTrue();
            assertThat(site.machine.bailiff("why", ATTACKER).good().out()).contains("account is locked");
        }
    }

    @Test
    void sshdJail_modeAggressive_countsWhoGoesBeforeAPassword() {
        try (Site site = site("[sshd]\nbackend = polling\nmode = aggressive\n", ATTACKER)) {
            site.guardAsFail2ban();

            for (int i = 0; i < 5; i++) {
                site.log.goneBeforePassword(ATTACKER);
            }
            site.network.awaitInKernel(ATTACKER);

            assertThat(site.network.isDropped(ATTACKER, SSH)).isTrue();
        }
    }

    @Test
    void sshdJail_classicSyslogTimeInAZoneOfItsOwn_isReadAsFail2banReadsIt() {
        try (Site site = site("[sshd]\nbackend = polling\nlogtimezone = UTC+0530\n", ATTACKER, NEIGHBOUR)) {
            String now = CLASSIC.format(OffsetDateTime.now(ZoneOffset.ofHoursMinutes(5, 30)));
            String before = CLASSIC.format(
                    OffsetDateTime.now(ZoneOffset.ofHoursMinutes(5, 30)).minusMinutes(30));
            for (int i = 0; i < 5; i++) {
                site.log.line(before + " vm sshd[9]: Failed password for root from " + NEIGHBOUR + " port 9 ssh2");
            }
            for (int i = 0; i < 5; i++) {
                site.log.line(now + " vm sshd[8]: Failed password for root from " + ATTACKER + " port 8 ssh2");
            }
            site.guardAsFail2ban();

            site.network.awaitInKernel(ATTACKER);

            assertThat(site.machine.banned()).containsExactly(ATTACKER);
        }
    }

    @Test
    void recidiveJail_secondBanInTheLog_dropsEveryPortForAWeek() {
        String jails = """
                [sshd]
                backend = polling
                bantime = 3
                [recidive]
                enabled = true
                backend = polling
                maxretry = 2
                """;
        try (Site site = site(jails, ATTACKER, NEIGHBOUR)) {
            site.guardAsFail2ban();

            site.log.wrongPasswords(ATTACKER, 5);
            site.network.awaitInKernel(ATTACKER);
            Await.until(() -> !site.network.holds(ATTACKER), site.network::ruleset);
            site.machine.awaitBanned();
            site.log.wrongPasswords(ATTACKER, 5);
            Await.until(() -> site.network.isDropped(ATTACKER, 80), site.machine::guardLog);

            assertThat(site.network.isDropped(ATTACKER, 8080)).isTrue();
            assertThat(site.network.isAnswered(NEIGHBOUR, SSH)).isTrue();
            assertThat(length(site, "recidive")).isEqualTo(Duration.ofDays(7));
        }
    }

    @Test
    void bantimeIncrement_secondBan_lastsTwiceAsLong() {
        String jail = """
                [sshd]
                backend = polling
                bantime = 5
                bantime.increment = true
                """;
        try (Site site = site(jail, ATTACKER)) {
            site.guardAsFail2ban();

            site.log.wrongPasswords(ATTACKER, 5);
            Await.until(() -> !site.machine.banned().isEmpty(), site.machine::guardLog);
            Duration first = length(site, "sshd");
            site.machine.awaitBanned();
            site.log.wrongPasswords(ATTACKER, 5);
            site.machine.awaitBanned(ATTACKER);

            assertThat(first).isEqualTo(Duration.ofSeconds(5));
            assertThat(length(site, "sshd")).isEqualTo(Duration.ofSeconds(10));
        }
    }

    /** How long the one ban of that jail lasts. */
    private static Duration length(Site site, String jail) {
        Map<String, Object> ban = site.machine.bailiff("bans", "--json").good().rows().stream()
                .filter(row -> jail.equals(row.get("jail")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody is banned in " + jail + ": " + site.machine.guardLog()));
        return Duration.between(time(ban, "since"), time(ban, "until"));
    }

    private static OffsetDateTime time(Map<String, Object> ban, String key) {
        return OffsetDateTime.parse(String.valueOf(ban.get(key)));
    }
}
