package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
                "action = iptables[port=ssh]%   iptables[port=http]%   iptables[port=ssh] | [tcp [22], tcp [80]]",
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
                "dummy | dummy' is not run yet",
                "sendmail-whois[dest=x] | sendmail-whois' is not run yet",
                "iptables-multport | iptables-multport' is not run yet (did you mean iptables-multiport?)",
            })
    void read_actionThatIsNotRun_isSaidAndTheJailsPortIsClosed(String action, String message) {
        directory.jail("port = http\naction = " + action + "\n");

        assertThat(directory.problems())
                .containsExactly("WARNING jail.local:6: [web] action: the action '" + message
                        + "; the ban itself is enforced natively");
        assertThat(directory.read().jails().getFirst().gates()).hasToString("[Gate[protocol=tcp, ports=[80]]]");
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

        JailDefinition jail = directory.read().jails().getFirst();

        assertThat(jail.actions()).extracting(ActionCall::name).containsExactly("iptables-multiport", "sendmail-whois");
        assertThat(jail.actions()).extracting(ActionCall::builtIn).containsExactly(true, false);
        assertThat(jail.gates()).hasToString("[Gate[protocol=tcp, ports=[80, 443]]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocktype=RETURN", "blocktype=accept", "returntype=DROP"})
    void read_actionThatLetsIn_isRefused(String argument) {
        directory.jail("action = iptables-multiport[" + argument + "]\n");

        assertThat(directory.problems())
                .hasSize(1)
                .first()
                .satisfies(problem -> assertThat(problem)
                        .startsWith("ERROR jail.local:5: [web] action: read " + argument.split("=", 2)[0]));
        assertThat(directory.read().leftOut()).containsExactly("web");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blocktype=DROP", "blocktype=\"REJECT --reject-with x\"", "returntype=RETURN"})
    void read_actionThatBlocksInItsOwnWay_isTaken(String argument) {
        directory.jail("action = iptables-multiport[" + argument + "]\n");

        assertThat(directory.onlyJail().gates()).hasSize(1);
    }
}
