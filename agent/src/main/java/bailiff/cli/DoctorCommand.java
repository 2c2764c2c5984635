package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.doctor.Doctor;
import bailiff.doctor.Finding;
import bailiff.line.Printable;
import java.io.Console;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description =
                "Tries whether a ban works here and the traps fire: sends two failing logins and a failing pingback to"
                        + " your own site, on this machine only, and follows them to the guard.",
        footer = {"", "Exit code 0 when nothing failed, 1 when something did, 2 when the site is another machine's."})
final class DoctorCommand extends AskingCommand {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--site", paramLabel = "URL", description = "the site's address (default: http://127.0.0.1/)")
    private @Nullable String site;

    @Option(
            names = "--at",
            paramLabel = "ADDRESS",
            description = "where to reach it, in place of what its name says: 127.0.0.1 behind a proxy or CDN")
    private @Nullable String at;

    @Option(
            names = "--wordpress",
            paramLabel = "DIR",
            description = "the directory of WordPress (default: looked for in /var/www, /srv, /usr/share)")
    private @Nullable Path wordPress;

    @Option(names = "--yes", description = "do not ask before anything is sent")
    private boolean yes;

    @Option(names = "--json", description = "one JSON object a line for each step")
    private boolean json;

    private boolean failed;

    @Override
    public Integer call() throws ControlException, InterruptedException {
        if (!isAgreed()) {
            messages().println("Nothing was sent.");
            return ControlException.FAILED;
        }
        Doctor.Order order = new Doctor.Order(
                config.reader(),
                run(),
                Optional.ofNullable(site),
                Optional.ofNullable(at),
                Optional.ofNullable(wordPress),
                Version.text());
        new Doctor(order, this::tell).examine();
        return failed ? ControlException.FAILED : 0;
    }

    /** Who has a terminal is asked; a script knows what it does. Without a terminal Java 25 has no console again. */
    @SuppressWarnings("SystemConsoleNull")
    private boolean isAgreed() {
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (yes || json || terminal.isEmpty()) {
            return true;
        }
        String answer =
                terminal.get().readLine("Send two failing logins and a failing pingback to the site here? [Y/n] ");
        return answer != null
                && (answer.isBlank() || answer.strip().toLowerCase(Locale.ROOT).startsWith("y"));
    }

    private void tell(Finding finding) {
        failed |= finding.state() == Finding.State.FAILED;
        if (json) {
            json(Json.of(
                    "step", finding.step(),
                    "state", finding.state().toString(),
                    "detail", finding.detail(),
                    "advice", finding.advice()));
        } else {
            String state = finding.state() == Finding.State.FAILED
                    ? "FAILED"
                    : finding.state().toString();
            out().println("%-10s  %-13s  %s".formatted(state, finding.step(), Printable.text(finding.detail())));
            if (!finding.advice().isEmpty()) {
                out().println(" ".repeat(27) + Printable.text(finding.advice()));
            }
        }
        out().flush();
    }
}
