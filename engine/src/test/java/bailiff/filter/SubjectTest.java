package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.Budget;
import bailiff.line.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the expressions see is the line's text, whatever its bytes are. */
class SubjectTest {

    private static final long SEED = 20261121;
    private static final int LONGEST = 40;

    private final Subject subject = new Subject();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 20 11:03:14 vm x: failed eve",
                "Nov 20 11:03:14 vm x: failed Зоя",
                "Nov 20 11:03:14 vm x: failed 𝔸😀",
                "Nov 20 11:03:14 vm x: failed \ufffd",
                "Nov 20 11:03:14"
            })
    void loadLine_aTimeAtItsStart_leavesTheRestAndALineFeed(String line) {
        subject.loadLine(LogLine.of(line), 0, 15, new Budget());

        assertThat(subject.text()).isEqualTo(line.substring(15) + "\n");
    }

    @Test
    void loadLine_aTimeInItsMidst_isCutOut() {
        subject.loadLine(LogLine.of("a [20/Nov] b"), 3, 9, new Budget());

        assertThat(subject.text()).isEqualTo("a [] b\n");
    }

    @Test
    void loadLine_anyBytes_seesTheCharactersThatJavaReads() {
        Random random = new Random(SEED);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = bytes(random);
            LogLine line = LogLine.of(bytes, 0, bytes.length);
            subject.loadLine(line, 0, 0, new Budget());

            String text = new String(bytes, StandardCharsets.UTF_8) + "\n";
            assertThat(subject.text(0, subject.length()))
                    .as("seed %d, text %d", SEED, i)
                    .isEqualTo(text);
            assertThat(subject.length()).isLessThanOrEqualTo(bytes.length + 1);
            int characters = 0;
            for (int at = 0; at < subject.length(); at = subject.after(at)) {
                assertThat(subject.characters(at)).isEqualTo(characters);
                assertThat(subject.place(characters)).isEqualTo(at);
                assertThat(subject.character(at)).isEqualTo(text.codePointAt(characters));
                assertThat(subject.before(subject.after(at), 0)).isEqualTo(at);
                assertThat(subject.isInside(at)).isFalse();
                characters += Character.charCount(text.codePointAt(characters));
            }
            assertThat(subject.characters(subject.length())).isEqualTo(text.length());
        }
    }

    /** Letters of one to four bytes, some of them broken off or spelt in a way that UTF-8 forbids. */
    private static byte[] bytes(Random random) {
        byte[] letters = "aé€𝔸\ufffd \u0085".getBytes(StandardCharsets.UTF_8);
        byte[] bytes = new byte[random.nextInt(LONGEST)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(6) == 0 ? (byte) random.nextInt(256) : letters[(i + 3) % letters.length];
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == '\n' ? (byte) ' ' : bytes[i];
        }
        return bytes;
    }
}
