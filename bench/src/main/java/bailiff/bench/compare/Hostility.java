package bailiff.bench.compare;

import bailiff.bench.logs.HostileLog;
import bailiff.bench.logs.LogKind;
import bailiff.bench.logs.LogRecipe;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a byte of each hostile log costs Bailiff, beside a byte of an ordinary one and of an ordinary attack: in
 * processor time, less that of starting.
 */
final class Hostility {

    private static final long MIB = 1 << 20;

    /** Enough to tell, and not too much where a byte costs a hundred times as much. */
    private static final long USUAL = 16 * MIB;

    /** Where a line costs as much work as is allowed for one. */
    private static final long LITTLE = MIB;

    private static final long ORDINARY_LINE = 114;

    private static final String CUSTOM = "^ *app: (a+)+ from <HOST>$";
    private static final String STOCK = "/etc/fail2ban";

    private final Bailiff bailiff;
    private final Path directory;
    private final Bench bench;
    private final PrintStream out;

    Hostility(Bailiff bailiff, Path directory, Bench bench, PrintStream out) {
        this.bailiff = bailiff;
        this.directory = directory;
        this.bench = bench;
        this.out = out;
    }

    /** Runs them all, one log on the disk at a time. */
    void run() throws IOException, InterruptedException {
        Path config = Expressions.jail(directory.resolve("hostile"), "trap", Expressions.TRAP, directory);
        Log nothing = new Log(Files.createFile(directory.resolve("nothing.log")), 0, 0, 0);
        Optional<Result> start = measure("starting", nothing, "wordpress", config);
        double least = start.map(result -> result.cost().processor()).orElse(0.0);
        List<PerByte> costs = new ArrayList<>();
        LogRecipe attack = LogRecipe.of(LogKind.AUTH, USUAL / ORDINARY_LINE, 1);
        ordinary("ordinary log, 1 % attack", attack.attack(0.01), "wordpress", config)
                .ifPresent(result -> costs.add(PerByte.of(result, least)));
        ordinary("ordinary log, 100 % attack", attack, "wordpress", config)
                .ifPresent(result -> costs.add(PerByte.of(result, least)));
        ordinary(
                        "replay, 100 % attack, all from different /64",
                        attack.addresses(1_000_000).ipv6(1), "", config)
                .ifPresent(result -> costs.add(PerByte.of(result, least)));
        for (HostileLog hostile : HostileLog.values()) {
            Path file = directory.resolve("hostile.log");
            long lines = hostile.write(file, size(hostile));
            Log log = new Log(file, lines, -1, Files.size(file));
            measure(hostile.words(), log, filter(hostile), config(hostile, config))
                    .ifPresent(result -> costs.add(PerByte.of(result, least)));
            log.delete();
        }
        print(costs);
    }

    private Optional<Result> ordinary(String name, LogRecipe recipe, String filter, Path config)
            throws IOException, InterruptedException {
        Log log = Log.make(recipe, directory.resolve("ordinary.log"));
        try {
            return measure(name, log, filter, config);
        } finally {
            log.delete();
        }
    }

    private Optional<Result> measure(String name, Log log, String filter, Path config)
            throws IOException, InterruptedException {
        if (filter.equals("sshd") && !Files.isDirectory(config)) {
            bench.say(name + " is not measured: there is no " + config);
            return Optional.empty();
        }
        // Jails matter where addresses do; for all else a filter is enough.
        boolean jail = filter.isEmpty();
        Trial command = jail ? bailiff.replay(name, config, log) : bailiff.match(name, config, filter, log);
        Trial trial = new Trial(name, command.command(), Count.NONE, log, false);
        return bench.alone(trial);
    }

    private static String filter(HostileLog hostile) {
        return switch (hostile) {
            case SSHD_NESTED -> "sshd";
            case EXPONENTIAL -> CUSTOM;
            case COLLIDING -> "";
            case LITERALS, FROM_FROM, LONG_LINES, TOO_LONG, NO_NEWLINE, NULS, NEWLINES, FOREIGN, TIMES -> "wordpress";
        };
    }

    private static Path config(HostileLog hostile, Path config) {
        return hostile == HostileLog.SSHD_NESTED ? Path.of(STOCK) : config;
    }

    private static long size(HostileLog hostile) {
        return switch (hostile) {
            case NO_NEWLINE -> 1_024 * MIB;
            case NULS -> 256 * MIB;
            case NEWLINES -> 64 * MIB;
            case EXPONENTIAL -> LITTLE;
            case LITERALS, FROM_FROM, SSHD_NESTED, COLLIDING, LONG_LINES, TOO_LONG, FOREIGN, TIMES -> USUAL;
        };
    }

    private void print(List<PerByte> costs) {
        out.printf(
                Locale.ROOT,
                "%n== hostile logs: what a byte costs%n%-52s %9s %9s %9s %9s %9s%n",
                "",
                "ns/byte",
                "us/line",
                "x 1 %",
                "x 100 %",
                "RSS MiB");
        for (PerByte cost : costs) {
            out.printf(
                    Locale.ROOT,
                    "%-52s %9.2f %9.2f %9.2f %9.2f %9.0f%n",
                    cost.name(),
                    cost.nanos(),
                    cost.microsPerLine(),
                    cost.nanos() / costs.getFirst().nanos(),
                    cost.nanos() / costs.get(1).nanos(),
                    cost.resident());
        }
    }

    /** What a byte costs. */
    private record PerByte(String name, double nanos, double microsPerLine, double resident) {

        static PerByte of(Result result, double start) {
            double processor = Math.max(0, result.cost().processor() - start);
            return new PerByte(
                    result.trial().name(),
                    processor * 1e9 / result.trial().input().bytes(),
                    processor * 1e6 / Math.max(1, result.trial().input().lines()),
                    result.cost().resident());
        }
    }
}
