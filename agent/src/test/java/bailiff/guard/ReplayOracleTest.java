package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link Replay} against the counter of an installed fail2ban, second by second. */
class ReplayOracleTest {

    private static final String A = "203.0.113.9";

    @TempDir
    Path directory;

    /** One failure. */
    private record Failed(long second, String address) {

        @Override
        public String toString() {
            return second + " " + address;
        }
    }

    /** A jail's numbers, in seconds. */
    private record Numbers(int maxretry, long findtime, long bantime) {

        String options() {
            return "maxretry = %d\nfindtime = %d\nbantime = %d\nevidence = no".formatted(maxretry, findtime, bantime);
        }
    }

    @Test
    void replay_burstsShorterThanFindtimeWithLongerGaps_bansWhomFail2banBans() throws Exception {
        for (long seed = 0; seed < 8; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Numbers jail = new Numbers(1 + random.nextInt(6), 60 + random.nextInt(3_600), 30 + random.nextInt(7_200));
            List<Failed> log = log(random, jail);

            List<String> ours = ours(jail, log);

            assertThat(ours).as("seed %d", seed).isNotEmpty().isEqualTo(theirs(jail, true, log));
        }
    }

    /**
     * Where the two differ: fail2ban scales its counter by rate when a failure comes later than findtime after the
     * first, and so still counts four failures of which none lies within findtime. It shows where no clean-up comes in
     * between, as when a backlog is read.
     */
    @Test
    void replay_fourFailuresAndOneJustAfterFindtime_isNoBanThoughFail2banBans() throws Exception {
        Numbers jail = new Numbers(5, 600, 600);
        List<Failed> log = failures(0, 0, 0, 0, 601);

        assertThat(ours(jail, log)).isEmpty();
        assertThat(theirs(jail, false, log)).containsExactly("601 " + A);
        assertThat(theirs(jail, true, log)).isEmpty();
    }

    /** The other way round they agree: at exactly findtime the first failure still counts for both. */
    @Test
    void replay_lastFailureExactlyAtFindtime_isABanForBoth() throws Exception {
        Numbers jail = new Numbers(5, 600, 600);
        List<Failed> log = failures(0, 100, 200, 300, 600);

        assertThat(ours(jail, log)).containsExactly("600 " + A).isEqualTo(theirs(jail, true, log));
    }

    /** Twelve addresses; each fails in bursts, is away while it is banned, and falls silent for longer than findtime. */
    private static List<Failed> log(SplittableRandom random, Numbers jail) {
        List<Failed> log = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            String address = "203.0.113." + i;
            long next = random.nextLong(jail.findtime());
            for (int burst = 0; burst < 20; burst++) {
                int failures = 1 + random.nextInt(jail.maxretry());
                long[] seconds =
                        random.longs(failures, 0, jail.findtime() + 1).sorted().toArray();
                long first = next - seconds[0];
                LongStream.of(seconds).forEach(second -> log.add(new Failed(first + second, address)));
                long pause = failures == jail.maxretry() ? jail.bantime() : jail.findtime() + 1;
                next = log.getLast().second() + pause + random.nextLong(jail.findtime());
            }
        }
        log.sort(Comparator.comparingLong(Failed::second));
        return log;
    }

    private static List<Failed> failures(long... seconds) {
        return LongStream.of(seconds).mapToObj(second -> new Failed(second, A)).toList();
    }

    private List<String> ours(Numbers jail, List<Failed> log) throws IOException {
        Replayed replayed = new Replayed(Files.createTempDirectory(directory, "replay"), jail.options());
        log.forEach(failed -> replayed.fail(failed.second(), failed.address()));
        return replayed.events.stream()
                .filter(event -> event.startsWith("ban "))
                .map(event -> event.substring("ban ".length()))
                .toList();
    }

    private List<String> theirs(Numbers jail, boolean cleanup, List<Failed> log) throws Exception {
        Path program = directory.resolve("fail2ban_bans.py");
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("fail2ban_bans.py"))) {
            Files.write(program, in.readAllBytes());
        }
        Path input = Files.write(
                directory.resolve("log"), log.stream().map(Failed::toString).toList());
        Path output = directory.resolve("bans");
        Process process = new ProcessBuilder(
                        python(),
                        program.toString(),
                        String.valueOf(jail.maxretry()),
                        String.valueOf(jail.findtime()),
                        String.valueOf(jail.bantime()),
                        cleanup ? "1" : "0")
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).as("fail2ban's counter").isZero();
        return Files.readAllLines(output, StandardCharsets.UTF_8);
    }

    /** A Python that has fail2ban; without one the test is skipped, but under CI it fails. */
    private static String python() throws InterruptedException {
        String found = "";
        for (String python : List.of("/usr/bin/python3", "python3")) {
            found = found.isEmpty() && hasFail2ban(python) ? python : found;
        }
        Needs.orSkip(!found.isEmpty(), "Needs fail2ban (package fail2ban) as the oracle: no python3 can import it.");
        return found;
    }

    private static boolean hasFail2ban(String python) throws InterruptedException {
        try {
            Process asked = new ProcessBuilder(python, "-c", "import fail2ban.server.failmanager")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return asked.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
