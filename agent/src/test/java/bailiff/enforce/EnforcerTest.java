package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EnforcerTest {

    private static final List<Fence> WEB = List.of(new Fence("web", Protocol.TCP, List.of()));

    private final FakeFirewall firewall = new FakeFirewall();
    private final LedgerOfTest ledger = new LedgerOfTest();
    private final Enforcer enforcer = new Enforcer(firewall, ledger, InstantSource.system());

    @Test
    void close_changesStillWaiting_makesThemAndKeepsThem() {
        enforcer.start(WEB);
        for (int i = 0; i < 1_000; i++) {
            enforcer.submit(ledger.ban(add(i)));
        }

        enforcer.close();
        enforcer.submit(add(2_000));

        assertThat(firewall.bans.get("web")).hasSize(1_000);
        assertThat(firewall.closed).isTrue();
        assertThat(firewall.calls).doesNotContain("lower");
        assertThat(enforcer.state().pending()).isZero();
    }

    @Test
    void lowerAndClose_takesTheFencesDown() {
        enforcer.start(WEB);
        enforcer.submit(ledger.ban(add(1)));

        enforcer.lowerAndClose();

        assertThat(firewall.calls.getLast()).isEqualTo("lower");
        assertThat(firewall.bans).isEmpty();
    }

    @Test
    void submit_moreThanThereIsRoomFor_losesNoBan() {
        int bans = Enforcer.MOST_WAITING + 500;
        for (int i = 0; i < bans; i++) {
            enforcer.submit(ledger.ban(add(i)));
        }
        assertThat(enforcer.state().pending()).isEqualTo(Enforcer.MOST_WAITING);

        enforcer.start(WEB);
        enforcer.close();

        assertThat(firewall.bans.get("web")).hasSize(bans);
    }

    @Test
    void close_neverStarted_letsGoOfTheFirewall() {
        enforcer.close();

        assertThat(firewall.closed).isTrue();
        assertThat(firewall.calls).isEmpty();
    }

    @Test
    void fence_again_isRaisedWithoutAChange() throws InterruptedException {
        enforcer.start(WEB);
        enforcer.fence(List.of(new Fence("ssh", Protocol.TCP, List.of())));

        while (!firewall.held().keySet().equals(Set.of("ssh"))) {
            Thread.sleep(5);
        }

        enforcer.close();
        assertThat(firewall.held()).containsOnlyKeys("ssh");
    }

    private static Change.Add add(int number) {
        Cidr subject = IpAddress.ofV4(0x0a00_0000 + number).alone();
        return new Change.Add("web", subject, Instant.MAX);
    }
}
