package bailiff.enforce;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a program that ran to its end had to say.
 *
 * @param status its exit code; 0 is success
 * @param text what it wrote, to standard output and standard error, at most {@value #MOST_OUTPUT} bytes
 */
record Answer(int status, String text) {

    /** Enough for a listing of a million bans. */
    static final int MOST_OUTPUT = 96 << 20;

    private static final int MOST_WORDS = 300;

    /**
     * Runs a command, writes the input to it and waits for its end.
     *
     * @throws IOException when it could not be started, did not end in time, or wrote too much
     */
    static Answer of(CommandRunner runner, List<String> command, String input, Duration patience) throws IOException {
        Process process = runner.start(command);
        try (InputStream from = process.getInputStream()) {
            // Killed, it closes its ends of both pipes, which wakes whoever reads or writes here.
            process.onExit()
                    .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                    .exceptionally(late -> process.destroyForcibly());
            Thread.ofPlatform().daemon().name("bailiff-feed").start(() -> feed(process, input));
            byte[] output = from.readNBytes(MOST_OUTPUT + 1);
            if (output.length > MOST_OUTPUT) {
                throw new IOException(command.getFirst() + " wrote more than " + MOST_OUTPUT + " bytes");
            }
            return new Answer(process.waitFor(), new String(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command.getFirst(), e);
        } finally {
            process.destroyForcibly();
        }
    }

    boolean isGood() {
        return status == 0;
    }

    /** The first complaint, on one line and without control characters. */
    String complaint() {
        String line = text.lines()
                .filter(candidate -> candidate.contains("Error"))
                .findFirst()
                .orElse(text.lines().findFirst().orElse("exit code " + status));
        String words = line.substring(Math.max(0, line.indexOf("Error")));
        String clean = words.replaceAll("\\p{Cntrl}", "?").strip();
        return clean.length() <= MOST_WORDS ? clean : clean.substring(0, MOST_WORDS) + "...";
    }

    private static void feed(Process process, String input) {
        try (OutputStream to = process.getOutputStream()) {
            to.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It ended before it had read everything: its exit code and its words tell why.
            return;
        }
    }
}
