package bailiff.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether the guard keeps up with a log that is nothing but an attack: lines come at a steady rate, and among them every
 * 50 ms the third failure of a marked attacker, whose ban in the kernel is waited for. To be run in a network namespace
 * of its own; the script {@code bench/live} sees to that.
 */
final class LiveLag {

    /*
     * The writer keeps to its schedule whatever the guard does: it never waits for a ban, and should it fall behind
     * for want of processor it says so. A marked attacker's first two failures are written one and two marks earlier, so
     * that all three lie apart in the log as other lines do.
     *
     * The end is what the kernel tells of its sets. A guard that does not keep up is waited for a minute in all.
     */
    private static final long MARK_EVERY = 50_000_000L;
    private static final long LONGEST_WAIT = 60_000;
    private static final String MARKED = "198.18";
    private static final int MOST_MARKS = 10_000;

    private LiveLag() {}

    /** Arguments: the launcher, an empty directory, lines per second, seconds, addresses. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path launcher = Path.of(arguments[0]);
        Path directory = Path.of(arguments[1]);
        int rate = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        int addresses = Integer.parseInt(arguments[4]);
        KernelWatch kernel = KernelWatch.start(address -> address.startsWith(MARKED));
        try (BailiffProcess guard = BailiffProcess.start(launcher, directory.resolve("bailiff"), 1)) {
            Path log = guard.logs().getFirst();
            try (Attacker marked = new Attacker(log, MARKED);
                    Flood flood = new Flood(log, addresses)) {
                warmUp(kernel, marked);
                Usage before = Usage.of(guard.process());
                String load = Programs.load();
                Written written = write(new Plan(rate, seconds), marked, flood);
                Latencies lag = lags(kernel, marked, written);
                double worked = (System.nanoTime() - written.begin()) / 1e9;
                report(written, lag, Usage.of(guard.process()), before, worked);
                System.out.println("Before: " + load + "; after: " + Programs.load());
            }
        }
    }

    /** What is to be written. */
    private record Plan(int rate, int seconds) {

        long writes() {
            return (long) rate * seconds / Flood.AT_ONCE;
        }

        long due(long write) {
            return (long) (write * 1e9 * Flood.AT_ONCE / rate);
        }
    }

    /** What was written: when each mark's third line was, and by how much the writer was late at most. */
    private record Written(long begin, long end, long lines, long bytes, List<Long> marks, long latest) {}

    /** One ban before the flood, as a guard that has run for a while has had. */
    private static void warmUp(KernelWatch kernel, Attacker marked) throws IOException, InterruptedException {
        for (int i = 0; i < 3; i++) {
            marked.fail(MOST_MARKS);
        }
        if (kernel.await(marked.address(MOST_MARKS), LONGEST_WAIT).isEmpty()) {
            throw new IllegalStateException("The guard bans nobody.");
        }
    }

    private static Written write(Plan plan, Attacker marked, Flood flood) throws IOException {
        List<Long> marks = new ArrayList<>();
        long begin = System.nanoTime();
        long nextMark = begin;
        long latest = 0;
        int mark = 0;
        for (long write = 0; write < plan.writes(); write++) {
            long due = begin + plan.due(write);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            latest = Math.max(latest, System.nanoTime() - due);
            flood.write();
            if (System.nanoTime() >= nextMark && mark < MOST_MARKS - 2) {
                nextMark += MARK_EVERY;
                marked.fail(mark + 2);
                marked.fail(mark + 1);
                marks.add(marked.fail(mark));
                mark++;
            }
        }
        return new Written(begin, System.nanoTime(), plan.writes() * Flood.AT_ONCE, flood.bytes(), marks, latest);
    }

    /** The first two marks had fewer than three failures. */
    private static Latencies lags(KernelWatch kernel, Attacker marked, Written written) throws InterruptedException {
        Latencies lag = new Latencies();
        long end = System.nanoTime() + LONGEST_WAIT * 1_000_000;
        for (int mark = 2; mark < written.marks().size(); mark++) {
            long wrote = written.marks().get(mark);
            long left = Math.max(0, (end - System.nanoTime()) / 1_000_000);
            OptionalLong seen = kernel.await(marked.address(mark), left);
            seen.ifPresentOrElse(moment -> lag.add(moment - wrote), lag::miss);
        }
        return lag;
    }

    private static void report(Written written, Latencies lag, Usage after, Usage before, double worked) {
        double wrote = (written.end() - written.begin()) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%,d lines in %.2f s, %,.0f lines/s, %.1f MB; the writer was late by %.1f ms at most%n",
                written.lines(),
                wrote,
                written.lines() / wrote,
                written.bytes() / 1e6,
                written.latest() / 1e6);
        System.out.printf(
                Locale.ROOT,
                "The last marked ban came %.2f s after the first line: %,.0f lines/s taken in%n",
                worked,
                written.lines() / worked);
        System.out.println(Latencies.heading());
        System.out.println(lag.row("last byte to ban, during the flood"));
        System.out.println("Slowest: " + lag.slowest(5));
        System.out.println(Usage.heading());
        System.out.println(after.row("the guard (here 'idling' = flood)", before));
    }
}
