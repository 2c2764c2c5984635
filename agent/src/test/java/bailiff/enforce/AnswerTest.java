package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTest {

    @Test
    void of_largeInputToAProgramThatTalksMeanwhile_givesAllOfItsOutput() throws IOException {
        String input = "x".repeat(3_000_000);

        Answer answer = Answer.of(CommandRunner.here(), List.of("cat"), input, Duration.ofSeconds(60));

        assertThat(answer.isGood()).isTrue();
        assertThat(answer.text()).isEqualTo(input);
    }

    @Test
    void of_programThatReadsNothing_givesItsExitCode() throws IOException {
        Answer answer = shell("echo 'line one' >&2; exit 3", "x".repeat(3_000_000));

        assertThat(answer.status()).isEqualTo(3);
        assertThat(answer.complaint()).isEqualTo("line one");
    }

    @Test
    void of_programThatNeverEnds_isKilled() throws IOException {
        Answer answer = Answer.of(CommandRunner.here(), List.of("sleep", "600"), "", Duration.ofMillis(200));

        assertThat(answer.isGood()).isFalse();
    }

    @Test
    void of_endlessOutput_isAnError() {
        assertThatThrownBy(() -> shell("cat /dev/zero", ""))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("wrote more than");
    }

    @Test
    void complaint_ofNft_isTheErrorAlone() {
        Answer answer = new Answer(1, "/dev/stdin:1:51-63: Error: value too large\nadd element\n   ^^^\n");

        assertThat(answer.complaint()).isEqualTo("Error: value too large");
        assertThat(new Answer(7, "").complaint()).isEqualTo("exit code 7");
        assertThat(new Answer(1, "Error: " + "x".repeat(1_000)).complaint()).hasSizeLessThan(400);
    }

    private static Answer shell(String script, String input) throws IOException {
        return Answer.of(CommandRunner.here(), List.of("sh", "-c", script), input, Duration.ofSeconds(60));
    }
}
