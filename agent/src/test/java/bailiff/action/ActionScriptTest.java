package bailiff.action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionScriptTest {

    @Test
    void command_tagsWithinTags_areAllPutIn() throws Exception {
        ActionScript script = script(Map.of(
                "actionban",
                "<tool> add <set-<kind>> <ip>",
                "tool",
                "<path>/nft",
                "path",
                "/sbin",
                "kind",
                "a",
                "set-a",
                "addresses"));

        assertThat(script.command(Operation.BAN, "inet4")).isEqualTo("/sbin/nft add addresses <ip>");
    }

    @Test
    void command_valueForOneFamily_isTakenForThatFamilyOnly() throws Exception {
        ActionScript script = script(Map.of("actionban", "<t> <ip>", "t", "iptables", "t?family=inet6", "ip6tables"));

        assertThat(script.command(Operation.BAN, "inet6")).isEqualTo("ip6tables <ip>");
        assertThat(script.command(Operation.BAN, "inet4")).isEqualTo("iptables <ip>");
    }

    @Test
    void command_nameOfALogTag_isNeverTakenFromTheFile() throws Exception {
        ActionScript script = script(Map.of("actionban", "mail '<matches>' <bantime>", "matches", "x", "bantime", "5"));

        assertThat(script.command(Operation.BAN, "")).isEqualTo("mail '<matches>' <bantime>");
    }

    @Test
    void command_tagsOfOneAnother_isAnErrorInBoundedTime() {
        ActionScript growing = script(Map.of("actionban", "<a>", "a", "<b><b>", "b", "<a><a>"));
        ActionScript turning = script(Map.of("actionban", "<a>", "a", "<b>", "b", "<a>"));

        assertThatThrownBy(() -> growing.command(Operation.BAN, "")).isInstanceOf(ActionException.class);
        assertThatThrownBy(() -> turning.command(Operation.BAN, ""))
                .hasMessage("actionban has tags that refer to themselves");
    }

    @Test
    void command_doublingTags_isAnErrorBeforeItFillsMemory() {
        Map<String, String> properties = new LinkedHashMap<>(Map.of("actionban", "<t0>"));
        for (int i = 0; i < 24; i++) {
            properties.put("t" + i, ("<t" + (i + 1) + ">").repeat(1_000));
        }

        assertThatThrownBy(() -> script(properties).command(Operation.BAN, ""))
                .hasMessage("actionban is longer than 100000 characters");
    }

    @ParameterizedTest
    @CsvSource({"5,5", "1.5,1", "0,60", "-1,60", "x,60", "999999,3600", "'',60"})
    void timeout_isBetweenASecondAndAnHour(String written, long seconds) {
        assertThat(script(Map.of("timeout", written)).timeout()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh -c \"echo <F-USER>\"",
                "eval x=<F-USER>",
                "ssh host \"log <matches>\"",
                "true; eval \"x=<ip-host>\"",
                "/bin/bash -ec \"mail <matches>\""
            })
    void warnings_hostileTagForASecondShell_areGiven(String command) {
        assertThat(script(Map.of("actionban", command)).warnings())
                .singleElement()
                .asString()
                .startsWith("actionban hands");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh -c 'echo \"<F-USER>\"'",
                "sh -c 'echo <F-USER>'",
                "ssh -V; echo <F-USER>",
                "ssh host \"ban <ip>\"",
                "printf %s \"<matches>\" | mail x",
                "hash -c \"<matches>\""
            })
    void warnings_oneShellOrHarmlessTag_areNone(String command) {
        assertThat(script(Map.of("actionban", command)).warnings()).isEmpty();
    }

    private static ActionScript script(Map<String, String> properties) {
        return new ActionScript("a", properties);
    }
}
