package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.LogLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compat = fail2ban} against fail2ban's own counter, ban manager and observer: not one ban may differ. */
class CompatOracleTest {

    private static final Instant START = Instant.parse("2026-04-09T12:00:00Z");
    private static final String A = "203.0.113.9";
    private static final List<Map<String, String>> INCREMENTS = List.of(
            Map.of(),
            Map.of("factor", "0.75"),
            Map.of("maxtime", "2h"),
            Map.of("multipliers", "1 2 4 8"),
            Map.of("multipliers", "1 3 2", "factor", "1.5"),
            Map.of("overalljails", "true"),
            Map.of("overalljails", "true", "formula", "ban.Time * (1 + ban.Count / 3) * banFactor"),
            Map.of(
                    "formula",
                    "ban.Time * math.exp(float(ban.Count+1)*banFactor)/math.exp(1*banFactor)",
                    "factor",
                    "0.3"),
            Map.of("formula", "ban.Time / (ban.Count - 7)"));

    @TempDir
    Path directory;

    /** A jail's options. */
    private record Options(int maxretry, int findtime, int bantime, Map<String, String> increment) {

        String section(String name) {
            StringBuilder section = new StringBuilder("""
                    [%s]
                    enabled = true
                    filter = wordpress
                    logpath = /nonexistent/auth.log
                    compat = fail2ban
                    maxretry = %d
                    findtime = %d
                    bantime = %d
                    """.formatted(name, maxretry, findtime, bantime));
            increment.forEach(
                    (option, value) -> section.append("bantime.%s = %s\n".formatted(option, value.replace("%", "%%"))));
            return section.toString();
        }

        Map<String, Object> forPython() {
            Map<String, Object> options = new LinkedHashMap<>();
            options.put("maxretry", maxretry);
            options.put("findtime", findtime);
            options.put("bantime", bantime);
            if (!increment.isEmpty()) {
                options.put("increment", increment);
            }
            return options;
        }
    }

    @Test
    void replay_randomStreamsInEveryOrder_areFail2bansBansToTheMillisecond() throws Exception {
        assertSame(600, false, false);
    }

    @Test
    void replay_randomStreamsWithCleanup_areFail2bansBans() throws Exception {
        assertSame(300, true, false);
    }

    @Test
    void replay_randomStreamsWithGrowingBans_areFail2bansBansCountsAndEnds() throws Exception {
        assertSame(600, false, true);
    }

    /** The figures of fail2ban's scaling: four failures at once and a fifth, that much later. */
    @Test
    void replay_fourFailuresAndALateFifth_countAsFail2banScales() throws Exception {
        for (int maxretry = 2; maxretry <= 5; maxretry++) {
            for (int late : new int[] {599, 600, 601, 700, 900, 1_199, 1_200, 1_201, 2_000}) {
                assertSame(List.of(new Options(maxretry, 600, 600, Map.of())), false, failures(0, 0, 0, 0, late));
            }
        }
    }

    private void assertSame(int streams, boolean cleanup, boolean grows) throws Exception {
        int bans = 0;
        try (Fail2banJails oracle = new Fail2banJails()) {
            for (long seed = 0; seed < streams; seed++) {
                SplittableRandom random = new SplittableRandom(seed * 31 + (grows ? 7 : 0));
                List<Options> jails = Stream.generate(() -> options(random, grows))
                        .limit(grows ? 1 + random.nextInt(2) : 1)
                        .toList();
                List<Fail2banJails.Failed> failures = stream(random, jails, !cleanup);
                bans += assertSame(oracle, "seed " + seed, jails, cleanup, failures);
            }
        }
        assertThat(bans).as("bans compared").isGreaterThan(streams);
    }

    private void assertSame(List<Options> jails, boolean cleanup, List<Fail2banJails.Failed> failures)
            throws Exception {
        try (Fail2banJails oracle = new Fail2banJails()) {
            assertSame(oracle, jails + " " + failures, jails, cleanup, failures);
        }
    }

