package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import bailiff.config.ConfigReader;
import bailiff.config.Host;
import bailiff.filter.Outcome;
import bailiff.line.LogLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compat = fail2ban} over the logs that an installed fail2ban tests its own filters with. */
class CompatLogsOracleTest {

    private static final Path LOGS = Path.of("/usr/lib/python3/dist-packages/fail2ban/tests/files/logs");
    private static final Path STOCK = Path.of("/etc/fail2ban");
    private static final Instant THEN = Instant.parse("2005-08-14T10:00:00Z");

    @TempDir
    Path directory;

    @Test
    void replay_everyInstalledTestLog_givesFail2bansBans() throws Exception {
        boolean installed = Files.isDirectory(LOGS) && Files.isDirectory(STOCK);
        Needs.orSkip(installed, "Needs fail2ban's configuration and its test logs as the oracle.");

        int compared = 0;
        int bans = 0;
        try (Fail2banJails oracle = new Fail2banJails()) {
            for (int maxretry = 1; maxretry <= 3; maxretry++) {
                // Two of the same: the lines that are failures come from one, the other is replayed.
                List<Plan.Compiled> readers = plan(maxretry).jails();
                List<Plan.Compiled> replayed = plan(maxretry).jails();
                for (int i = 0; i < readers.size(); i++) {
                    List<String> log = log(readers.get(i).definition().name());
                    List<String> ours = bans(replayed.get(i), log);
                    Map<String, Object> jail = Map.of("maxretry", maxretry, "findtime", 600, "bantime", 600);
                    List<String> theirs = oracle.run(List.of(jail), false, failures(readers.get(i), log))
                            .bans();
                    assertThat(ours)
                            .as("%s, maxretry %d", readers.get(i).definition().name(), maxretry)
                            .isEqualTo(theirs);
                    compared++;
                    bans += ours.size();
                }
            }
        }
        assertThat(compared).as("logs compared").isGreaterThan(150);
        assertThat(bans).as("bans compared").isGreaterThan(400);
    }

    private static List<Fail2banJails.Failed> failures(Plan.Compiled jail, List<String> log) {
        List<Fail2banJails.Failed> failures = new ArrayList<>();
        for (String line : log) {
            if (jail.filter().apply(LogLine.of(line), THEN) instanceof Outcome.Matched(var sighting)) {
                long micros = ChronoUnit.MICROS.between(Instant.EPOCH, sighting.time());
                sighting.address()
                        .ifPresent(address -> failures.add(new Fail2banJails.Failed(micros, address.toString(), 0)));
            }
        }
        return failures;
    }

    private static List<String> bans(Plan.Compiled jail, List<String> log) {
        List<String> bans = new ArrayList<>();
        Replay replay = new Replay(List.of(jail), false, (event, time, ban) -> {
            if (event.equals("ban")) {
                long length = Fail2banJails.millis(Duration.between(ban.since(), ban.until()));
                bans.add(ban.subject() + " 0 " + Fail2banJails.millis(Duration.between(Instant.EPOCH, time)) + " "
                        + length + " 1");
            }
        });
        log.forEach(line -> replay.line(LogLine.of(line), THEN, true));
        return bans;
    }

    private static List<String> log(String name) throws IOException {
        return Files.readAllLines(LOGS.resolve(name), StandardCharsets.ISO_8859_1).stream()
                .filter(line -> !line.startsWith("#"))
                .toList();
    }

    /** A jail for every filter that has a test log, as far as it can be compiled. */
    private Plan plan(int maxretry) throws IOException {
        Path configuration = directory.resolve("etc" + maxretry);
        if (!Files.isDirectory(configuration)) {
            copy(STOCK.resolve("filter.d"), configuration.resolve("filter.d"));
            StringBuilder jails = new StringBuilder("""
                    [DEFAULT]
                    enabled = true
                    filter = %%(__name__)s
                    logpath = /nonexistent/log
                    compat = fail2ban
                    usedns = no
                    findtime = 600
                    bantime = 600
                    maxretry = %d
                    """.formatted(maxretry));
            try (Stream<Path> logs = Files.list(LOGS)) {
                logs.map(log -> log.getFileName().toString())
                        .filter(name -> Files.exists(STOCK.resolve("filter.d/" + name + ".conf")))
                        .sorted()
                        .forEach(name -> jails.append("[").append(name).append("]\n"));
            }
            Files.writeString(configuration.resolve("jail.local"), jails);
        }
        return Plan.of(ConfigReader.alone(configuration, new Host(ZoneOffset.UTC, Path.of("/etc/services")))
                .read());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }
}
