package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.net.PortRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class FenceTest {

    @Test
    void ports_overlappingTouchingAndUnordered_areMergedInOrder() {
        Fence fence = new Fence(
                "web",
                Protocol.TCP,
                List.of(
                        PortRange.of(443),
                        new PortRange(8000, 8100),
                        PortRange.of(80),
                        PortRange.of(81),
                        new PortRange(8050, 9000)));

        assertThat(fence.ports()).containsExactly(new PortRange(80, 81), PortRange.of(443), new PortRange(8000, 9000));
    }

    @Test
    void jail_withoutOrWithTooLongAName_isRefused() {
        assertThatThrownBy(() -> new Fence("", Protocol.TCP, List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThat(Fence.names("x".repeat(1_000))).isFalse();
        assertThat(Fence.names("wordpress")).isTrue();
    }

    @Test
    void portRange_backwardsOrOutOfRange_isRefused() {
        assertThatThrownBy(() -> new PortRange(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PortRange.of(65_536)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void named_protocolsAsJailsWriteThem_areFound() {
        assertThat(Protocol.named(" TCP ")).contains(Protocol.TCP);
        assertThat(Protocol.named("all")).contains(Protocol.ALL);
        assertThat(Protocol.named("tcp; drop")).isEmpty();
    }
}
