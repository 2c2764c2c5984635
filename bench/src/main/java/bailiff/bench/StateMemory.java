package bailiff.bench;

import bailiff.ban.ActiveBans;
import bailiff.ban.Ban;
import bailiff.evidence.AddressEvidence;
import bailiff.evidence.Counting;
import bailiff.evidence.Limits;
import bailiff.evidence.Room;
import bailiff.net.IpAddress;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * What addresses that fail, or that are banned, cost in memory and time, from a hundred to a million of them. For a
 * process of its own each time, with the guard's settings; the script {@code bench/state-memory} sees to that.
 */
final class StateMemory {

    private static final Instant START = Instant.parse("2026-11-20T14:32:11Z");

    /* Its multiples are all numbers of 32 bits in no order: addresses from everywhere. */
    private static final int STRIDE = 0x9E37_79B1;

    private StateMemory() {}

    /** Arguments: {@code window}, {@code rate} or {@code bans}; how many addresses; failures of each, 1 to 4. */
    public static void main(String[] arguments) throws IOException {
        int addresses = Integer.parseInt(arguments[1]);
        int failures = Integer.parseInt(arguments[2]);
        System.gc();
        long before = resident();
        long begun = processorTime();
        Object state = arguments[0].equals("bans")
                ? bans(addresses)
                : evidence(Counting.valueOf(arguments[0].toUpperCase(Locale.ROOT)), addresses, failures);
        double nanos = (double) (processorTime() - begun) / addresses / failures;
        long after = resident();
        System.out.printf(
                Locale.ROOT,
                "%-8s %9d addresses, %d each: %6.1f MiB more, %5.1f bytes an address, %6.0f ns a time, cold (%s)%n",
                arguments[0],
                addresses,
                failures,
                (after - before) / 1024.0,
                (after - before) * 1024.0 / addresses,
                nanos,
                state);
    }

    private static String evidence(Counting counting, int addresses, int failures) {
        Limits limits = new Limits(5, Duration.ofMinutes(10), 64, counting);
        AddressEvidence evidence = new AddressEvidence(limits, Room.alone(System.nanoTime()));
        for (int i = 0; i < addresses * failures; i++) {
            evidence.record(address(i % addresses).alone(), START.plusNanos(1_000L * i), 1);
        }
        return evidence.failing() + " failing";
    }

    private static String bans(int addresses) {
        ActiveBans bans = new ActiveBans(addresses, System.nanoTime());
        for (int i = 0; i < addresses; i++) {
            Instant since = START.plusMillis(i);
            String reason = "5 failures within " + i % 600 + "s (maxretry 5, findtime 10m)";
            bans.add(new Ban("sshd", address(i).alone(), since, since.plusSeconds(600), 1, 5, Ban.BY_ADDRESS, reason));
        }
        return "the next ends " + bans.nextEnd();
    }

    private static IpAddress address(int number) {
        return IpAddress.ofV4(number * STRIDE);
    }

    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long resident() throws IOException {
        return Usage.of(ProcessHandle.current()).resident();
    }
}
