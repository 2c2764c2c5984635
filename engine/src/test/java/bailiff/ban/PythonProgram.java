package bailiff.ban;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A Python program that answers a line with a line; where there is no Python the test is skipped, but fails under CI. */
final class PythonProgram implements AutoCloseable {

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    /**
     * Starts it.
     *
     * @param needs what its imports need of the machine; it must print {@code ready} once it has them
     */
    PythonProgram(String program, String needs) throws IOException {
        process = new ProcessBuilder("/usr/bin/python3", "-c", program)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        questions = process.outputWriter(StandardCharsets.UTF_8);
        answers = process.inputReader(StandardCharsets.UTF_8);
        boolean ready = "ready".equals(answers.readLine());
        if ("true".equals(System.getenv("CI"))) {
            assertThat(ready).as(needs).isTrue();
        }
        assumeTrue(ready, needs);
    }

    String ask(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
        return String.valueOf(answers.readLine());
    }

    @Override
    public void close() {
        process.destroy();
    }
}
