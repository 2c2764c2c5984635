package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a ban closes, whatever action the jail names for it. */
class ActionReaderTest {

    @TempDir
    private Path path;

    private ConfigDirectory directory = new ConfigDirectory(Path.of(""));

    @BeforeEach
    void makeDirectory() {
        directory = ConfigDirectory.withFilter(path);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "port = http | [tcp [80]]",
                "protocol = udp | [udp []]",
                "port = http%action = iptables-multiport | [tcp [80]]",
                "port = http%action = iptables-multiport[name=web,port=\"443\"] | [tcp [443]]",
                "port = http%action = iptables-allports[name=web] | [tcp []]",
                "port = http%action = nftables[type=allports] | [tcp []]",
                "port = http%action = nftables[type=multiport, protocol=\"tcp,udp\"] | [tcp [80], udp [80]]",
                "port = http%action = iptables-ipset-proto6[port=ssh] | [tcp [22]]",
                "port = http%action = iptables-ipset-proto6-allports | [tcp []]",
                "action = iptables-multiport[port=\"0:65535\"] | [tcp []]",
                "action = nftables-multiport[port=ssh, protocol=all] | [all []]",
                "action = iptables[port=ssh]%   iptables[port=http,name=b]%   iptables[port=ssh,name=c] | [tcp [22], tcp [80]]",
            })
    void read_portsAndProtocol_areTheActionsOrElseTheJails(String options, String gates) {
        JailDefinition jail = directory.jail(options.replace('%', '\n') + "\n").onlyJail();

        assertThat(jail.gates().stream().map(gate -> gate.protocol() + " " + gate.ports()))
                .hasToString(gates);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dummy | no file for the action 'dummy', expected action.d/NAME.conf",
                "iptables-multport | no file for the action 'iptables-multport', expected action.d/NAME.conf (did you mean"
                        + " iptables-multiport?)",
                "iptables iptables | two actions are called 'iptables', expected another name= or actname= for one of them",
                "iptables [port=1] | read '[port=1]' at position 10, expected a name right before '['",
            })
    void read_actionThatCannotBe_leavesTheJailOut(String action, String message) {
        directory.jail("action = " + action + "\n");

        assertThat(directory.problems()).containsExactly("ERROR jail.local:5: [web] action: " + message);
        assertThat(directory.read().leftOut()).containsExactly("web");
    }

    @Test
    void read_actionInPython_isSaidNotToRun() {
        directory.jail("action = iptables[port=ssh]\n    smtp.py[dest=\"a@b\", actname=mail]\n");

        assertThat(directory.problems())
                .containsExactly("WARNING jail.local:5: [web] action: the action 'smtp.py' is not run: it is written in"
                        + " Python, for fail2ban's insides");
        assertThat(directory.read().jails().getFirst().actions())
                .containsExactly(
                        new ActionCall("iptables", Map.of("port", "ssh"), true),
                        new ActionCall("smtp.py", "mail", Map.of("dest", "a@b", "actname", "mail"), false, Map.of()));
    }

    @Test
    void read_actionOfAFile_hasItsCommandsAndTags() {
        directory.write("action.d/own.conf", """
                        [Definition]
                        actionstart_on_demand = on
                        actionban = <tell> ban <ip> from <where> for <bantime> <kind>
                        actionunban = <tell> unban <ip>
                        tell = /bin/tell -u <name>-%(maxretry)s
                        [Init]
                        where = here
                        kind = four
                        [Init?family=inet6]
                        kind = six
                        """).jail("maxretry = 5\naction = own[where=\"there\", name=webx]\n");

        ActionCall action = directory.onlyJail().actions().getFirst();

        assertThat(action.label()).isEqualTo("ownx");
        assertThat(action.builtIn()).isFalse();
        assertThat(action.properties())
                .containsExactly(
                        Map.entry("actionstart_on_demand", "true"),
                        Map.entry("actionban", "/bin/tell -u webx-5 ban <ip> from there for <bantime> <kind>"),
                        Map.entry("actionunban", "/bin/tell -u webx-5 unban <ip>"),
                        Map.entry("where", "there"),
                        Map.entry("name", "webx"),
                        Map.entry("actname", "ownx"),
                        Map.entry("kind", "four"),
                        Map.entry("kind?family=inet6", "six"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "action = | [] | [tcp [80]]",
                "action = own | [false] | []",
                "action = iptables[name=a] own | [true, false] | [tcp [80]]",
                "banaction_native = no%action = iptables own | [false, false] | []",
            })
    void read_jailWithOtherActionsOnly_isLeftToThem(String options, String builtIn, String gates) {
        String file = "[Definition]\nactionban = echo <ip>\n";
        JailDefinition jail = directory
                .write("action.d/own.conf", file)
                .write("action.d/iptables.conf", file)
                .jail("port = http\n" + options.replace('%', '\n') + "\n")
                .onlyJail();

        assertThat(jail.actions()).extracting(ActionCall::builtIn).hasToString(builtIn);
        assertThat(jail.gates().stream().map(gate -> gate.protocol() + " " + gate.ports()))
                .hasToString(gates);
    }

    @Test
    void read_fail2bansOwnShortcut_isUnderstood() {
        directory.jail("""
                banaction = iptables-multiport
                port = http,https
                protocol = tcp
                chain = <known/chain>
                mta = sendmail
                action_ = %(banaction)s[port="%(port)s", protocol="%(protocol)s", chain="%(chain)s"]
                action_mw = %(action_)s
                            %(mta)s-whois[sender="a", dest="b"]
                action = %(action_mw)s
                """);

        directory.write("action.d/sendmail-whois.conf", "[Definition]\nactionban = echo <sender> <dest>\n");

        JailDefinition jail = directory.onlyJail();

        assertThat(jail.actions()).extracting(ActionCall::name).containsExactly("iptables-multiport", "sendmail-whois");
        assertThat(jail.actions()).extracting(ActionCall::builtIn).containsExactly(true, false);
        assertThat(jail.gates()).hasToString("[Gate[protocol=tcp, ports=[80, 443]]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocktype=RETURN", "blocktype=accept", "returntype=DROP"})
    void read_actionThatLetsIn_isLeftToItsCommands(String argument) {
        directory.jail("action = iptables-multiport[" + argument + "]\n");

        assertThat(directory.problems())
                .hasSize(2)
                .first()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("ERROR jail.local:5: [web] action: read " + argument.split("=", 2)[0]));
        assertThat(directory.read().leftOut()).containsExactly("web");

        directory.write("action.d/iptables-multiport.conf", "[Definition]\nactionban = echo <ip>\n");

        assertThat(directory.read().jails().getFirst().actions())
                .extracting(ActionCall::builtIn)
                .containsExactly(false);
        assertThat(directory.problems()).singleElement().asString().startsWith("WARNING");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocktype=DROP", "blocktype=\"REJECT --reject-with x\"", "returntype=RETURN"})
    void read_actionThatBlocksInItsOwnWay_isTaken(String argument) {
        directory.jail("action = iptables-multiport[" + argument + "]\n");

        assertThat(directory.onlyJail().gates()).hasSize(1);
    }
}
