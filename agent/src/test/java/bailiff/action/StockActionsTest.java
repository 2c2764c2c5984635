package bailiff.action;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import bailiff.enforce.Namespaces;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The installed fail2ban's own actions, run for real in a network namespace: does the kernel have what they say? */
class StockActionsTest {

    private static final String V4 = "192.0.2.77";
    private static final String V6 = "2001:db8::77";
    private static final String KERNEL = "nft list ruleset; iptables -w -S; ip6tables -w -S; ipset list";
    private static final String WIPE =
            "iptables -w -F; ip6tables -w -F; iptables -w -X; ip6tables -w -X; ipset destroy;" + " nft flush ruleset";

    @TempDir
    Path directory;

    private Namespaces net;
    private Shell shell;
    private JailActions actions;
    private Complaints complaints;
    private Instant now = Bans.SINCE;

    @BeforeEach
    void open() {
        net = new Namespaces("site");
        shell = new ProcessShell(net.words("site"));
        Needs.orSkip(
                shell.run(new ShellCommand("iptables -V && ipset -v", Map.of()), Duration.ofSeconds(20))
                        .isGood(),
                "Needs the programs iptables and ipset.");
        complaints = new Complaints("j1");
        actions =
                new JailActions(new Room("j1", shell, Bans.background(), new HostNames(), () -> now, true), complaints);
    }

    @AfterEach
    void close() {
        actions.endBans();
        actions.end();
        net.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nftables[type=multiport,port=\"80,443\",name=j1]",
                "nftables-multiport[port=\"80,443\",name=j1]",
                "nftables-allports[name=j1]",
                "iptables[port=80,name=j1]",
                "iptables-multiport[port=\"80,443\",name=j1]",
                "iptables-allports[name=j1]",
                "iptables-ipset-proto6[port=\"80,443\",name=j1]",
                "iptables-ipset-proto6-allports[name=j1]",
            })
    void action_wholeCycle_isWhatTheKernelHas(String action) throws Exception {
        actions.become(StockActions.read(directory, action));

        actions.ban(Bans.ticket(V4));
        actions.ban(Bans.ticket(V6));
        assertThat(complaints.now()).isEmpty();
        assertThat(kernel()).contains(V4, V6, "j1");

        actions.unban(Bans.of(V4).subject());
        assertThat(kernel()).doesNotContain(V4).contains(V6);

        wipe();
        assertThat(kernel()).doesNotContain(V6, "j1");
        now = now.plusSeconds(10);
        actions.check(Bans.of(V6).subject());
        assertThat(kernel()).as("after somebody wiped the rules").contains(V6);

        wipe();
        actions.ban(Bans.ticket(V4));
        assertThat(kernel()).as("a ban that found the rules wiped").contains(V4);

        actions.endBans();
        actions.end();
        assertThat(kernel()).doesNotContain(V4, V6, "j1");
    }

    /** What a /64 of Bailiff's comes to; docs/actions.md tells which actions take one. */
    @ParameterizedTest
    @ValueSource(strings = {"iptables-multiport[port=\"80,443\",name=j1]", "iptables-allports[name=j1]"})
    void action_network_isTakenByIptables(String action) throws Exception {
        actions.become(StockActions.read(directory, action));

        assertThat(actions.ban(Bans.ticket("2001:db8:7::/64"))).isEmpty();

        assertThat(kernel()).contains("2001:db8:7::/64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nftables-allports[name=j1]", "iptables-ipset-proto6-allports[name=j1]"})
    void action_networkForASetOfAddresses_isAFailureThatIsTold(String action) throws Exception {
        actions.become(StockActions.read(directory, action));

        assertThat(actions.ban(Bans.ticket("2001:db8:7::/64"))).startsWith("Error banning 2001:db8:7::/64: ");

        assertThat(kernel()).doesNotContain("2001:db8:7");
        assertThat(complaints.now()).hasSize(1);
    }

    @Test
    void dummy_wholeCycle_writesItsFile() throws Exception {
        Path target = directory.resolve("dummy");
        actions.become(StockActions.read(directory, "dummy[name=j1,target=" + target + "]"));

        actions.ban(Bans.ticket(V4));
        actions.unban(Bans.of(V4).subject());

        assertThat(Files.readString(target)).isEqualTo("123\n+" + V4 + "\n-" + V4 + "\n");
        actions.endBans();
        actions.end();
        assertThat(target).doesNotExist();
    }

    @Test
    void start_withoutDemand_isThereBeforeTheFirstBan() throws Exception {
        String action = "nftables-multiport[port=\"80\",name=j1,actionstart_on_demand=false]";
        List<ActionScript> scripts = StockActions.read(directory, action);

        actions.become(scripts);

        assertThat(kernel()).contains("addr-set-j1", "addr6-set-j1");
    }

    private String kernel() {
        return net.in("site", "sh", "-c", "PATH=$PATH:/usr/sbin:/sbin; " + KERNEL + "; true");
    }

    private void wipe() {
        net.in("site", "sh", "-c", "PATH=$PATH:/usr/sbin:/sbin; { " + WIPE + "; } 2>/dev/null; true");
    }
}
