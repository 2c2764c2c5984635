package bailiff.bench;

import bailiff.enforce.Change;
import bailiff.enforce.CommandRunner;
import bailiff.enforce.Fence;
import bailiff.enforce.Firewall;
import bailiff.enforce.FirewallChoice;
import bailiff.enforce.FirewallException;
import bailiff.enforce.Protocol;
import bailiff.net.IpAddress;
import bailiff.net.PortRange;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How long the kernel takes to know bans. To be started by {@code bench/bans}, in a network namespace of its own. */
final class Bans {

    private static final int TOGETHER = 4_096;

    private static final int MORE = 1_000;

    private static final int FIRST = 0x0a00_0000;

    private static final int FIRST_MORE = 0x6400_0000;

    private static final String SET = """
            add table inet other
            add set inet other bans { type ipv4_addr; flags timeout; }
            """;

    private final Path directory;

    private Bans(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) throws Exception {
        Bans bans = new Bans(Path.of(arguments[0]));
        System.out.println("| way | bans | seconds | seconds of processor | of nft -f's time | one more: p50 | p99 |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (String size : Arrays.asList(arguments).subList(1, arguments.length)) {
            bans.compare(Integer.parseInt(size));
        }
    }

    private void compare(int size) throws Exception {
        double nft = nft(size);
        ipset(size, nft);
        bailiff(size, nft);
    }

    private void bailiff(int size, double peer) throws FirewallException, IOException {
        try (Firewall firewall = FirewallChoice.find(CommandRunner.here(), InstantSource.system())
                .firewall()) {
            firewall.raise(List.of(new Fence("web", Protocol.TCP, List.of(PortRange.of(80)))));
            Instant until = Instant.now().plusSeconds(86_400);
            double before = processor();
            long start = System.nanoTime();
            for (int i = 0; i < size; i += TOGETHER) {
                firewall.apply(bans(FIRST + i, Math.min(TOGETHER, size - i), until));
            }
            double seconds = seconds(start);
            double used = processor() - before;
            long[] more = new long[MORE];
            for (int i = 0; i < MORE; i++) {
                List<Change> one = bans(FIRST_MORE + i, 1, until);
                long begin = System.nanoTime();
                firewall.apply(one);
                more[i] = System.nanoTime() - begin;
            }
            print("Bailiff", size, seconds, used, peer, more);
            firewall.lower();
        }
    }

    private double nft(int size) throws IOException, InterruptedException {
        Path script = directory.resolve("bans.nft");
        try (BufferedWriter to = Files.newBufferedWriter(script)) {
            to.write(SET);
            for (int i = 0; i < size; i += 1_000) {
                to.write("add element inet other bans { ");
                for (int j = i; j < Math.min(size, i + 1_000); j++) {
                    to.write((j == i ? "" : ", ") + IpAddress.ofV4(FIRST + j) + " timeout 1d");
                }
                to.write(" }\n");
            }
        }
        double before = processor();
        long start = System.nanoTime();
        Programs.ask("nft", "-f", script.toString());
        double seconds = seconds(start);
        double used = processor() - before;
        print("nft -f, then nft -i", size, seconds, used, seconds, kept());
        Programs.ask("nft", "delete", "table", "inet", "other");
        Files.delete(script);
        return seconds;
    }

    /** One more ban by an nft that is there already; a question after each tells that it is done. */
    private static long[] kept() throws IOException, InterruptedException {
        Process nft = new ProcessBuilder("nft", "-i").redirectErrorStream(true).start();
        try (BufferedReader from = nft.inputReader(StandardCharsets.UTF_8);
                OutputStream to = nft.getOutputStream()) {
            long[] more = new long[MORE];
            for (int i = 0; i < MORE; i++) {
                String line = "add element inet other bans { " + IpAddress.ofV4(FIRST_MORE + i)
                        + " timeout 1d }\ndescribe ipv4_addr\n";
                long begin = System.nanoTime();
                to.write(line.getBytes(StandardCharsets.UTF_8));
                to.flush();
                for (String said = ""; said != null && !said.startsWith("datatype"); ) {
                    said = from.readLine();
                }
                more[i] = System.nanoTime() - begin;
            }
            return more;
        } finally {
            nft.destroy();
            nft.waitFor(5, TimeUnit.SECONDS);
        }
    }

    private void ipset(int size, double peer) throws IOException, InterruptedException {
        Path script = directory.resolve("bans.ipset");
        try {
            Programs.ask("ipset", "--version");
        } catch (IOException e) {
            return;
        }
        try (BufferedWriter to = Files.newBufferedWriter(script)) {
            to.write("create other hash:ip timeout 0 maxelem 4194304\n");
            for (int i = 0; i < size; i++) {
                to.write("add other " + IpAddress.ofV4(FIRST + i) + " timeout 86400\n");
            }
        }
        double before = processor();
        long start = System.nanoTime();
        Programs.ask("ipset", "-file", script.toString(), "restore");
        print("ipset restore", size, seconds(start), processor() - before, peer, new long[0]);
        Programs.ask("ipset", "destroy", "other");
        Files.delete(script);
    }

    /** As a guard's list of bans would be: made when it is asked for. */
    private static List<Change> bans(int first, int size, Instant until) {
        return new ArrayList<>(new AbstractList<>() {
            @Override
            public Change get(int index) {
                return new Change.Add("web", IpAddress.ofV4(first + index).alone(), until);
            }

            @Override
            public int size() {
                return size;
            }
        });
    }

    private static void print(String way, int size, double seconds, double used, double peer, long[] more) {
        Arrays.sort(more);
        String latency = more.length == 0
                ? "| |"
                : String.format(Locale.ROOT, "%.1f us | %.1f us |", more[MORE / 2] / 1e3, more[MORE * 99 / 100] / 1e3);
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.4f | %.2f | %.2f | %s%n",
                way,
                size,
                seconds,
                used,
                seconds / peer,
                latency);
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Seconds that this process and its children that ended have used. */
    private static double processor() throws IOException {
        return Usage.ticks(Files.readString(Path.of("/proc/self/stat"))) / 100.0;
    }
}
