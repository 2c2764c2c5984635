package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SyslogFramesTest {

    private final SyslogFrames frames = new SyslogFrames();
    private final List<String> lines = new ArrayList<>();
    private final List<Boolean> whole = new ArrayList<>();

    private void take(String bytes) throws Exception {
        byte[] all = bytes.getBytes(StandardCharsets.UTF_8);
        frames.take(all, 0, all.length, this::keep);
    }

    private void keep(SyslogMessage message) {
        lines.add(message.line().text());
        whole.add(message.whole());
    }

    @Test
    void take_bothFramingsMixed_givesEachMessage() throws Exception {
        take("<85>one\n8 <85>two\n12 <85>three\nx\0<85>four\r\n\n<85>five");

        assertThat(lines).containsExactly("one", "two", "three x", "four");
    }

    @Test
    void take_inPiecesOfAnySize_isTheSame() throws Exception {
        String sent = "<85>one\n7 <85>two<85>three\n".repeat(50);
        Random chance = new Random(7);
        for (int at = 0; at < sent.length(); ) {
            int end = Math.min(sent.length(), at + 1 + chance.nextInt(9));
            take(sent.substring(at, end));
            at = end;
        }

        assertThat(lines).hasSize(150).startsWith("one", "two", "three").endsWith("one", "two", "three");
    }

    @Test
    void take_messageLongerThanALine_isCutAndTheNextIsUnharmed() throws Exception {
        String endless = "x".repeat(100_000);
        take("100000 " + endless + "<85>next\n" + endless + "\n<85>last\n");

        assertThat(lines).hasSize(4).contains("next", "last");
        assertThat(lines.getFirst()).hasSize(LogFollower.LONGEST_LINE);
        assertThat(whole).containsExactly(false, true, false, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"85<", "99999999999999999999 x", "1048577x", "5 01234NO", "2000000 "})
    void take_lengthThatIsNone_endsTheConnection(String sent) {
        // The fourth begins with a frame, and what comes after it is a line without end.
        assertThatThrownBy(() -> take(sent + "\n9x")).isInstanceOf(IOException.class).hasMessageContaining("length");
    }
}
