package bailiff.acceptance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Thousands of visitors, each at an address of his own, by one program: the networks below belong to the visitors'
 * namespace as a whole, so that none of their addresses has to be settled.
 */
final class Crowd implements AutoCloseable {

    /** The port at which each address has pages. WordPress fetches from 80, 443 and 8080 only. */
    static final int PAGES = 8080;

    /** Networks for trials, documentation, and one from which Jetpack's servers come. */
    private static final List<String> NETWORKS = List.of("198.18.0.0/15", "192.0.80.0/20");

    private static final String NETWORK6 = "2001:db8:bad::/48";

    private final Process process;
    private final Thread reader;
    private final AtomicLong number = new AtomicLong();
    private final Map<Long, CompletableFuture<Reply>> waiting = new ConcurrentHashMap<>();

    private Crowd(Process process) {
        this.process = process;
        this.reader = Thread.ofPlatform().daemon().unstarted(this::read);
    }

    /** Lets the crowd come to that network. */
    static Crowd come(Network network) {
        for (String each : NETWORKS) {
            outside(network, "ip", "route", "add", "local", each, "dev", "lo");
        }
        outside(network, "ip", "-6", "route", "add", "local", NETWORK6, "dev", "lo");
        // Of IPv6, a route alone lets nobody send from there.
        outside(network, "sh", "-c", "echo 1 > /proc/sys/net/ipv6/ip_nonlocal_bind");
        List<String> command = new ArrayList<>(network.outside());
        command.addAll(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                CrowdSender.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath(),
                CrowdSender.class.getName()));
        try {
            Crowd crowd = new Crowd(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
            crowd.reader.start();
            return crowd;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void outside(Network network, String... command) {
        List<String> all = new ArrayList<>(network.outside());
        all.addAll(List.of(command));
        Programs.run(all, Map.of()).good();
    }

    private void read() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            in.readLine();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] words = line.split(" ", -1);
                byte[] answer =
                        words[2].equals("-") ? new byte[0] : Base64.getDecoder().decode(words[2]);
                CompletableFuture<Reply> asked = waiting.remove(Long.parseLong(words[0]));
                if (asked != null) {
                    asked.complete(new Reply(Integer.parseInt(words[1]), new String(answer, StandardCharsets.UTF_8)));
                }
            }
        } catch (IOException e) {
            // The crowd has gone; whoever waits fails by his own patience.
        }
    }

    /** Sends a request from that address, and waits for what comes back. Any thread may. */
    Reply ask(String source, String host, int port, byte[] request) {
        long mine = number.incrementAndGet();
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        waiting.put(mine, reply);
        String line = mine + " " + source + " " + host + " " + port + " "
                + Base64.getEncoder().encodeToString(request) + "\n";
        try {
            synchronized (process) {
                process.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
                process.getOutputStream().flush();
            }
            return reply.orTimeout(60, TimeUnit.SECONDS).join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
