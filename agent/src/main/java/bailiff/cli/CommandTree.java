package bailiff.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The commands under {@code bailiff}. Telling picocli of one takes 2 to 10 ms before the machine is warm, so a command
 * that is asked for by its name is the only one it hears of; the help and a wrong name get to see all.
 */
@Command(
        name = "bailiff",
        synopsisSubcommandLabel = "COMMAND",
        description = "Bans those who attack a WordPress site, in the kernel, as soon as its log shows them.",
        footer = {"", "New here? 'bailiff demo' shows a site under attack; 'bailiff check' tells what would run here."},
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
final class CommandTree implements Runnable {

    /* As the help lists them. */
    private static final List<String> NAMES = List.of(
            "demo", "guard", "status", "bans", "ban", "unban", "why", "campaigns", "reload", "stop", "ping", "client", "check",
            "doctor", "match", "replay", "analyze", "import", "regex", "door");

    @Spec
    private @Nullable CommandSpec spec;

    private CommandTree() {}

    /** Runs the command that the arguments ask for, and gives its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine line = new CommandLine(new CommandTree());
        Optional<Printing> asked = arguments.length == 0 ? Optional.empty() : command(arguments[0]);
        if (asked.isPresent()) {
            add(line, arguments[0], asked.get(), out, err);
        } else {
            NAMES.forEach(name -> add(line, name, command(name).orElseThrow(), out, err));
            line.addSubcommand(new CommandLine.HelpCommand());
        }
        return line.setOut(out)
                .setErr(err)
                .setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> Main.explain(failure, command.getErr()))
                .execute(arguments);
    }

    private static void add(CommandLine line, String name, Printing command, PrintWriter out, PrintWriter err) {
        command.writeTo(out, err);
        CommandLine added = new CommandLine(command);
        // The client reads its arguments itself, as fail2ban's does: options end where the command begins.
        added.setUnmatchedOptionsArePositionalParams(name.equals("client"));
        line.addSubcommand(name, added);
    }

    private static Optional<Printing> command(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "demo" -> new DemoCommand();
                    case "guard" -> new GuardCommand();
                    case "doctor" -> new DoctorCommand();
                    case "status" -> new StatusCommand();
                    case "bans" -> new BansCommand();
                    case "ban" -> new BanCommand();
                    case "unban" -> new UnbanCommand();
                    case "why" -> new WhyCommand();
                    case "campaigns" -> new CampaignsCommand();
                    case "reload" -> new ReloadCommand();
                    case "stop" -> new StopCommand();
                    case "ping" -> new PingCommand();
                    case "client" -> new ClientCommand();
                    case "check" -> new CheckCommand();
                    case "match" -> new MatchCommand();
                    case "replay" -> new ReplayCommand();
                    case "analyze" -> new AnalyzeCommand();
                    case "import" -> new ImportCommand();
                    case "regex" -> new RegexCommand();
                    case "door" -> new DoorCommand();
                    default -> null;
                });
    }

    /** Without a command: the help. */
    @Override
    public void run() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getOut());
        }
    }
}
