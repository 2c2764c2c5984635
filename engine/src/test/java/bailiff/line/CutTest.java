package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutTest {

    @ParameterizedTest
    @ValueSource(ints = {1018, 1023, 1024, 1024 + 64 + 20, 2047, 2048, 4095, 8085, 8095, 8096, 8192, 100_000})
    void suspects_lengthAtWhichDaemonsCut_isSuspect(int length) {
        assertThat(Cut.suspects(length)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 110, 900, 1007, 1200, 2031, 2200, 4000, 6000, 8000})
    void suspects_anyOtherLength_isNot(int length) {
        assertThat(Cut.suspects(length)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "€", "🙂"})
    void suspects_lineCutInsideCharacter_isSuspect(String filler) {
        String name = filler.repeat(Cut.RSYSLOG);
        byte[] whole = LogLine.of("Nov 20 11:03:14 vm wordpress(b)[7]: Authentication failure for " + name)
                .text()
                .getBytes(StandardCharsets.UTF_8);

        int end = Cut.RSYSLOG - 1;
        while ((whole[end] & 0xc0) == 0x80) {
            end--;
        }

        assertThat(Cut.suspects(end)).isTrue();
    }
}