    private int assertSame(
            Fail2banJails oracle,
            String what,
            List<Options> jails,
            boolean cleanup,
            List<Fail2banJails.Failed> failures)
            throws IOException {
        List<Fail2banJails.Failed> inEachJail = failures.stream()
                .flatMap(failed -> Stream.iterate(0, jail -> jail < jails.size(), jail -> jail + 1)
                        .map(jail -> new Fail2banJails.Failed(failed.micros(), failed.address(), jail)))
                .toList();
        Fail2banJails.Outcome theirs =
                oracle.run(jails.stream().map(Options::forPython).toList(), cleanup, inEachJail);
        Fail2banJails.Outcome ours = replay(jails, cleanup, failures);
        assertThat(ours.bans()).as("%s: bans of %s", what, jails).isEqualTo(theirs.bans());
        assertThat(ours.ends()).as("%s: ends of %s", what, jails).isEqualTo(theirs.ends());
        return ours.bans().size();
    }

    /** Gaps around findtime, bursts, fractions of a second, lines that come late, addresses of both families. */
    private static List<Fail2banJails.Failed> stream(SplittableRandom random, List<Options> jails, boolean late) {
        List<Fail2banJails.Failed> failures = new ArrayList<>();
        int findtime = jails.getFirst().findtime();
        int addresses = 1 + random.nextInt(6);
        long micros = START.getEpochSecond() * 1_000_000;
        boolean fractions = random.nextInt(3) == 0;
        for (int i = 0; i < 120; i++) {
            long seconds = switch (random.nextInt(6)) {
                case 0 -> 0;
                case 1, 2 -> random.nextInt(1 + findtime / 10);
                case 3 -> findtime / addresses + random.nextInt(-2, 3);
                case 4 -> random.nextInt(1 + findtime);
                default -> random.nextInt(20) == 0 ? findtime * 3L : 1;
            };
            micros += Math.max(0, seconds) * 1_000_000 + (fractions ? random.nextInt(1_000) * 1_000L : 0);
            long time = late && random.nextInt(5) == 0 ? micros - random.nextInt(findtime) * 1_000_000L : micros;
            int host = random.nextInt(addresses);
            String address = host == 5 ? "2001:db8::5" : "203.0.113." + host;
            failures.add(new Fail2banJails.Failed(time, address, 0));
        }
        return failures;
    }

    private static Options options(SplittableRandom random, boolean grows) {
        Map<String, String> increment = new LinkedHashMap<>();
        if (grows) {
            increment.put("increment", "true");
            increment.putAll(INCREMENTS.get(random.nextInt(INCREMENTS.size())));
        }
        return new Options(1 + random.nextInt(7), 30 + random.nextInt(1_000), 10 + random.nextInt(2_000), increment);
    }

    private static List<Fail2banJails.Failed> failures(long... seconds) {
        return LongStream.of(seconds)
                .mapToObj(second -> new Fail2banJails.Failed((START.getEpochSecond() + second) * 1_000_000, A, 0))
                .toList();
    }

    private Fail2banJails.Outcome replay(List<Options> jails, boolean cleanup, List<Fail2banJails.Failed> failures)
            throws IOException {
        Site site = new Site(Files.createTempDirectory(directory, "replay"));
        StringBuilder configuration = new StringBuilder();
        for (int i = 0; i < jails.size(); i++) {
            configuration.append(jails.get(i).section("jail" + i));
        }
        site.configure(configuration.toString());
        boolean grows = !jails.getFirst().increment().isEmpty();
        List<String> bans = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        Replay replay = new Replay(Plan.of(site.configuration().read()).jails(), cleanup, (event, time, ban) -> {
            String who = ban.subject() + " " + ban.jail().substring("jail".length()) + " "
                    + Fail2banJails.millis(Duration.between(Instant.EPOCH, time));
            switch (event) {
                case "ban" ->
                    bans.add(who + " " + Fail2banJails.millis(Duration.between(ban.since(), ban.until())) + " "
                            + (grows ? ban.bancount() : 1));
                case "unban" -> ends.add(who);
                default -> assertThat(event).isEqualTo("prolong");
            }
        });
        for (Fail2banJails.Failed failed : failures) {
            Instant time = Instant.EPOCH.plus(failed.micros(), ChronoUnit.MICROS);
            replay.line(
                    LogLine.of(time + " vps wordpress(blog.example.test)[4711]: Authentication failure for admin from "
                            + failed.address()),
                    START.plus(Duration.ofDays(30)),
                    true);
        }
        ends.sort(null);
        return new Fail2banJails.Outcome(bans, ends);
    }
}
