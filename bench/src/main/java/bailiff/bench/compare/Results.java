package bailiff.bench.compare;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One table: what trials of one kind took, each beside each of Bailiff's. */
final class Results {

    private static final String ROW = "%-34s %11s %12s %12s %9s %9s %9s %11s%n";

    private static final double LEAST = 0.05;

    private final String title;
    private final List<Result> results = new ArrayList<>();

    /** An empty table. */
    Results(String title) {
        this.title = title;
    }

    void add(Result result) {
        results.add(result);
    }

    /** That trial's, if it ran. */
    Optional<Result> of(String name) {
        return results.stream()
                .filter(result -> result.trial().name().equals(name))
                .findFirst();
    }

    /** Those that found another number of lines than the log was made with. */
    List<Result> wrong() {
        return results.stream().filter(result -> !result.isRight()).toList();
    }

    /** Prints the figures, and how many times as fast as each peer Bailiff was. */
    void print(PrintStream out) {
        out.printf(Locale.ROOT, "%n== %s%n", title);
        out.printf(Locale.ROOT, ROW, "", "lines", "lines/s", "lines/CPU s", "seconds", "CPU s", "RSS MiB", "found");
        for (Result result : results) {
            Cost cost = result.cost();
            out.printf(
                    Locale.ROOT,
                    ROW,
                    result.trial().name(),
                    "%,d".formatted(result.trial().input().lines()),
                    "%,.0f".formatted(result.rate()),
                    cost.processor() > 0 ? "%,.0f".formatted(result.rateOfOneCore()) : "?",
                    "%.3f".formatted(cost.seconds()),
                    "%.2f".formatted(cost.processor()),
                    cost.resident() == 0 ? "?" : "%.0f".formatted(cost.resident()),
                    cost.count() < 0 ? "" : cost.count() + (result.isRight() ? "" : " WRONG"));
        }
        List<Result> peers =
                results.stream().filter(result -> !result.trial().ours()).toList();
        for (Result ours : peers.isEmpty() ? List.<Result>of() : results) {
            if (ours.trial().ours()) {
                out.println(ours.trial().name() + " is, times as fast (by processor time):"
                        + peers.stream()
                                .map(peer -> String.format(
                                        Locale.ROOT,
                                        "  %s %.2f (%s)",
                                        peer.trial().name(),
                                        ours.over(peer),
                                        byProcessor(ours, peer)))
                                .collect(Collectors.joining()));
            }
        }
    }

    /** How many times as fast by the processor's time; GNU time counts hundredths, of which there must be some. */
    private static String byProcessor(Result ours, Result peer) {
        boolean isMeasured = peer.cost().processor() >= LEAST && ours.cost().processor() >= LEAST;
        return isMeasured ? "%.2f".formatted(ours.rateOfOneCore() / peer.rateOfOneCore()) : "?";
    }
}
