package bailiff.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * How long from the line that decides to the ban in the kernel, for Bailiff and fail2ban in the same run. To be run in a
 * network namespace of its own; the script {@code bench/ban-latency} sees to that.
 */
final class BanLatency {

    /*
     * The two take turns, attacker by attacker, so that whatever else the machine does falls on both. Each has its own
     * log and addresses. Pauses are random, from a fixed seed, so that nobody's polling falls into step with us.
     *
     * The end is read off `nft monitor`, whose own delay is in the figures of both. How much that is at most is
     * measured first: an `nft -i` of ours adds members to a set of ours, timed in the same way.
     */
    private static final long LONGEST_WAIT = 5_000;
    private static final int PROBES = 50;

    private final KernelWatch kernel;
    private final Random random = new Random(20_261_120);

    private BanLatency(KernelWatch kernel) {
        this.kernel = kernel;
    }

    /** Arguments: the launcher, an empty directory, how many attackers for each. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path launcher = Path.of(arguments[0]);
        Path directory = Path.of(arguments[1]);
        int attackers = Integer.parseInt(arguments[2]);
        PrintStream out = System.out;
        try (KernelWatch kernel = KernelWatch.start();
                Contender bailiff = BailiffProcess.start(launcher, directory.resolve("bailiff"), 1);
                Contender fail2ban = Fail2banProcess.start(directory.resolve("fail2ban"), 1)) {
            out.println("Before: " + Programs.load());
            BanLatency bench = new BanLatency(kernel);
            Latencies probe = bench.probe();
            Latencies ours = new Latencies();
            Latencies theirs = new Latencies();
            try (Attacker onBailiff = new Attacker(bailiff.logs().getFirst(), "198.18");
                    Attacker onFail2ban = new Attacker(fail2ban.logs().getFirst(), "198.19")) {
                for (int i = 0; i < attackers; i++) {
                    bench.attack(onBailiff, i, ours);
                    bench.attack(onFail2ban, i, theirs);
                }
            }
            out.println("After:  " + Programs.load());
            out.println(Latencies.heading());
            out.println(ours.row(bailiff.name()));
            out.println(theirs.row(fail2ban.name()));
            out.println(probe.row("(nft -i alone, for the method)"));
            out.printf(
                    Locale.ROOT,
                    "fail2ban : bailiff  p50 %.0f : 1, p99 %.0f : 1%n",
                    theirs.milliseconds(0.5) / ours.milliseconds(0.5),
                    theirs.milliseconds(0.99) / ours.milliseconds(0.99));
        }
    }

    private void attack(Attacker attacker, int number, Latencies latencies) throws IOException, InterruptedException {
        attacker.fail(number);
        pause();
        attacker.fail(number);
        pause();
        long written = attacker.fail(number);
        record(written, attacker.address(number), latencies);
    }

    private void record(long begin, String address, Latencies latencies) throws InterruptedException {
        var seen = kernel.await(address, LONGEST_WAIT);
        seen.ifPresentOrElse(moment -> latencies.add(moment - begin), latencies::miss);
    }

    private void pause() throws InterruptedException {
        Thread.sleep(50 + random.nextInt(150));
    }

    /** From telling an {@code nft -i} that runs already to the monitor's word. */
    private Latencies probe() throws IOException, InterruptedException {
        Latencies latencies = new Latencies();
        Process nft = new ProcessBuilder("nft", "-i")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (OutputStream orders = nft.getOutputStream()) {
            tell(orders, "add table inet probe; add set inet probe s { type ipv4_addr; flags timeout; }");
            for (int i = 1; i <= PROBES; i++) {
                Thread.sleep(20);
                String address = "192.0.2." + i;
                tell(orders, "add element inet probe s { " + address + " timeout 1d }");
                record(System.nanoTime(), address, latencies);
            }
            tell(orders, "delete table inet probe");
        } finally {
            Programs.end(nft);
        }
        return latencies;
    }

    private static void tell(OutputStream orders, String line) throws IOException {
        orders.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        orders.flush();
    }
}
