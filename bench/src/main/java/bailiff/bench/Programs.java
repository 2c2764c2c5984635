package bailiff.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Starts, asks and ends other programs. */
final class Programs {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(20);
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(10);

    private Programs() {}

    /** Starts a program whose output goes to that file. */
    static Process start(List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        return builder.redirectOutput(output.toFile()).start();
    }

    /** What a short program printed; the exception carries it when it failed. */
    static String ask(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LONGEST_ANSWER.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + ": " + said.strip());
        }
        return said.strip();
    }

    /** Waits until the condition holds, while the process lives; its output explains a failure. */
    static void await(Process process, Path output, BooleanSupplier condition)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_ANSWER.toNanos();
        while (!condition.getAsBoolean()) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException(
                        "did not get ready: " + Files.readString(output).strip());
            }
            Thread.sleep(50);
        }
    }

    /** Asks the process to end and, when it does not within ten seconds, ends it. */
    static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** How many processes want the processors at present, over 1, 5 and 15 minutes, and how many processors there are. */
    static String load() throws IOException {
        String[] averages = Files.readString(Path.of("/proc/loadavg")).split(" ", 4);
        return String.format(
                Locale.ROOT,
                "load %s %s %s on %d processors",
                averages[0],
                averages[1],
                averages[2],
                Runtime.getRuntime().availableProcessors());
    }
}
