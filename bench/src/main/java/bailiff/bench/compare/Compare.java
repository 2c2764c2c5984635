package bailiff.bench.compare;

import bailiff.bench.logs.LogKind;
import bailiff.bench.logs.LogRecipe;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Bailiff and its peers over the same logs, as whole processes; run by {@code bench/compare}. */
public final class Compare {

    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** A line's share of the disk, at most, in bytes: Apache's are the longest. */
    private static final long LONGEST_LINE = 260;

    /** fail2ban gets the beginning of the log: it would need two minutes for all of ten million lines. */
    private static final long FOR_FAIL2BAN = 200_000;

    /** And of those whose time it has to search for, fewer still. */
    private static final long FOR_SEARCHING_FAIL2BAN = 10_000;

    private static final long FOR_FAIL2BAN_SERVER = 60_000;

    private static final double MOST_RESIDENT = 128;

    private static final String TRAP = "trap";
    private static final String XMLRPC = "xmlrpc";

    private final Bailiff bailiff;
    private final Path directory;
    private final Options options;
    private final Bench bench;
    private final PrintStream out;

    private Compare(Path launcher, Path directory, Options options, PrintStream out) {
        this.bailiff = new Bailiff(launcher);
        this.directory = directory;
        this.options = options;
        this.out = out;
        this.bench = new Bench(new Program(directory, LONGEST), options.rounds(), out);
    }

