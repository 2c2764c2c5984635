package bailiff.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
     * The end is what the kernel tells of its sets, see KernelWatch. How much is in the figures of both at most by that
     * is measured first: an `nft -i` of ours adds members to a set of ours, timed in the same way.
     */
    private static final long LONGEST_WAIT = 5_000;
    private static final int PROBES = 50;

    private final KernelWatch kernel;
    private final Random random = new Random(20_261_120);

    private BanLatency(KernelWatch kernel) {
        this.kernel = kernel;
    }

    /** Arguments: the launcher, an empty directory, how many attackers for each, whether fail2ban takes part. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path launcher = Path.of(arguments[0]);
        Path directory = Path.of(arguments[1]);
        int attackers = Integer.parseInt(arguments[2]);
        boolean compare = Boolean.parseBoolean(arguments[3]);
        List<Run> runs = new ArrayList<>();
        KernelWatch kernel = KernelWatch.start(_ -> true);
        try {
            runs.add(Run.of(BailiffProcess.start(launcher, directory.resolve("bailiff"), 1), "198.18"));
            if (compare) {
                runs.add(Run.of(Fail2banProcess.start(directory.resolve("fail2ban"), 1), "198.19"));
            }
            BanLatency bench = new BanLatency(kernel);
            String before = Programs.load();
            Latencies probe = bench.probe();
            for (int i = 0; i < attackers; i++) {
                for (Run run : runs) {
                    bench.attack(run, i);
                }
            }
            System.out.println("Before: " + before + "; after: " + Programs.load());
            report(runs, probe, System.out);
        } finally {
            for (Run run : runs) {
                run.close();
            }
        }
    }

    private static void report(List<Run> runs, Latencies probe, PrintStream out) {
        Latencies ours = runs.getFirst().latencies();
        if (runs.size() > 1) {
            Latencies theirs = runs.getLast().latencies();
            out.printf(
                    Locale.ROOT,
                    "fail2ban : Bailiff = %.0f : 1 at the median, %.0f : 1 at p99%n",
                    theirs.milliseconds(0.5) / ours.milliseconds(0.5),
                    theirs.milliseconds(0.99) / ours.milliseconds(0.99));
        }
        out.println(Latencies.heading());
        runs.forEach(run -> out.println(run.latencies().row(run.contender().name())));
        out.println(probe.row("(method: nft -i alone)"));
        out.println("Bailiff's slowest: " + ours.slowest(8));
    }

    /** One contender under attack, and how it fared. */
    private record Run(Contender contender, Attacker attacker, Latencies latencies) {

        static Run of(Contender contender, String network) throws IOException {
            return new Run(contender, new Attacker(contender.logs().getFirst(), network), new Latencies());
        }

        void close() throws IOException {
            attacker.close();
            contender.close();
        }
    }

    private void attack(Run run, int number) throws IOException, InterruptedException {
        run.attacker().fail(number);
        pause();
        run.attacker().fail(number);
        pause();
        if (kernel.await(run.attacker().address(number), 0).isPresent()) {
            throw new IllegalStateException(run.contender().name() + " banned before it had reason to");
        }
        long written = run.attacker().fail(number);
        record(written, run.attacker().address(number), run.latencies());
    }

    private void record(long begin, String address, Latencies latencies) throws InterruptedException {
        var seen = kernel.await(address, LONGEST_WAIT);
        seen.ifPresentOrElse(moment -> latencies.add(moment - begin), latencies::miss);
    }

    private void pause() throws InterruptedException {
        Thread.sleep(50 + random.nextInt(150));
    }

    /** From telling an {@code nft -i} that runs already to the kernel's word. */
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
