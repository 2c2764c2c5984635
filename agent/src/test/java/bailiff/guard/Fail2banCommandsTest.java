package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Ban;
import bailiff.log.LogLevel;
import bailiff.wire.Answer;
import bailiff.wire.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

/** What fail2ban's commands do to a running guard; what they answer is compared with fail2ban's in the client's oracle. */
class Fail2banCommandsTest extends SiteTests {

    private Answer answer(Value command) {
        return new Fail2banCommands(site.guard()).carryOut(command);
    }

    /** The value as Python writes it, or the exception's text. */
    private String say(String... words) {
        return told(answer(Value.texts(List.of(words))));
    }

    private static String told(Answer answer) {
        return switch (answer) {
            case Answer.Done(Value value) -> value.repr();
            case Answer.Failed failed -> failed.name() + ": " + failed.str();
        };
    }

    private String reload(String jail) {
        return told(answer(Value.list(
                List.of(Value.of("reload"), Value.of(jail), Value.texts(List.of()), Value.texts(List.of("ignored"))))));
    }

    @Test
    void set_maxretry_countsOnWithTheFailuresOfBefore() throws Exception {
        site.start();
        site.fail(A, A);
        site.awaitHeard("seen Found", 2);

        assertThat(say("set", "wordpress", "maxretry", "4")).isEqualTo("4");
        site.fail(A);
        site.awaitHeard("seen Found", 3);
        assertThat(site.banned()).isEmpty();
        site.fail(A);

        site.awaitHeard("banned " + A);
        assertThat(say("status", "wordpress")).contains("('Total failed', 4)").contains("('Total banned', 1)");
    }

    @Test
    void set_valuesAreGoneAfterReload() throws Exception {
        site.start();
        say("set", "wordpress", "maxretry", "4");
        say("set", "wordpress", "idle", "on");

        assertThat(reload("--all")).isEqualTo("'OK'");

        assertThat(say("get", "wordpress", "maxretry")).isEqualTo("3");
        site.fail(A, A, A);
        site.awaitHeard("banned " + A);
    }

    @Test
    void reload_oneJail_leavesTheOthersAsTheyWereSet() throws Exception {
        site.configure(site.jail("wordpress", "") + site.jail("other", ""));
        site.start();
        say("set", "wordpress", "maxretry", "4");
        say("set", "other", "maxretry", "5");

        assertThat(reload("other")).isEqualTo("'OK'");

        assertThat(say("get", "wordpress", "maxretry")).isEqualTo("4");
        assertThat(say("get", "other", "maxretry")).isEqualTo("3");
        assertThat(reload("nobody")).isEqualTo("UnknownJailException: 'nobody'");
    }

    @Test
    void set_idle_readsNothingUntilItIsOff() throws Exception {
        site.start();
        say("set", "wordpress", "idle", "on");
        site.fail(A, A, A);
        // What is set begins the jail anew, and it must stay idle.
        say("set", "wordpress", "maxmatches", "2");
        assertThat(site.heard.count("seen Found")).isZero();

        say("set", "wordpress", "idle", "off");

        site.awaitHeard("banned " + A);
    }

    @Test
    void set_badExpression_changesNothing() throws Exception {
        site.start();

        assertThat(say("set", "wordpress", "addfailregex", "( <HOST>")).startsWith("RegexException: ");

        site.fail(A, A, A);
        site.awaitHeard("banned " + A);
    }

    @Test
    void banip_addressThatMustNeverBeBanned_bansNobody() throws Exception {
        site.start();

        assertThat(say("set", "wordpress", "banip", A, "127.0.0.0/30")).startsWith("ValueError: 127.0.0.0/30 is not");

        assertThat(site.banned()).isEmpty();
    }

    @Test
    void addignoreip_bannedAddress_isLetGo() throws Exception {
        site.start();
        assertThat(say("set", "wordpress", "banip", A)).isEqualTo("1");

        say("set", "wordpress", "addignoreip", A);

        site.awaitHeard("unbanned " + A);
    }

    @Test
    void unban_addressInABannedNetwork_endsTheNetworksBan() throws Exception {
        site.start();
        say("set", "wordpress", "banip", "2001:db8::/64");

        assertThat(say("banned", "2001:db8::1")).isEqualTo("[['wordpress']]");
        assertThat(say("unban", "2001:db8::1")).isEqualTo("1");

        assertThat(site.banned()).isEmpty();
    }