    /** Arguments: the launcher, an empty directory, options. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try {
            Options options = Options.of(Arrays.asList(arguments).subList(2, arguments.length));
            Path directory = Path.of(arguments[1]);
            long needed = 2 * options.lines() * LONGEST_LINE;
            if (directory.toFile().getUsableSpace() < needed) {
                throw new IllegalArgumentException("This needs up to " + (needed >> 20) + " MiB in " + directory + ".");
            }
            boolean right = new Compare(Path.of(arguments[0]), directory, options, System.out).run();
            System.exit(right ? 0 : 1);
        } catch (IllegalArgumentException e) {
            System.err.println("compare: " + e.getMessage());
            System.exit(2);
        }
    }

    private boolean run() throws IOException, InterruptedException {
        out.printf(
                Locale.ROOT,
                "%,d lines, median of %d rounds, whole processes; %s%n",
                options.lines(),
                options.rounds(),
                load());
        if (!Program.canMeasure()) {
            bench.say("no memory and no processor time: there is no /usr/bin/time");
        }
        if (options.has("auth") || options.has("jails")) {
            auth();
        }
        if (options.has("attack")) {
            attack();
        }
        if (options.has("access")) {
            access();
        }
        if (options.has("growth")) {
            growth();
        }
        if (options.has("addresses")) {
            addresses();
        }
        if (options.hostile()) {
            new Hostility(bailiff, directory, bench, out).run();
        }
        boolean right = bench.conclude();
        out.println("\n" + load());
        return right;
    }

    private Log log(LogKind kind, double attack, long lines) throws IOException {
        String name = kind.label() + "-" + attack + "-" + lines + ".log";
        return Log.make(LogRecipe.of(kind, Math.min(lines, options.lines()), attack), directory.resolve(name));
    }

    private Path config(String name, String failregex, Log log) throws IOException {
        Path config = directory.resolve(name + "-" + log.lines());
        return Files.exists(config) ? config : Expressions.jail(config, name, failregex, log.path());
    }

    private void auth() throws IOException, InterruptedException {
        Log log = log(LogKind.AUTH, 0.01, options.lines());
        if (options.has("auth")) {
            Log head = log(LogKind.AUTH, 0.01, FOR_FAIL2BAN);
            Path config = config(TRAP, Expressions.TRAP, log);
            Path empty = Files.createDirectories(directory.resolve("empty"));
            List<Trial> trials = new ArrayList<>(List.of(
                    bailiff.match("bailiff match", config, TRAP, log),
                    bailiff.replay("bailiff replay", config, log),
                    bailiff.match("bailiff match, built-in filter", empty, "wordpress", log),
                    Peers.fail2banRegex("fail2ban-regex", config, TRAP, "", head)));
            trials.addAll(Peers.scanners(Expressions.TRAP_GREP, Expressions.TRAP_LITERAL, log));
            Results results = bench.run("authentication log, 1 % attack lines", trials);
            for (String ours : List.of("bailiff match", "bailiff replay")) {
                bench.target("auth 1 %: " + ours + " / fail2ban-regex", results, ours, "fail2ban-regex", 250);
                bench.target("auth 1 %: " + ours + " / grep -cE", results, ours, "grep -cE", 1);
                bench.target("auth 1 %: " + ours + " / rg -c", results, ours, "rg -c", 1);
                bench.target("auth 1 %: " + ours + " / grep -c -F", results, ours, "grep -c -F", 0.5);
            }
            head.delete();
        }
        if (options.has("jails")) {
            jails(log);
        }
        log.delete();
    }

    private void jails(Log log) throws IOException, InterruptedException {
        Path installed = Path.of("/etc/fail2ban");
        if (!Files.isDirectory(installed)) {
            bench.say("all jails at once are not measured: there is no " + installed);
            return;
        }
        Path config = directory.resolve("stock");
        Stock.copy(installed, config);
        Expressions.jail(config, TRAP, Expressions.TRAP, log.path());
        List<String> jails = Stock.jails(config);
        Stock.enable(config, jails, log.path());
        Path one = config(TRAP, Expressions.TRAP, log);
        String all = "bailiff replay, " + (jails.size() + 1) + " jails";
        Log uncounted = new Log(log.path(), log.lines(), -1, log.bytes());
        Trial many = new Trial(all, bailiff.replay(all, config, log).command(), Count.NONE, uncounted, true);
        Log head = log(LogKind.AUTH, 0.01, FOR_SEARCHING_FAIL2BAN);
        Trial others = Peers.fail2banRegexes("fail2ban-regex, one by one", config, jails, head);
        List<Result> once = bench.alone(others, 1).stream().toList();
        head.delete();
        Results results = bench.run(
                "all stock jails at once beside one",
                List.of(
                        bailiff.replay("bailiff replay, 1 jail", one, log),
                        bailiff.replay("the same, out of all", config, TRAP, log),
                        many),
                once);
        bench.target("one jail's time / that of " + (jails.size() + 1), results, all, "bailiff replay, 1 jail", 0.5);
    }

    private void attack() throws IOException, InterruptedException {
        Log log = log(LogKind.AUTH, 1, options.lines());
        Log head = log(LogKind.AUTH, 1, FOR_FAIL2BAN);
        Path config = config(TRAP, Expressions.TRAP, log);
        List<Trial> trials = new ArrayList<>(List.of(
                bailiff.replay("bailiff replay", config, log),
                Peers.fail2banRegex("fail2ban-regex", config, TRAP, "", head)));
        trials.addAll(Peers.scanners(Expressions.TRAP_GREP, Expressions.TRAP_LITERAL, log));
        List<Result> server = new ArrayList<>();
        try {
            server.add(Fail2banRate.measure(directory.resolve("server"), FOR_FAIL2BAN_SERVER));
        } catch (IOException e) {
            bench.say("fail2ban-server is not measured: " + e.getMessage());
        }
        Results results = bench.run("authentication log, 100 % attack lines", trials, server);
        double ours = results.of("bailiff replay").map(Result::rateOfOneCore).orElse(Double.NaN);
        double theirs = results.of("fail2ban-server").map(Result::rate).orElse(Double.NaN);
        bench.target("auth 100 %: bailiff replay, lines per second of processor / fail2ban-server", ours / theirs, 200);
        log.delete();
        head.delete();
    }

    private void access() throws IOException, InterruptedException {
        Log log = log(LogKind.ACCESS, 0.01, options.lines());
        Log head = log(LogKind.ACCESS, 0.01, FOR_FAIL2BAN);
        Log start = log(LogKind.ACCESS, 0.01, FOR_SEARCHING_FAIL2BAN);
        Path config = config(XMLRPC, Expressions.XMLRPC, log);
        String informed = "fail2ban-regex, datepattern";
        List<Trial> trials = new ArrayList<>(List.of(
                bailiff.match("bailiff match", config, XMLRPC, log),
                bailiff.replay("bailiff replay", config, log),
                Peers.fail2banRegex(informed, config, XMLRPC, Expressions.ACCESS_TIME, head),
                Peers.fail2banRegex("fail2ban-regex", config, XMLRPC, "", start)));
        trials.addAll(Peers.scanners(Expressions.XMLRPC_GREP, Expressions.XMLRPC_LITERAL, log));
        List<Result> once = new ArrayList<>();
        try {
            Trial crowdSec = CrowdSec.prepare(directory.resolve("crowdsec"), start);
            bench.alone(crowdSec, 1).ifPresent(once::add);
        } catch (IOException e) {
            bench.say("crowdsec is not measured: " + e.getMessage());
        }
        Results results = bench.run("Apache combined log, 1 % attack lines", trials, once);
        for (String ours : List.of("bailiff match", "bailiff replay")) {
            bench.target("access 1 %: " + ours + " / " + informed, results, ours, informed, 250);
            bench.target("access 1 %: " + ours + " / rg -c", results, ours, "rg -c", 0.5);
            bench.target("access 1 %: " + ours + " / crowdsec", results, ours, "crowdsec", 5_000);
        }
        log.delete();
        head.delete();
        start.delete();
    }

    private void growth() throws IOException, InterruptedException {
        List<Log> logs = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (long lines = 100_000; lines <= options.lines(); lines *= 10) {
            Log log = log(LogKind.AUTH, 0.01, lines);
            Path config = config(TRAP, Expressions.TRAP, log);
            String size = String.format(Locale.ROOT, " %,d", lines);
            trials.add(bailiff.match("bailiff match" + size, config, TRAP, log));
            trials.add(bailiff.replay("bailiff replay" + size, config, log));
            logs.add(log);
        }
        bench.run("how cost grows with the log: 1 % attack lines", trials);
        for (Log log : logs) {
            log.delete();
        }
    }

    private void addresses() throws IOException, InterruptedException {
        long lines = Math.min(2_000_000, options.lines());
        List<Log> logs = new ArrayList<>();
        List<Trial> trials = new ArrayList<>();
        for (int addresses : new int[] {100, 10_000, 100_000, 1_000_000}) {
            LogRecipe recipe = LogRecipe.of(LogKind.AUTH, lines, 1).addresses(addresses);
            Log log = Log.make(recipe, directory.resolve("addresses-" + addresses + ".log"));
            Path config = config(TRAP, Expressions.TRAP, log);
            trials.add(bailiff.replay(String.format(Locale.ROOT, "%,d addresses", addresses), config, log));
            logs.add(log);
        }
        Results results = bench.run("how cost grows with the attackers: bailiff replay, 100 % attack lines", trials);
        double resident = results.of(trials.getLast().name())
                .map(result -> result.cost().resident())
                .filter(mib -> mib > 0)
                .orElse(Double.NaN);
        bench.target("128 MiB / resident memory with 1,000,000 addresses", MOST_RESIDENT / resident, 1);
        for (Log log : logs) {
            log.delete();
        }
    }

    private static String load() throws IOException {
        String[] averages = Files.readString(Path.of("/proc/loadavg")).split(" ", 4);
        return String.format(
                Locale.ROOT,
                "load %s %s %s on %d processors",
                averages[0],
                averages[1],
                averages[2],
                Runtime.getRuntime().availableProcessors());
    }
}
