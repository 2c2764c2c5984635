package bailiff.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs programs, each in an environment without what the person who runs the tests has in theirs. */
final class Programs {

    private static final Duration LONGEST = Duration.ofSeconds(90);
    private static final List<String> FOREIGN = List.of(
            "SSH_CONNECTION",
            "SSH_CLIENT",
            "JAVA_TOOL_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "BAILIFF_RUN",
            "BAILIFF_JAVA_OPTIONS",
            "TMPDIR");

    private Programs() {}

    /** Runs a program to its end. */
    static Outcome run(String... command) {
        return run(List.of(command), Map.of());
    }

    /** Runs a program to its end, with more in its environment; one that hangs fails the test. */
    static Outcome run(List<String> command, Map<String, String> environment) {
        try {
            Process process = builder(command, environment).start();
            process.getOutputStream().close();
            CompletableFuture<String> out = read(process.getInputStream());
            CompletableFuture<String> err = read(process.getErrorStream());
            if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(String.join(" ", command) + " did not end within " + LONGEST);
            }
            return new Outcome(process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Starts a program that stays; what it says is appended to a file. */
    static Process start(List<String> command, Map<String, String> environment, Path said) {
        try {
            return builder(command, environment)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command), e);
        }
    }

    private static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command);
        FOREIGN.forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        return builder;
    }

    private static CompletableFuture<String> read(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Thread::startVirtualThread);
    }
}