    @Test
    void attempt_asOftenAsMaxretry_isABanWithItsLines() throws Exception {
        site.start();
        say("set", "wordpress", "attempt", A, "seen by another program");

        say("set", "wordpress", "attempt", A, "one", "two");

        site.awaitHeard("banned " + A);
        assertThat(site.ask("bans", Map.of()))
                .singleElement()
                .satisfies(
                        ban -> assertThat(ban).containsEntry("failures", 3).containsEntry("evidence", Ban.BY_ADDRESS));
    }

    @Test
    void set_increment_letsTheNextBansGrow() throws Exception {
        site.start();
        say("set", "wordpress", "bantime", "600");

        assertThat(say("set", "wordpress", "bantime.multipliers", "1 3")).isEqualTo("'1 3'");
        assertThat(say("set", "wordpress", "bantime.increment", "true")).isEqualTo("True");
        site.fail(A, A, A);
        site.awaitHeard("banned " + A);
        // Whoever is answered finds the ban in the ledger, where the next one looks for it.
        assertThat(site.banned()).containsExactly(A);
        site.clock.pass(Duration.ofMinutes(11));
        site.awaitHeard("unbanned " + A);
        site.fail(A, A, A);

        site.awaitHeard("banned " + A, 2);
        assertThat(site.ask("bans", Map.of()))
                .singleElement()
                .satisfies(ban -> assertThat(
                                Duration.between(Instant.parse(text(ban, "since")), Instant.parse(text(ban, "until"))))
                        .isEqualTo(Duration.ofMinutes(30)));
    }

    private static String text(Map<String, Object> row, String key) {
        return String.valueOf(row.get(key));
    }

    @Test
    void set_formulaThatCannotBeReckoned_changesNothing() throws Exception {
        site.start();
        say("set", "wordpress", "bantime.increment", "true");

        assertThat(say("set", "wordpress", "bantime.formula", "1 / 0"))
                .isEqualTo("ValueError: cannot be reckoned for ban 2: it divides by zero");

        assertThat(say("get", "wordpress", "bantime.formula")).isEqualTo("None");
        assertThat(say("get", "wordpress", "bantime.increment")).isEqualTo("True");
    }

    @Test
    void set_logtarget_turnsTheLogInFail2bansForm() throws Exception {
        Path log = directory.resolve("turned.log");
        site.start();
        assertThat(say("flushlogs")).isEqualTo("'flushed'");

        assertThat(say("set", "logtarget", log.toString())).isEqualTo("'" + log + "'");
        assertThat(say("set", "loglevel", "NOTICE")).isEqualTo("'NOTICE'");
        assertThat(say("set", "wordpress", "banip", A)).isEqualTo("1");
        assertThat(say("flushlogs")).isEqualTo("'rolled over'");
        assertThat(say("set", "logtarget", directory.resolve("none/x").toString()))
                .isEqualTo("Exception: Failed to change log target");
        assertThat(say("get", "logtarget")).isEqualTo("'" + log + "'");
        LogLevel.set(Level.INFO);
        site.close();

        assertThat(Files.readString(log)).contains("[wordpress] Ban " + A).doesNotContain("rollover performed");
    }

    @Test
    void stop_jail_isGoneUntilReload() throws Exception {
        site.configure(site.jail("wordpress", "") + site.jail("other", ""));
        site.start();

        assertThat(say("stop", "other")).isEqualTo("None");
        assertThat(say("status")).isEqualTo("[('Number of jail', 1), ('Jail list', 'wordpress')]");
        reload("--all");

        assertThat(say("status")).contains("'other, wordpress'");
    }

    @Test
    void stop_server_endsTheGuard() throws Exception {
        Guard guard = site.start();

        say("stop");

        assertThat(guard.awaitEnd()).isTrue();
    }

    @Test
    void carryOut_whatIsNoCommand_isAnException() throws Exception {
        site.start();

        assertThat(told(answer(Value.none()))).isEqualTo("Exception: Invalid command");
        assertThat(told(answer(Value.texts(List.of())))).isEqualTo("IndexError: list index out of range");
        assertThat(told(answer(Value.list(List.of(Value.of("set"), Value.none(), Value.none())))))
                .startsWith("Exception: Invalid command 'None'");
    }
}
