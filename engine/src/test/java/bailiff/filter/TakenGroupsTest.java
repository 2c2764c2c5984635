package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TakenGroupsTest {

    private final Map<String, String> groups =
            new TakenGroups(new String[] {"user", "ip4", "ip6"}, new String[] {"", "192.0.2.1", null});

    @Test
    void get_takenAndOtherGroups_isWhatAMapWouldSay() {
        assertThat(groups)
                .isEqualTo(Map.of("user", "", "ip4", "192.0.2.1"))
                .hasSize(2)
                .doesNotContainKey("ip6");
        assertThat(groups.getOrDefault("ip6", "none")).isEqualTo("none");
        assertThat(groups.getOrDefault("user", "none")).isEmpty();
        assertThat(groups.get("other")).isNull();
    }

    @Test
    void put_anything_isRefused() {
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> groups.put("user", "x"));
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(groups::clear);
    }

    @Test
    void sighting_ofTakenGroups_equalsOneOfAMap() {
        assertThat(new Sighting(Instant.EPOCH, "192.0.2.1", 0, 1, groups))
                .isEqualTo(new Sighting(Instant.EPOCH, "192.0.2.1", 0, 1, Map.copyOf(groups)));
    }
}
