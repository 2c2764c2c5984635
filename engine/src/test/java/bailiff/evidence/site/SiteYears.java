package bailiff.evidence.site;

import bailiff.evidence.score.Interval;
import bailiff.evidence.site.SimulatedSite.Sensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The figures of docs/detection.md: {@code java ... bailiff.evidence.site.SiteYears [SITE-YEARS] [REPETITIONS]}.
 */
final class SiteYears {

    private static final int YEAR = 365;

    /** Days that a site has lived before a botnet comes. */
    private static final int BEFORE = 60;

    private SiteYears() {}

    /** So many years of sites without an attack. */
    static SimulatedSite.Tally peace(int years, Sensor sensor, long seed) {
        SimulatedSite.Tally all = new SimulatedSite.Tally();
        for (int i = 0; i < years; i++) {
            SimulatedSite site = new SimulatedSite(new SplittableRandom(seed + i), sensor, Allowance.USUAL);
            for (int day = 0; day < YEAR; day++) {
                site.live(List.of(), (_, _) -> {});
            }
            all.add(site.tally());
        }
        return all;
    }

    /**
     * What became of a botnet, over some sites together.
     *
     * @param stopped of {@code attempts}
     * @param seconds the mean of the time until the first was stopped; -1 where none was at some site
     * @param honest what became of honest people meanwhile
     */
    record Siege(long attempts, long stopped, long seconds, SimulatedSite.Tally honest) {}

    static Siege siege(SimulatedBotnet botnet, Sensor sensor, int sites, long seed) {
        long attempts = 0;
        long stopped = 0;
        long delays = 0;
        boolean always = true;
        SimulatedSite.Tally honest = new SimulatedSite.Tally();
        for (int i = 0; i < sites; i++) {
            SplittableRandom random = new SplittableRandom(seed + i);
            SimulatedSite site = new SimulatedSite(random, sensor, Allowance.USUAL);
            for (int day = 0; day < BEFORE; day++) {
                site.live(List.of(), (_, _) -> {});
            }
            SimulatedSite.Tally before = new SimulatedSite.Tally();
            before.add(site.tally());
            long start = site.now();
            List<Attempt> hostile = botnet.attempts(random, sensor, start);
            long[] counts = {0, 0, -1};
            int at = 0;
            while (at < hostile.size()) {
                int to = at;
                while (to < hostile.size() && hostile.get(to).second() < site.now() + SimulatedSite.DAY) {
                    to++;
                }
                site.live(hostile.subList(at, to), (attempt, through) -> {
                    counts[0]++;
                    if (through == 0) {
                        counts[1]++;
                        counts[2] = counts[2] < 0 ? attempt.second() - start : counts[2];
                    }
                });
                at = to;
            }
            attempts += counts[0];
            stopped += counts[1];
            delays += counts[2];
            always &= counts[2] >= 0;
            honest.attempts += site.tally().attempts - before.attempts;
            honest.refused += site.tally().refused - before.refused;
            honest.bans += site.tally().bans - before.bans;
        }
        return new Siege(attempts, stopped, always ? delays / sites : -1, honest);
    }

    /** Prints both tables. */
    public static void main(String[] arguments) {
        Sensor[] sensors = arguments.length > 2 ? new Sensor[] {Sensor.valueOf(arguments[2])} : Sensor.values();
        int years = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
        int repetitions = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        List<String> lines = new ArrayList<>();
        for (Sensor sensor : sensors) {
            SimulatedSite.Tally tally = peace(years, sensor, 1);
            Interval rate = Interval.ofRate(tally.bans, years);
            lines.add(String.format(
                    Locale.ROOT,
                    "%s: %d site-years, %d attempts, %d bans %s = %.3f a year (%.3f to %.3f), %d refused %s = %.5f",
                    sensor,
                    years,
                    tally.attempts,
                    tally.bans,
                    tally.kinds,
                    (double) tally.bans / years,
                    rate.low(),
                    rate.high(),
                    tally.refused,
                    tally.refusals,
                    (double) tally.refused / tally.attempts));
        }
        if (repetitions == 0) {
            lines.forEach(IO::println);
            return;
        }
        long[] spans = {3_600, SimulatedSite.DAY, 7 * SimulatedSite.DAY, 30 * SimulatedSite.DAY};
        for (Sensor sensor : sensors) {
            for (SimulatedBotnet.Manner manner : SimulatedBotnet.Manner.values()) {
                for (SimulatedBotnet.Agents agents : SimulatedBotnet.Agents.values()) {
                    for (int sources : new int[] {10, 100, 1_000, 10_000}) {
                        StringBuilder line = new StringBuilder(
                                String.format(Locale.ROOT, "| %s | %s | %s | %d ", sensor, manner, agents, sources));
                        for (long span : spans) {
                            Siege siege = siege(
                                    new SimulatedBotnet(sources, span, manner, agents), sensor, repetitions, 1_000);
                            line.append(String.format(
                                    Locale.ROOT,
                                    "| %.0f %%, %s, honest %.1f %%/%d ",
                                    100.0 * siege.stopped / siege.attempts,
                                    siege.seconds < 0 ? "-" : Spans.words(siege.seconds),
                                    100.0 * siege.honest.refused / Math.max(1, siege.honest.attempts),
                                    siege.honest.bans));
                        }
                        lines.add(line.append("|").toString());
                    }
                }
            }
        }
        lines.forEach(IO::println);
    }
}
