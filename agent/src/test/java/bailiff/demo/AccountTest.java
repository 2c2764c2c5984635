package bailiff.demo;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Ban;
import bailiff.ban.Event;
import bailiff.filter.Sighting;
import bailiff.net.IpAddress;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountTest {

    private static final IpAddress ADDRESS = IpAddress.parse("203.0.113.66").orElseThrow();
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void inForce_beforeAnybodyWasToldOfTheBan_isNotBeforeTheVerdict() {
        StringWriter told = new StringWriter();
        Account account = new Account(new PrintWriter(told));
        Ban ban = new Ban("demo", ADDRESS.alone(), NOW, NOW.plusSeconds(8), 1, 3, Ban.BY_ADDRESS, "3 failures");
        Sighting sighting = new Sighting(NOW, ADDRESS.toString(), 0, 1, Map.of());

        account.seen("demo", new Event.Banned(sighting, ADDRESS, ban));
        long inKernel = System.nanoTime();
        account.banned(ban);
        account.inForce("demo", ADDRESS.alone(), inKernel);

        assertThat(told.toString()).contains("BAN").containsPattern("in the kernel \\d+\\.\\d ms after the verdict");
    }
}
