package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.filter.Sieve;
import bailiff.source.PastLog;
import bailiff.source.ReadAhead;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several jails over one log at once, of kinds that see lines differently, decide what each of them decides alone. */
class ReplayTogetherTest {

    private static final List<String> FILTERS = List.of(
            "failregex = ^ web login failed <ADDR>$\n            ^ web quota exceeded <ADDR>$",
            """
            prefregex = ^ web s<F-MLFID>\\d+</F-MLFID> <F-CONTENT>.+</F-CONTENT>$
            failregex = ^login failed$
                        ^login failed from <ADDR>$
                        ^<F-NOFAIL><F-MLFFORGET>hung up</F-MLFFORGET></F-NOFAIL>(?: by <ADDR>)?$
                        ^<F-MLFFORGET><F-MLFGAINED>let in</F-MLFGAINED></F-MLFFORGET> <ADDR>$
            """,
            "failregex = ^ web begin here\\n(?:.*\\n)*?end <ADDR>$\nmaxlines = 4",
            "failregex = ^ web [+-]\\d{4} <ADDR>$",
            "failregex = ^ web caf\u00e9 <ADDR>$\nignoreregex = 192\\.0\\.2\\.3$");

    private static final List<String> TEXTS = List.of(
            "login failed 192.0.2.%d",
            "quota exceeded 192.0.2.%d",
            "s%d login failed",
            "s%d login failed from 192.0.2.1",
            "s%d hung up by 192.0.2.2",
            "s%d hung up by 8.8.8.8x",
            "s%d let in 192.0.2.3",
            "begin here",
            "end 192.0.2.%d",
            "+0%d00 192.0.2.4",
            "caf\u00e9 192.0.2.%d",
            "nothing of %d",
            "nothing at all");

    @TempDir
    Path directory;

    @Test
    void reader_jailsOfAllKindsOverRandomLogs_banWhomEachBansAlone() throws Exception {
        Site site = new Site(directory);
        Path filters = Files.createDirectories(directory.resolve("etc").resolve("filter.d"));
        for (int i = 0; i < FILTERS.size(); i++) {
            Files.writeString(
                    filters.resolve("kind" + i + ".conf"),
                    "[Definition]\n" + FILTERS.get(i) + "\n",
                    StandardCharsets.UTF_8);
        }
        int bans = 0;
        for (long seed = 0; seed < 40; seed++) {
            site.configure(jails(site.log(), seed % 2 == 0 ? "UTF-8" : "ISO-8859-1"));
            String log = log(new SplittableRandom(seed));
            List<String> together = bans(plan(site), log, true);
            List<String> alone = new ArrayList<>();
            for (int i = 0; i < plan(site).size(); i++) {
                alone.addAll(bans(List.of(plan(site).get(i)), log, false));
            }
            assertThat(together).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(alone);
            bans += together.size();
        }
        assertThat(bans).isGreaterThan(1_000);
    }

    /** A jail of each kind, the last two of which read the log in that encoding. */
    private static String jails(Path log, String encoding) {
        StringBuilder jails = new StringBuilder();
        for (int i = 0; i < FILTERS.size(); i++) {
            jails.append("""
                    [kind%1$d]
                    enabled = true
                    filter = kind%1$d
                    logpath = %2$s
                    logencoding = %3$s
                    maxretry = 2
                    findtime = 60
                    bantime = 30
                    """.formatted(i, log, i < FILTERS.size() - 2 ? "UTF-8" : encoding));
        }
        return jails.toString();
    }

    private static List<Plan.Compiled> plan(Site site) {
        return Plan.of(site.configuration().read()).jails();
    }

    private static String log(SplittableRandom random) {
        StringBuilder log = new StringBuilder();
        Instant time = Replayed.START;
        for (int i = 0; i < 400; i++) {
            time = time.plusSeconds(random.nextInt(4));
            boolean dull = random.nextInt(3) == 0;
            String text = TEXTS.get(dull ? TEXTS.size() - 1 : random.nextInt(TEXTS.size()));
            log.append(time).append(" web ").append(text.formatted(1 + random.nextInt(4)));
            log.append(random.nextInt(20) == 0 ? "\r\n" : "\n");
        }
        return log.toString();
    }

    /** The bans of these jails, which see either what the sieve finds for them or every line. */
    private static List<String> bans(List<Plan.Compiled> jails, String log, boolean sieved) throws IOException {
        List<String> bans = new ArrayList<>();
        Replay replay = new Replay(jails, false, (event, time, ban) -> {
            if (event.equals("ban")) {
                bans.add(time + " " + ban.jail() + " " + ban.subject() + " " + ban.reason());
            }
        });
        byte[] bytes = log.getBytes(StandardCharsets.UTF_8);
        PastLog past = new PastLog("log", Instant.EPOCH, () -> new ByteArrayInputStream(bytes));
        Optional<Sieve> sieve = sieved ? replay.sieve() : Optional.empty();
        try (ReadAhead ahead = new ReadAhead(List.of(past), sieve, 1)) {
            ahead.next(replay.reader("auth.log", Replayed.START));
        }
        return bans;
    }
}
