package bailiff.evidence.score;

import bailiff.evidence.site.Allowance;
import bailiff.line.AccessLog;
import bailiff.line.AccessRecord;
import bailiff.line.LogLine;
import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the evidence fares on variations of past logs: {@code java ... bailiff.evidence.score.LogTrials LOG...}.
 *
 * <p>It tells counts only, no address.
 */
final class LogTrials {

    /** Jetpack's. */
    private static final CidrSet VERIFIED =
            new CidrSet(List.of(Cidr.parse("192.0.64.0/18").orElseThrow()));

    private static final int SLOW_ATTEMPTS = 5;
    private static final long SLOW_GAP = 600;

    private LogTrials() {}

    static List<AccessRecord> records(Path log) throws IOException {
        AccessLog forms = new AccessLog(ZoneOffset.UTC);
        List<AccessRecord> records = new ArrayList<>();
        for (byte[] line : lines(Files.readAllBytes(log))) {
            forms.read(LogLine.of(line, 0, line.length)).ifPresent(records::add);
        }
        return records;
    }

    private static List<byte[]> lines(byte[] all) {
        List<byte[]> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < all.length; i++) {
            if (all[i] == '\n') {
                lines.add(java.util.Arrays.copyOfRange(all, from, i));
                from = i + 1;
            }
        }
        return lines;
    }

    /** Sources with five attempts and more, ten minutes and more apart at the median. */
    private static Set<Cidr> slow(List<AccessRecord> log) {
        Map<Cidr, List<Long>> times = new HashMap<>();
        for (AccessRecord r : log) {
            boolean login = r.path().endsWith("/wp-login.php") || r.path().endsWith("/xmlrpc.php");
            if (login && r.method().equals("POST")) {
                times.computeIfAbsent(bailiff.evidence.site.Attempt.source(r.client()), _ -> new ArrayList<>())
                        .add(r.time().getEpochSecond());
            }
        }
        Set<Cidr> slow = new HashSet<>();
        times.forEach((source, all) -> {
            long[] sorted = all.stream().mapToLong(Long::longValue).sorted().toArray();
            long[] gaps = new long[sorted.length - 1];
            java.util.Arrays.setAll(gaps, i -> sorted[i + 1] - sorted[i]);
            java.util.Arrays.sort(gaps);
            if (sorted.length >= SLOW_ATTEMPTS && gaps[gaps.length / 2] > SLOW_GAP) {
                slow.add(source);
            }
        });
        return slow;
    }

    private static String row(String name, List<AccessRecord> log) {
        Scoring scoring = new Scoring(Allowance.USUAL, VERIFIED);
        log.forEach(scoring::read);
        Score ours = scoring.scores().getFirst();
        Score.Sum attack = ours.sum(scoring::isAttacker);
        Score.Sum honest = ours.sum(source -> !scoring.isAttacker(source));
        Set<Cidr> slowSources = slow(log);
        Score.Sum slow = ours.sum(source -> scoring.isAttacker(source) && slowSources.contains(source));
        double stopped = 100.0 * attack.flagged() / Math.max(1, attack.sources());
        double through = 100.0 * attack.through() / Math.max(1, attack.attempts());
        String mark = (attack.sources() > 0 && (stopped < 80 || through > 10)) || honest.flagged() > 0 ? "  <<<" : "";
        return String.format(
                Locale.ROOT,
                "| %s | %d | %.1f %% | %d of %d = %.1f %% | %d: %d of %d | %d, %d of %d |%s",
                name,
                attack.sources(),
                stopped,
                attack.through(),
                attack.attempts(),
                through,
                slow.sources(),
                slow.through(),
                slow.attempts(),
                honest.banned(),
                honest.flagged(),
                honest.sources(),
                mark);
    }

    public static void main(String[] arguments) throws IOException {
        String only = System.getProperty("variation", "");
        for (String argument : arguments) {
            List<AccessRecord> log = records(Path.of(argument));
            IO.println(
                    argument + ": variation | attackers | stopped | let through | slow ones | honest banned, stopped");
            LogVariations.all().forEach((name, change) -> {
                if (Stream.of(name).anyMatch(it -> it.contains(only))) {
                    IO.println(row(name, change.apply(log)));
                }
            });
        }
    }
}
