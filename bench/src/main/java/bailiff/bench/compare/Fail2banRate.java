package bailiff.bench.compare;

import bailiff.bench.logs.LogGenerator;
import bailiff.bench.logs.LogKind;
import bailiff.bench.logs.LogRecipe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How fast the installed fail2ban-server is: an attack is appended to its log in one go, and the clock stops when it
 * has reported the last failure in its own log. Its bans are carried out by an action that does nothing.
 */
final class Fail2banRate {

    private static final Path INSTALLED = Path.of("/etc/fail2ban");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What it says of each failure. */
    private static final String FOUND = "] Found ";

    private Fail2banRate() {}

    /** Runs it over so many attack lines that end about now; throws when it is not installed or does not get ready. */
    static Result measure(Path directory, long lines) throws IOException, InterruptedException {
        if (!Files.isDirectory(INSTALLED) || !Program.exists("fail2ban-server")) {
            throw new IOException("fail2ban is not installed");
        }
        Files.createDirectories(directory);
        Path watched = Files.createFile(directory.resolve("watched.log"));
        Path config = directory.resolve("config");
        Stock.copy(INSTALLED, config);
        Files.writeString(config.resolve("jail.d").resolve("defaults-debian.conf"), "");
        Expressions.jail(config, "trap", Expressions.TRAP, watched);
        Path own = directory.resolve("fail2ban.log");
        Process server = start(directory, config, own);
        try {
            await(server, own, "Jail 'trap' started", 1);
            Instant start = Instant.now().minusSeconds(lines / 80).truncatedTo(ChronoUnit.SECONDS);
            LogRecipe recipe = LogRecipe.of(LogKind.AUTH, lines, 1).start(start);
            ByteArrayOutputStream attack = new ByteArrayOutputStream();
            LogGenerator.Written written = LogGenerator.write(recipe, attack);
            Log log = new Log(watched, lines, lines, written.bytes());
            double before = processor(server);
            long begin = System.nanoTime();
            Files.write(watched, attack.toByteArray(), StandardOpenOption.APPEND);
            await(server, own, FOUND, lines);
            double seconds = (System.nanoTime() - begin) / 1e9;
            Cost cost = new Cost(seconds, processor(server) - before, resident(server), lines);
            return new Result(Trial.peer("fail2ban-server", List.of(), Count.NONE, log), cost);
        } finally {
            server.destroy();
            if (!server.waitFor(10, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
        }
    }

    private static Process start(Path directory, Path config, Path own) throws IOException {
        Files.writeString(
                config.resolve("fail2ban.local"),
                "[Definition]\ndbfile = " + directory.resolve("fail2ban.sqlite3") + "\n");
        ProcessBuilder builder = new ProcessBuilder(
                        "fail2ban-server",
                        "-xf",
                        "-c",
                        config.toString(),
                        "-s",
                        directory.resolve("socket").toString(),
                        "-p",
                        directory.resolve("pid").toString(),
                        "--logtarget",
                        own.toString(),
                        "start")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("said").toFile());
        builder.environment().put("TZ", "UTC");
        return builder.start();
    }

    /** Waits until a file has that text so often; reads each byte of it once. */
    private static void await(Process server, Path file, String text, long times)
            throws IOException, InterruptedException {
        byte[] wanted = text.getBytes(StandardCharsets.US_ASCII);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!Files.exists(file)) {
            pause(server, end, text);
        }
        byte[] block = new byte[1 << 18];
        long seen = 0;
        int matched = 0;
        try (InputStream in = Files.newInputStream(file)) {
            while (true) {
                int read = in.read(block);
                for (int i = 0; i < read; i++) {
                    // Enough for words whose first byte is nowhere else in them.
                    matched = block[i] == wanted[matched] ? matched + 1 : block[i] == wanted[0] ? 1 : 0;
                    if (matched == wanted.length) {
                        matched = 0;
                        seen++;
                    }
                }
                if (seen >= times) {
                    return;
                }
                if (read <= 0) {
                    pause(server, end, text);
                }
            }
        }
    }

    private static void pause(Process server, long end, String text) throws IOException, InterruptedException {
        if (!server.isAlive() || System.nanoTime() > end) {
            throw new IOException("fail2ban-server did not say '" + text.strip() + "' in time");
        }
        Thread.sleep(5);
    }

    private static double processor(Process server) {
        return server.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }

    private static double resident(Process server) throws IOException {
        return Files.readString(Path.of("/proc/" + server.pid() + "/status"))
                        .lines()
                        .filter(line -> line.startsWith("VmHWM:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElse(0)
                / 1024.0;
    }
}
