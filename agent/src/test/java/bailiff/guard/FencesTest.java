package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.enforce.Fence;
import bailiff.enforce.Protocol;
import bailiff.net.PortRange;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FencesTest extends SiteTests {

    private static final Fence BY_HAND = new Fence("manual", Protocol.ALL, List.of());

    private final Fences fences = new Fences();

    @Test
    void run_jailWithPorts_closesThemAndByHandEveryPort() throws Exception {
        site.configure(site.jail("wordpress", "port = http,https"));

        assertThat(fences.run(plan())).containsExactly(BY_HAND, tcp("wordpress", 80, 443));
    }

    @Test
    void run_jailThatGoesOnWithItsOldRules_keepsItsPorts() throws Exception {
        site.configure(site.jail("wordpress", "") + site.jail("own", "port = 2222"));
        fences.run(plan());

        site.configure(site.jail("wordpress", "") + site.jail("own", "port = 3333\nmaxretry = many"));

        assertThat(fences.run(plan())).contains(tcp("own", 2222)).doesNotContain(tcp("own", 3333));
    }

    @Test
    void run_jailThatIsGone_opensItsPorts() throws Exception {
        site.configure(site.jail("wordpress", "port = 80") + site.jail("own", "port = 2222"));
        fences.run(plan());

        site.configure(site.jail("wordpress", "port = 80"));

        assertThat(fences.run(plan())).containsExactly(BY_HAND, tcp("wordpress", 80));
    }

    @Test
    void mend_oneJail_leavesThePortsOfTheOthers() throws Exception {
        site.configure(site.jail("wordpress", "port = 80") + site.jail("own", "port = 2222"));
        fences.run(plan());

        site.configure(site.jail("wordpress", "port = 81") + site.jail("own", "port = 3333"));

        assertThat(fences.mend(plan(), Set.of("own"))).containsExactly(BY_HAND, tcp("wordpress", 80), tcp("own", 3333));
    }

    @Test
    void mend_jailThatIsGone_opensItsPorts() throws Exception {
        site.configure(site.jail("wordpress", "port = 80") + site.jail("own", "port = 2222"));
        fences.run(plan());

        site.configure(site.jail("wordpress", "port = 80"));

        assertThat(fences.mend(plan(), Set.of("own"))).containsExactly(BY_HAND, tcp("wordpress", 80));
    }

    private static Fence tcp(String jail, int... ports) {
        return new Fence(
                jail, Protocol.TCP, Arrays.stream(ports).mapToObj(PortRange::of).toList());
    }

    private Plan plan() {
        return Plan.of(site.configuration().read());
    }
}
