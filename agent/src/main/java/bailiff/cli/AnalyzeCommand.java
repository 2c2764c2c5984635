package bailiff.cli;

import bailiff.config.FilterReading;
import bailiff.config.Problem;
import bailiff.control.ControlException;
import bailiff.filter.Filter;
import bailiff.filter.RegexException;
import bailiff.guard.Plan;
import bailiff.line.LogLine;
import bailiff.line.Printable;
import bailiff.net.CidrSet;
import bailiff.report.Chronicle;
import bailiff.report.Disguise;
import bailiff.report.Examiner;
import bailiff.report.FindingObjects;
import bailiff.report.Findings;
import bailiff.report.GeoFiles;
import bailiff.report.Intake;
import bailiff.report.Page;
import bailiff.report.Screen;
import bailiff.report.Whereabouts;
import java.io.Console;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "analyze",
        description = "Says what happened, to a person: from access, error and auth logs, in any mix.",
        footer = {
            "",
            "Changes nothing. LOG may be -, compressed, a glob; what kind it is is found out from its lines.",
            "Attack or not, what still stands open, and what to do now."
        })
final class AnalyzeCommand extends AnyCommand {

    /** Where {@code --html} writes to when it is asked to write no file. */
    private static final Path STDOUT = Path.of("-");

    @Mixin
    private PastLogs past = new PastLogs();

    @Parameters(arity = "1..*", paramLabel = "LOG", description = "what to read")
    private List<String> logs = List.of();

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "also writes all findings to a page that needs nothing else; - for the page alone")
    private @Nullable Path html;

    @Option(names = "--anonymise", description = "shows substitutes for addresses and users")
    private boolean anonymise;

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "how many sources are listed (default: 5, or 3 where all else needs the room)")
    private @Nullable Integer top;

    @Option(
            names = "--geo",
            paramLabel = "FILE",
            description = "whose addresses are: .mmdb, GeoIP.dat, Tor's geoip, a registry's delegated list; repeatable")
    private List<Path> geo = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "Apache's LogFormat or nginx's log_format, where the usual ones do not fit; repeatable")
    private List<String> formats = List.of();

    @Override
    public Integer call() throws ControlException, IOException {
        if (top != null && top < 1) {
            throw new ControlException(ControlException.USAGE, "--top: read '" + top + "', expected 1 or more.");
        }
        if (json && STDOUT.equals(html)) {
            throw new ControlException(
                    ControlException.USAGE, "--json and --html - both write to the standard output.");
        }
        ZoneId zone = past.zone();
        CidrSet jetpack = PastServices.JETPACK;
        Chronicle chronicle = new Chronicle(jetpack::contains);
        Intake intake = new Intake(chronicle, wordpress(zone), zone);
        for (String format : formats) {
            if (!intake.addFormat(format, zone)) {
                throw new ControlException(
                        ControlException.USAGE,
                        "--format: read '" + format
                                + "', expected a LogFormat or log_format with client, time, request "
                                + "and status, and something between each two of them.");
            }
        }
        Whereabouts places = places();
        boolean sound = past.read(logs, List.of(), Optional.empty(), messages(), (name, reference) -> {
            Intake.Log log = intake.begin(name, reference);
            return (LogLine line, long _, boolean whole) -> intake.line(log, line, whole);
        });
        nameStrangers(intake);
        if (intake.logs().stream().noneMatch(Intake.Log::isUnderstood)) {
            throw new ControlException(ControlException.FAILED, "There is nothing to tell: no line was understood.");
        }
        Findings findings = new Examiner(chronicle, shown(intake, chronicle, zone)).findings(intake.logs());
        show(findings, places);
        return sound ? 0 : ControlException.FAILED;
    }

    private void nameStrangers(Intake intake) {
        for (Intake.Log log : intake.logs()) {
            if (!log.isUnderstood()) {
                messages()
                        .println("bailiff: " + Printable.text(log.name()) + ": "
                                + (log.lines() == 0
                                        ? "is empty."
                                        : "none of its " + log.lines()
                                                + " lines is an access log's, an error log's about a client, or"
                                                + " WordPress's about a login."));
            }
        }
    }

    private void show(Findings findings, Whereabouts places) throws ControlException {
        Disguise disguise = new Disguise(anonymise);
        if (json) {
            new FindingObjects(findings, places, disguise).each(this::json);
        } else if (!STDOUT.equals(html)) {
            boolean colours = isTerminal() && System.getenv("NO_COLOR") == null;
            Screen screen = new Screen(findings, places, disguise, colours, TerminalWidth.columns(isTerminal()));
            (top == null ? screen.lines() : screen.lines(top)).forEach(out()::println);
        }
        if (html != null) {
            page(html, new Page(findings, places, disguise).html());
        }
    }

    private void page(Path file, String page) throws ControlException {
        if (file.equals(STDOUT)) {
            out().print(page);
            return;
        }
        try {
            Files.writeString(file, page);
        } catch (IOException e) {
            throw new ControlException(ControlException.FAILED, "Cannot write " + file + ": " + reason(e));
        }
        messages().println("bailiff: wrote " + Printable.text(file.toString()));
    }

    /** Java says only the file's name where it is missing, not writable or a directory. */
    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such directory.";
            case AccessDeniedException _ -> "permission denied.";
            case FileSystemException system when system.getReason() != null -> system.getReason() + ".";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** In which zone times are shown: the asked one, or else that of the web server, when its clock is another. */
    private static ZoneId shown(Intake intake, Chronicle chronicle, ZoneId zone) {
        boolean asked = !zone.equals(ZoneId.systemDefault());
        return intake.offset()
                .filter(offset ->
                        !asked && !zone.getRules().getOffset(chronicle.latest()).equals(offset))
                .map(offset -> (ZoneId) offset)
                .orElse(zone);
    }

    private Filter wordpress(ZoneId zone) throws ControlException {
        return switch (new ConfigOption().reader(zone).filter("wordpress")) {
            case FilterReading.Usable usable -> {
                try {
                    yield Filter.compile(usable.filter());
                } catch (RegexException e) {
                    throw new ControlException(ControlException.USAGE, Plan.messages(e));
                }
            }
            case FilterReading.Broken(List<Problem> problems) ->
                throw new ControlException(
                        ControlException.USAGE,
                        problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        };
    }

    private Whereabouts places() throws ControlException {
        try {
            return geo.isEmpty() ? GeoFiles.usual() : GeoFiles.of(geo);
        } catch (IOException e) {
            throw new ControlException(ControlException.USAGE, "--geo: " + e.getMessage());
        }
    }
}
