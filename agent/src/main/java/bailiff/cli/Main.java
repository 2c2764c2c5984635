package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.line.Printable;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** The command line's entry. Exit codes: 0 done, 1 could not be done, 2 wrong usage or configuration. */
@Command(
        name = "bailiff",
        synopsisSubcommandLabel = "COMMAND",
        description = "Bans those who attack a WordPress site, in the kernel, as soon as its log shows them.",
        footer = {"", "New here? 'bailiff demo' shows a site under attack; 'bailiff check' tells what would run here."},
        subcommands = {
            DemoCommand.class,
            GuardCommand.class,
            StatusCommand.class,
            BansCommand.class,
            BanCommand.class,
            UnbanCommand.class,
            WhyCommand.class,
            ReloadCommand.class,
            StopCommand.class,
            PingCommand.class,
            ClientCommand.class,
            CheckCommand.class,
            MatchCommand.class,
            ReplayCommand.class,
            ImportCommand.class,
            RegexCommand.class,
            CommandLine.HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Main implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        PrintWriter out = writer(System.out);
        PrintWriter err = writer(System.err);
        int exit = run(out, err, arguments);
        out.flush();
        err.flush();
        // Not System.exit: by now everything is closed in order, and waiting for daemon threads costs 0.3 s.
        Runtime.getRuntime().halt(exit);
    }

    /** Runs one command with these outputs and gives its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new Main());
        // The client reads its arguments itself, as fail2ban's does: options end where the command begins.
        Objects.requireNonNull(line.getSubcommands().get("client"), "is one of them")
                .setUnmatchedOptionsArePositionalParams(true);
        return line.setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain)
                .execute(arguments);
    }

    private static int explain(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof ControlException refusal) {
            err.println("bailiff: "
                    + refusal.words()
                            .lines()
                            .map(Printable::text)
                            .reduce((a, b) -> a + "\n" + b)
                            .orElse(""));
            return refusal.exit();
        }
        String where = Stream.of(failure.getStackTrace())
                .map(frame -> " at " + frame)
                .findFirst()
                .orElse("");
        err.println("bailiff: this is a defect, please report it: " + Printable.text(failure + where));
        return 1;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, false, StandardCharsets.UTF_8);
    }

    /** Without a command: the help. */
    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
