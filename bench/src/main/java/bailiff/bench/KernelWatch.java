package bailiff.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells when an address came into a set of the kernel's packet filter, in whatever table: {@code nft monitor}, which the
 * kernel tells of each committed transaction. Safe for any thread.
 */
final class KernelWatch implements AutoCloseable {

    /** At the first word of an element: {@code add element inet bailiff wordpress4 { 198.18.0.1 timeout 1d ... }}. */
    private static final Pattern ADDED = Pattern.compile("add element \\S+ \\S+ \\S+ \\{ ([0-9a-f.:]+)");

    private final Process monitor;
    private final Map<String, CompletableFuture<Long>> seen = new ConcurrentHashMap<>();

    private KernelWatch(Process monitor) {
        this.monitor = monitor;
        Thread.ofPlatform().daemon().name("kernel-watch").start(this::read);
    }

    /** Starts watching; nothing from before is told. */
    static KernelWatch start() throws IOException {
        return new KernelWatch(new ProcessBuilder("nft", "-nn", "monitor", "elements")
                .redirectErrorStream(true)
                .start());
    }

    /** The address that a line of the monitor says was added, or nothing. */
    static Optional<String> added(String line) {
        Matcher matcher = ADDED.matcher(line);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(monitor.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long now = System.nanoTime();
                added(line).ifPresent(address -> moment(address).complete(now));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private CompletableFuture<Long> moment(String address) {
        return seen.computeIfAbsent(address, ignored -> new CompletableFuture<>());
    }

    /** The {@link System#nanoTime} at which the address was first seen; waits for it at most so many milliseconds. */
    OptionalLong await(String address, long milliseconds) throws InterruptedException {
        try {
            return OptionalLong.of(moment(address).get(milliseconds, TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public void close() {
        monitor.destroyForcibly();
    }
}
