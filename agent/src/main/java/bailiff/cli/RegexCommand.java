package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.filter.FilterDefinition;
import bailiff.line.LogLine;
import bailiff.line.LogZone;
import bailiff.line.Printable;
import bailiff.source.PastJournal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "regex",
        aliases = "fail2ban-regex",
        hidden = true,
        description = "As fail2ban-regex: tries an expression or a filter on a log or a line, and counts the hits.",
        footer = {"", "LOG is a file or a line. REGEX is an expression, a filter (sshd[mode=aggressive]) or its file."})
final class RegexCommand extends AnyCommand {

    /** The exit code of every failure, as with fail2ban-regex. */
    static final int FAILED = 255;

    @Mixin
    private RegexOptions options = new RegexOptions();

    @Parameters(paramLabel = "LOG REGEX [IGNOREREGEX]", arity = "0..*", description = "on what to try what")
    private List<String> arguments = List.of();

    private List<List<String>> journalmatch = List.of();

    @Override
    public Integer call() throws ControlException {
        checkArguments();
        say("");
        say("Running tests\n=============\n");
        try {
            run();
            return 0;
        } catch (ControlException e) {
            out().println(e.words());
            return FAILED;
        }
    }

    private void checkArguments() throws ControlException {
        if (options.noMissed && options.allMissed) {
            throw exclusive("missed");
        }
        if (options.noIgnored && options.allIgnored) {
            throw exclusive("ignored");
        }
        if (arguments.size() < 2 || arguments.size() > 3) {
            throw RegexSubject.failed("ERROR: provide both <LOG> and <REGEX>.");
        }
        if (options.debuggex) {
            throw RegexSubject.failed("ERROR: --debuggex is not supported: nothing here talks to other sites.");
        }
    }

    private static ControlException exclusive(String what) {
        return RegexSubject.failed(
                "ERROR: --print-no-" + what + " and --print-all-" + what + " are mutually exclusive.");
    }

    private void say(String line) {
        if (options.isReporting()) {
            out().println(line);
        }
    }

    private void run() throws ControlException {
        ZoneId zone = zone();
        if (options.maxlines > 0) {
            say("Use         maxlines : " + options.maxlines);
        }
        if (options.datepattern != null) {
            say(DateForm.used(options.datepattern));
        }
        FilterDefinition definition = definition(zone);
        Trial trial = Trial.of(definition);
        RegexReport report = new RegexReport(definition, options);
        long start = System.nanoTime();
        Optional<JournalArgument> journal = JournalArgument.of(arguments.getFirst());
        if (journal.isPresent()) {
            read(journal.get(), trial, report);
        } else {
            try (Stream<String> lines = lines(definition.maxlines())) {
                say("");
                lines.filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .forEach(line -> take(trial, LogLine.of(line), report));
            }
        }
        if (options.isReporting()) {
            report.print(out(), (System.nanoTime() - start) / 1e9);
        }
    }

    private void read(JournalArgument journal, Trial trial, RegexReport report) throws ControlException {
        Charset encoding = encoding();
        say("Use         systemd journal");
        say("Use         encoding : " + options.encoding);
        List<List<String>> matches =
                options.journalmatch == null ? journalmatch : JournalArgument.matches(options.journalmatch, FAILED);
        PastJournal entries = journal.entries(matches, encoding);
        if (!matches.isEmpty()) {
            say("Use    journal match : " + entries.source().words());
        }
        say("");
        try {
            entries.read((line, _, _) -> take(trial, line, report));
        } catch (IOException e) {
            throw RegexSubject.failed(
                    "ERROR: cannot read the journal: " + Printable.text(String.valueOf(e.getMessage())));
        }
    }

    private ZoneId zone() throws ControlException {
        if (options.timezone == null) {
            return ZoneId.systemDefault();
        }
        String text = options.timezone;
        return LogZone.parse(text)
                .orElseThrow(() ->
                        RegexSubject.failed("ERROR: Unknown or unsupported time zone: " + PythonText.quoted(text)));
    }

    private FilterDefinition definition(ZoneId zone) throws ControlException {
        boolean hidesDates = options.datepattern != null;
        boolean journal = JournalArgument.of(arguments.getFirst()).isPresent();
        RegexSubject subject = new RegexSubject(options.config, zone, journal, line -> {
            if (!hidesDates || !line.startsWith("Use      datepattern")) {
                say(line);
            }
        });
        FilterDefinition base = subject.read(arguments.get(1));
        journalmatch = subject.journalmatch();
        List<String> ignoreregex = new ArrayList<>(base.ignoreregex());
        if (arguments.size() == 3) {
            String ignore = arguments.get(2);
            say(RegexSubject.use("ignoreregex", "line", RegexSubject.shortened(ignore)));
            ignoreregex.add(ignore);
        }
        return new FilterDefinition(
                base.name(),
                base.failregex(),
                ignoreregex,
                base.prefregex(),
                options.datepattern == null ? base.datepattern() : options.datepattern,
                zone,
                options.usedns == null ? base.usedns() : options.usedns,
                options.maxlines > 0 ? options.maxlines : base.maxlines(),
                base.decodesRequests());
    }

    private void take(Trial trial, LogLine line, RegexReport report) {
        String text = line.text();
        Trial.Result result = trial.take(line, InstantSource.system().instant());
        String format = options.out;
        if (format == null) {
            report.take(result.tried(options.firstOnly));
        } else if (options.invert) {
            if (result.kind() == RegexReport.Kind.MISSED) {
                out().println(RegexReport.shown(text));
            }
        } else {
            result.sighting()
                    .ifPresent(sighting -> out().println(RegexOutput.of(format, text, sighting, result.time())));
        }
    }

    private Stream<String> lines(int maxlines) throws ControlException {
        String log = arguments.getFirst();
        Charset encoding = encoding();
        if (isFile(log)) {
            try {
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(Files.newInputStream(Path.of(log)), encoding));
                say("Use         log file : " + log);
                say("Use         encoding : " + options.encoding);
                return LongLines.of(reader);
            } catch (IOException e) {
                throw RegexSubject.failed("ERROR: cannot read " + log + ": " + e.getMessage());
            }
        }
        return literal(log, maxlines);
    }

    private Stream<String> literal(String log, int maxlines) {
        if (maxlines <= 1 && log.indexOf('\n') < 0) {
            say("Use      single line : " + RegexSubject.shortened(log));
            return Stream.of(log);
        }
        String[] lines = log.split("\n", -1);
        say("Use      multi line : " + lines.length + " line(s)");
        for (int i = 0; i < Math.min(lines.length, 5); i++) {
            say("| %2s: %s".formatted(i + 1, RegexSubject.shortened(lines[i])));
        }
        if (lines.length > 5) {
            say("| ...");
        }
        say("`-");
        return Stream.of(lines);
    }

    private static boolean isFile(@Nullable String log) {
        try {
            return log != null && Files.isRegularFile(Path.of(log));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private Charset encoding() throws ControlException {
        try {
            return Charset.forName(options.encoding);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw RegexSubject.failed("ERROR: unknown encoding: " + options.encoding);
        }
    }
}
