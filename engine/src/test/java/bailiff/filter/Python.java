package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** CPython's {@code re} in a child process: what our translation must agree with. */
final class Python implements AutoCloseable {

    /** The answer to an expression that Python does not take. */
    static final String ERROR = "error";

    /** The answer to a text without a match. */
    static final String NONE = "none";

    private static final String PROGRAM = """
            import re, sys, warnings
            warnings.simplefilter('ignore')
            print('.'.join(map(str, sys.version_info[:2])), flush=True)
            for line in sys.stdin:
                expression, text = (bytes.fromhex(part[1:]).decode() for part in line.split())
                try:
                    match = re.compile(expression).search(text)
                except (re.error, OverflowError):
                    print('error', flush=True)
                    continue
                if match is None:
                    print('none', flush=True)
                    continue
                spans = [f'{match.start()}-{match.end()}']
                for name, number in sorted(match.re.groupindex.items()):
                    if match.start(number) >= 0:
                        spans.append(f'{name}={match.start(number)}-{match.end(number)}')
                print(' '.join(spans), flush=True)
            """;

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private Python(Process process) throws IOException {
        this.process = process;
        this.questions = process.outputWriter(StandardCharsets.US_ASCII);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        assertThat(answers.readLine()).as("Python's version").startsWith("3.");
    }

    /** A running Python; where there is none the test is skipped, but fails under CI. */
    static Python start() throws IOException {
        try {
            return new Python(new ProcessBuilder("python3", "-c", PROGRAM)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            Needs.orSkip(false, "python3 is not installed, so the regex dialect is not compared with Python's");
            throw e;
        }
    }

    /** {@code 3-9 user=4-6}: the spans, in code points, of the match and its named groups, or none, or error. */
    String search(String expression, String text) throws IOException {
        questions.write("x" + hex(expression) + " x" + hex(text) + "\n");
        questions.flush();
        return String.valueOf(answers.readLine());
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
