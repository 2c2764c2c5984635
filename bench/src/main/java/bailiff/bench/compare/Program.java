package bailiff.bench.compare;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program to its end and says what that took. Its output goes into a file: grep, for one, stops at the first
 * match when it would write to {@code /dev/null}.
 */
final class Program {

    /** GNU time, which asks the kernel about the ended process and its children. */
    private static final Path TIME = Path.of("/usr/bin/time");

    private final Path directory;
    private final Duration longest;

    /** Runs programs with their outputs in that directory, and none longer than that. */
    Program(Path directory, Duration longest) {
        this.directory = directory;
        this.longest = longest;
    }

    /** Whether memory and processor time can be measured here at all. */
    static boolean canMeasure() {
        return Files.isExecutable(TIME);
    }

    /** Whether there is a program of that name. */
    static boolean exists(String name) {
        for (String path : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(path).resolve(name))) {
                return true;
            }
        }
        return false;
    }

    /** Runs it; an exception says that it failed, or was ended because it took too long. */
    Cost run(Trial trial) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        Path times = directory.resolve("times");
        List<String> command = new ArrayList<>();
        if (canMeasure()) {
            command.addAll(List.of(TIME.toString(), "-q", "-o", times.toString(), "-f", "%U %S %M"));
        }
        command.addAll(trial.command());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(output.toFile());
        builder.environment().putAll(Map.of("LC_ALL", "C", "TZ", "UTC"));
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(trial.name() + " took longer than " + longest.toSeconds() + " s");
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        String said = tail(output);
        if (process.exitValue() > 1) {
            throw new IOException(trial.name() + " failed: " + said.strip());
        }
        long count = trial.count().in(said);
        if (!canMeasure()) {
            return new Cost(seconds, Double.NaN, 0, count);
        }
        String[] words = Files.readString(times).strip().split(" ", -1);
        double processor = Double.parseDouble(words[0]) + Double.parseDouble(words[1]);
        return new Cost(seconds, processor, Long.parseLong(words[2]) / 1024.0, count);
    }

    /** The end of what it printed: every program here says there what it found. */
    private static String tail(Path output) throws IOException {
        final int enough = 1 << 16;
        try (InputStream in = Files.newInputStream(output)) {
            in.skipNBytes(Math.max(0, Files.size(output) - enough));
            return new String(in.readNBytes(enough), StandardCharsets.UTF_8);
        }
    }
}
