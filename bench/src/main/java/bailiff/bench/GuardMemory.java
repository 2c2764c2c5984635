package bailiff.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * What the whole guard holds that tracks so many addresses, each of which has failed once: in all, ledger and Java's own
 * memory with it. To be run in a network namespace of its own; the script {@code bench/guard-memory} sees to that.
 */
final class GuardMemory {

    /* The flood is over when the guard has used no processor to speak of for so long; after that it gives memory back. */
    private static final Duration QUIET = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofSeconds(45);
    private static final Duration LONGEST = Duration.ofMinutes(4);
    private static final int QUIET_TICKS = 3;

    private GuardMemory() {}

    /** Arguments: the launcher, an empty directory, how many addresses. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path launcher = Path.of(arguments[0]);
        int addresses = Integer.parseInt(arguments[2]);
        try (BailiffProcess guard =
                BailiffProcess.start(launcher, Path.of(arguments[1]).resolve("bailiff"), 1)) {
            Thread.sleep(QUIET);
            Usage before = Usage.of(guard.process());
            long begin = System.nanoTime();
            try (Flood flood = new Flood(guard.logs().getFirst(), addresses)) {
                for (int from = 0; from < addresses; from += Flood.AT_ONCE) {
                    flood.write(from);
                }
            }
            boolean isRead = awaitQuiet(guard.process());
            double took = (System.nanoTime() - begin) / 1e9 - QUIET.toSeconds();
            Usage after = Usage.of(guard.process());
            Thread.sleep(PAUSE);
            System.out.println(guard.name() + "; " + Programs.load());
            System.out.printf(
                    Locale.ROOT,
                    "%,d addresses failed once each; %s after %.1f s; at most %.1f MiB of RSS%n",
                    addresses,
                    isRead ? "quiet" : "still busy",
                    took,
                    peak(guard.process()) / 1024.0);
            System.out.println(Usage.heading());
            System.out.println(before.row("the guard before", before));
            System.out.println(after.row("after them", before));
            System.out.println(Usage.of(guard.process()).row("and " + PAUSE.toSeconds() + " s later", before));
        }
    }

    private static boolean awaitQuiet(ProcessHandle guard) throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        long ticks = -1;
        for (long now = Usage.of(guard).ticks();
                now - ticks > QUIET_TICKS;
                now = Usage.of(guard).ticks()) {
            if (System.nanoTime() > end) {
                return false;
            }
            ticks = now;
            Thread.sleep(QUIET);
        }
        return true;
    }

    private static long peak(ProcessHandle guard) throws IOException {
        return Usage.number(Files.readString(Path.of("/proc/" + guard.pid() + "/status")), "VmHWM");
    }
}
