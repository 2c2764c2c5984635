package bailiff.bench.compare;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs trials in turn, so often as it is asked to, and keeps what they took. */
final class Bench {

    private final Program program;
    private final int rounds;
    private final PrintStream out;
    private final List<Target> targets = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    /** A bench that prints its tables there. */
    Bench(Program program, int rounds, PrintStream out) {
        this.program = program;
        this.rounds = rounds;
        this.out = out;
    }

    /** Runs all of these in turn, round after round, and prints the table; what fails or is missing is said. */
    Results run(String title, List<Trial> trials) throws IOException, InterruptedException {
        return run(title, trials, List.of());
    }

    /** The same, with results in the table that were measured elsewhere. */
    Results run(String title, List<Trial> trials, List<Result> more) throws IOException, InterruptedException {
        Map<Trial, List<Cost>> costs = new LinkedHashMap<>();
        for (Trial trial : trials) {
            if (exists(trial)) {
                costs.put(trial, new ArrayList<>());
            }
        }
        for (Path path : costs.keySet().stream()
                .map(trial -> trial.input().path())
                .distinct()
                .toList()) {
            Log.warm(path);
        }
        for (int round = 0; round < rounds; round++) {
            List<Trial> broken = new ArrayList<>();
            for (Map.Entry<Trial, List<Cost>> entry : costs.entrySet()) {
                try {
                    entry.getValue().add(program.run(entry.getKey()));
                } catch (IOException e) {
                    say("not measured: " + e.getMessage());
                    broken.add(entry.getKey());
                }
            }
            broken.forEach(costs::remove);
        }
        Results results = new Results(title);
        costs.forEach((trial, list) -> results.add(new Result(trial, Cost.median(list))));
        more.forEach(results::add);
        results.print(out);
        results.wrong()
                .forEach(result -> faults.add(title + ": " + result.trial().name() + " found "
                        + result.cost().count() + " of "
                        + result.trial().input().attacks()));
        return results;
    }

    /** Runs one alone, so often, and prints nothing; empty, and said, when it is missing or fails. */
    Optional<Result> alone(Trial trial, int times) throws IOException, InterruptedException {
        if (!exists(trial)) {
            return Optional.empty();
        }
        try {
            Log.warm(trial.input().path());
            List<Cost> costs = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                costs.add(program.run(trial));
            }
            return Optional.of(new Result(trial, Cost.median(costs)));
        } catch (IOException e) {
            say("not measured: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** The same, as often as everything else. */
    Optional<Result> alone(Trial trial) throws IOException, InterruptedException {
        return alone(trial, rounds);
    }

    private boolean exists(Trial trial) {
        String first = trial.command().getFirst();
        boolean exists = first.contains("/") || Program.exists(first);
        if (!exists) {
            say(trial.name() + " is not measured: there is no " + first);
        }
        return exists;
    }

    /** Says something between the tables. */
    void say(String words) {
        out.println("-- " + words);
    }

    /** Notes what was aimed at: that one trial is so many times as fast as another. */
    void target(String text, Results results, String ours, String peer, double least) {
        double measured = results.of(ours)
                .flatMap(mine -> results.of(peer).map(mine::over))
                .orElse(Double.NaN);
        targets.add(new Target(text, measured, least));
    }

    /** Notes what was aimed at. */
    void target(String text, double measured, double least) {
        targets.add(new Target(text, measured, least));
    }

    /** Prints the targets, and what was counted wrong; gives whether nothing was. */
    boolean conclude() {
        if (!targets.isEmpty()) {
            out.println("\n== Targets: the figure must be at least what is in brackets");
            targets.forEach(target -> out.println(target.row()));
        }
        faults.forEach(fault -> out.println("WRONG: " + fault));
        return faults.isEmpty();
    }
}
