package bailiff.line;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Objects;

/** An installed fail2ban in a child process: what it makes of the time in a line. */
final class DateOracle implements AutoCloseable {

    private static final Path PACKAGE = Path.of("/usr/lib/python3/dist-packages/fail2ban/server/datedetector.py");

    private final Process process;
    private final BufferedWriter questions;
    private final BufferedReader answers;

    private DateOracle(Process process) {
        this.process = process;
        this.questions = process.outputWriter(StandardCharsets.US_ASCII);
        this.answers = process.inputReader(StandardCharsets.US_ASCII);
    }

    /**
     * What is read from a line: {@code time} is the second since 1970, {@code none}, or {@code failed} with a reason.
     */
    record Answer(String time, String rest) {}

    /** A running one; where fail2ban is missing the test is skipped, but fails under CI. */
    static DateOracle start() throws IOException {
        InstalledFilters.require(PACKAGE);
        try (InputStream program = DateOracle.class.getResourceAsStream("date_oracle.py")) {
            String text = new String(Objects.requireNonNull(program).readAllBytes(), StandardCharsets.UTF_8);
            return new DateOracle(new ProcessBuilder("python3", "-c", text)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        }
    }

    /** Sets the zone of its machine. */
    void place(String zone) throws IOException {
        ask("place " + zone);
    }

    /** Whether it takes the pattern; later lines are read with it. {@code logZone}: {@code -} for none. */
    boolean takes(String pattern, String logZone) throws IOException {
        return ask("new " + logZone + " " + code(pattern)).equals("ok");
    }

    /** What it reads in a line. */
    Answer read(String line, Instant now) throws IOException {
        String answer = ask("line " + now.getEpochSecond() + " " + code(line));
        int blank = answer.indexOf(' ');
        return answer.startsWith("failed")
                ? new Answer(answer, line)
                : new Answer(answer.substring(0, blank), text(answer.substring(blank + 1)));
    }

    /** The minutes east of Greenwich of a logtimezone, or {@code refused} with a reason. */
    String zone(String text) throws IOException {
        return ask("zone " + code(text));
    }

    /** Every abbreviation that it knows, each {@code NAME=MINUTES}. */
    String[] names() throws IOException {
        return ask("names").split(" ", -1);
    }

    private String ask(String question) throws IOException {
        questions.write(question + "\n");
        questions.flush();
        return Objects.requireNonNull(answers.readLine(), "the oracle has died");
    }

    private static String code(String text) {
        return "x" + HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String word) {
        return new String(HexFormat.of().parseHex(word.substring(1)), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.destroy();
    }

    /** What it makes of the line by that pattern; one that it refuses finds nothing. */
    Answer read(String pattern, String zone, String line, Instant now) throws IOException {
        return takes(pattern, zone) ? read(line, now) : new Answer("refused", line);
    }

    /** The same question, answered by us. */
    static Answer ours(String pattern, String line, Instant now, ZoneId zone) {
        try {
            DatedLine dated = DateDetector.of(pattern, zone).detect(line, now);
            String time = dated.time()
                    .map(found -> Long.toString(found.getEpochSecond()))
                    .orElse("none");
            return new Answer(time, dated.rest());
        } catch (DatePatternException refused) {
            return new Answer("refused", line);
        }
    }
}
