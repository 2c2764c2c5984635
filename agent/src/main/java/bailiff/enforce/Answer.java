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

    static final int MOST_OUTPUT = 16 << 20;

    private static final int MOST_WORDS = 300;

    /** Reads what a program writes; may stop before the end. */
    @FunctionalInterface
    interface Reader<T> {
        T read(InputStream output) throws IOException;
    }

    /**
     * Runs a command, writes the input to it and waits for its end.
     *
     * @throws IOException when it could not be started, did not end in time, or wrote too much
     */
    static Answer of(CommandRunner runner, List<String> command, String input, Duration patience) throws IOException {
        Process process = runner.start(command);
        Thread.ofPlatform().daemon().name("bailiff-feed").start(() -> feed(process, input));
        byte[] output = listen(process, patience, from -> from.readNBytes(MOST_OUTPUT + 1));
        if (output.length > MOST_OUTPUT) {
            throw new IOException(command.getFirst() + " wrote more than " + MOST_OUTPUT + " bytes");
        }
        return new Answer(process.exitValue(), new String(output, StandardCharsets.UTF_8));
    }

    /**
     * Runs a command whose output is too much to keep.
     *
     * @throws IOException when it could not be started or did not end in time, or the reader fails
     */
    static <T> T read(CommandRunner runner, List<String> command, Duration patience, Reader<T> reader)
            throws IOException {
        Process process = runner.start(command);
        process.getOutputStream().close();
        return listen(process, patience, reader);
    }

    private static <T> T listen(Process process, Duration patience, Reader<T> reader) throws IOException {
        // Killed, it closes its ends of the pipes, which wakes whoever reads or writes here.
        process.onExit()
                .orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> process.destroyForcibly());
        try {
            T heard = hear(process, reader);
            process.waitFor();
            return heard;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for another program", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static <T> T hear(Process process, Reader<T> reader) throws IOException {
        try (InputStream from = process.getInputStream()) {
            return reader.read(from);
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
