package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SightingTest {

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "2001:db8::1", "64:ff9b::c000:201"})
    void of_anAddress_isTheSightingOfItsText(String text) {
        Map<String, String> groups = Map.of("user", "eve");
        IpAddress address = IpAddress.parse(text).orElseThrow();

        Sighting sighting = Sighting.of(Instant.EPOCH, address, 3, groups);

        assertThat(sighting).isEqualTo(new Sighting(Instant.EPOCH, text, 3, 1, groups));
        assertThat(sighting).hasSameHashCodeAs(new Sighting(Instant.EPOCH, text, 3, 1, groups));
        assertThat(sighting).hasToString(new Sighting(Instant.EPOCH, text, 3, 1, groups).toString());
        assertThat(sighting.address()).contains(address);
        assertThat(sighting.at(Instant.MAX).host()).isEqualTo(text);
    }
}
