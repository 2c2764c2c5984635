package bailiff.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How long commands take, most of which is starting: {@code ping}, asked of nobody and of a guard, beside fail2ban's;
 * and how soon a guard is ready that has many bans to stand by. To be run in a network namespace of its own; the script
 * {@code bench/start} sees to that.
 */
final class StartTimes {

    /** So many addresses go into one command that bans by hand. */
    private static final int BANNED_AT_ONCE = 5_000;

    private static final int RESTARTS = 3;

    private final Path launcher;
    private final Path directory;

    private StartTimes(Path launcher, Path directory) {
        this.launcher = launcher;
        this.directory = directory;
    }

    /** Arguments: the launcher, an empty directory, how often to ask, how many bans. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        StartTimes times = new StartTimes(Path.of(arguments[0]), Path.of(arguments[1]));
        System.out.println(Programs.load());
        times.ping(Integer.parseInt(arguments[2]));
        times.restart(Integer.parseInt(arguments[3]));
        System.out.println(Programs.load());
    }

    private void ping(int rounds) throws IOException, InterruptedException {
        Path ours = directory.resolve("bailiff");
        Path theirs = directory.resolve("fail2ban");
        Path nowhere = directory.resolve("nowhere");
        List<List<String>> commands = List.of(
                List.of(launcher.toString(), "--version"),
                // Not by --run: what people type is the command alone, and options cost time to parse.
                List.of("env", "BAILIFF_RUN=" + nowhere, launcher.toString(), "ping"),
                List.of("env", "BAILIFF_RUN=" + BailiffProcess.run(ours), launcher.toString(), "ping"),
                List.of("fail2ban-client", "-s", nowhere.toString(), "ping"),
                List.of("fail2ban-client", "-s", Fail2banProcess.socket(theirs).toString(), "ping"));
        List<String> names = List.of(
                "bailiff --version",
                "bailiff ping, nobody there",
                "bailiff ping",
                "fail2ban-client ping, nobody there",
                "fail2ban-client ping");
        List<Latencies> latencies = new ArrayList<>();
        commands.forEach(command -> latencies.add(new Latencies()));
        try (Contender guard = BailiffProcess.start(launcher, ours, 1);
                Contender server = Fail2banProcess.start(theirs, 1)) {
            System.out.println(guard.name() + ", " + server.name());
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < commands.size(); i++) {
                    latencies.get(i).add(run(commands.get(i)));
                }
            }
        }
        System.out.println(Latencies.heading());
        for (int i = 0; i < names.size(); i++) {
            System.out.println(latencies.get(i).row(names.get(i)));
        }
    }

    /** Runs a command to its end, whatever that is; how long that took, in nanoseconds. */
    private long run(List<String> command) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Programs.start(command, directory.resolve("said")).waitFor();
        return System.nanoTime() - start;
    }

    private void restart(int bans) throws IOException, InterruptedException {
        Path place = directory.resolve("restart");
        try (BailiffProcess guard = BailiffProcess.start(launcher, place, 1)) {
            System.out.printf(Locale.ROOT, "%n%s: banning %,d addresses by hand ...%n", guard.name(), bans);
            for (int from = 0; from < bans; from += BANNED_AT_ONCE) {
                ban(place, from, Math.min(bans, from + BANNED_AT_ONCE));
            }
            awaitBans(bans);
        }
        for (int i = 0; i < RESTARTS; i++) {
            int before = inKernel();
            long start = System.nanoTime();
            try (BailiffProcess guard = BailiffProcess.again(launcher, place)) {
                Programs.ask(
                        launcher.toString(),
                        "ping",
                        "--run",
                        BailiffProcess.run(place).toString());
                Duration answered = Duration.ofNanos(System.nanoTime() - start);
                awaitBans(bans);
                Duration complete = Duration.ofNanos(System.nanoTime() - start);
                System.out.printf(
                        Locale.ROOT,
                        "start with %,d bans: answers after %d ms, all in the kernel after %d ms at most;"
                                + " %,d were there before the start; %.1f MiB RSS%n",
                        bans,
                        answered.toMillis(),
                        complete.toMillis(),
                        before,
                        Usage.of(guard.process()).resident() / 1024.0);
            }
        }
    }

    private void ban(Path place, int from, int to) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                launcher.toString(), "ban", "--run", BailiffProcess.run(place).toString(), "--jail", "wordpress"));
        for (int i = from; i < to; i++) {
            command.add("100." + (64 + i / 65_536) + "." + i / 256 % 256 + "." + i % 256);
        }
        Programs.ask(command.toArray(String[]::new));
    }

    private static void awaitBans(int bans) throws IOException, InterruptedException {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (inKernel() < bans) {
            if (System.nanoTime() > end) {
                throw new IOException("Only " + inKernel() + " of " + bans + " bans reached the kernel.");
            }
            Thread.sleep(100);
        }
    }

    /** How many addresses the packet filter of this network namespace lists. */
    private static int inKernel() throws IOException, InterruptedException {
        String listed = Programs.ask("nft", "list", "ruleset");
        return listed.split("100\\.[0-9]", -1).length - 1;
    }
}
