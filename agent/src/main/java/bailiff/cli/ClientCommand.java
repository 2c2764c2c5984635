package bailiff.cli;

import bailiff.config.ConfigReader;
import bailiff.config.Configuration;
import bailiff.config.Host;
import bailiff.config.TimeExpression;
import bailiff.control.ControlException;
import bailiff.guard.Places;
import bailiff.guard.Plan;
import bailiff.line.Printable;
import bailiff.wire.Answer;
import bailiff.wire.Value;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "client",
        description = "Takes fail2ban-client's options and commands, and answers as it does, with its exit codes.")
final class ClientCommand extends Printing {

    private static final int FAILED = 255;
    private static final Path OWN = Path.of("/etc/bailiff");
    private static final List<String> RELOAD_OPTIONS = List.of("--restart", "--unban", "--if-exists");

    /* Python's years and months are no whole numbers of seconds to fail2ban, so it counts with floats from there on. */
    private static final Pattern FLOATS = Pattern.compile("(?i).*(?:\\.|\\d\\s*(?:y|mo)).*");
    private static final double MILLIS = 1_000;

    @Parameters(
            paramLabel = "ARG",
            arity = "0..*",
            description = "fail2ban-client's options and command; -h lists them")
    private List<String> arguments = new ArrayList<>();

    /** For picocli, which fills the arguments in. */
    ClientCommand() {}

    /** For these arguments of fail2ban-client. */
    ClientCommand(List<String> arguments) {
        this.arguments = arguments;
    }

    @Override
    public Integer call() {
        Optional<ClientOptions> options = ClientOptions.parse(arguments);
        if (options.isEmpty()) {
            ClientUsage.print(out());
            return FAILED;
        }
        return call(options.get()) ? 0 : FAILED;
    }

    private void complain(String sentence) {
        messages().println("bailiff client: " + Printable.text(sentence));
    }

    private void print(String text) {
        // Line by line and cell by cell, since tabs and line feeds are the form and anything else may be hostile.
        for (String line : text.split("\n", -1)) {
            List<String> cells = new ArrayList<>();
            for (String cell : line.split("\t", -1)) {
                cells.add(Printable.text(cell, Integer.MAX_VALUE));
            }
            out().println(String.join("\t", cells));
        }
    }

    private boolean call(ClientOptions options) {
        if (options.value("str2sec").isPresent()) {
            return seconds(options.value("str2sec").get());
        }
        if (options.has("h")) {
            ClientUsage.print(out());
            return true;
        }
        if (options.has("V") || options.has("version")) {
            out().println(options.has("V") ? Version.text() : "Bailiff v" + Version.text());
            return true;
        }
        if (options.has("d") || options.has("dp")) {
            dump(options);
            if (!options.has("t")) {
                return true;
            }
        }
        if (options.has("t") && !test(options)) {
            return false;
        }
        if (options.has("t") && options.words().isEmpty()) {
            out().println("OK: configuration test is successful");
            return true;
        }
        return converse(options);
    }

    private boolean seconds(String text) {
        Optional<Duration> time = TimeExpression.parse(text);
        if (time.isEmpty()) {
            out().println("ERROR: read " + Printable.text(Value.of(text).repr()) + ", expected a time such as 1d 12h");
            return false;
        }
        boolean whole =
                time.get().toMillis() % 1_000 == 0 && !FLOATS.matcher(text).matches();
        Value value = whole
                ? Value.of(time.get().toSeconds())
                : new Value.Real(time.get().toMillis() / MILLIS);
        out().println(value.str());
        return true;
    }

    private static Configuration configuration(ClientOptions options) {
        Host host = new Host(ZoneId.systemDefault(), Host.local().services());
        return options.value("c")
                .map(directory -> ConfigReader.alone(Path.of(directory), host))
                .orElseGet(() -> ConfigReader.overBuiltIn(OWN, host))
                .read();
    }

    /* As in fail2ban, a jail that is left out is among the commands, and the dump is no failure for that. */
    private void dump(ClientOptions options) {
        Configuration configuration = configuration(options);
        configuration.problems().forEach(problem -> complain(problem.toString()));
        ConfigurationDump.of(configuration)
                .forEach(command -> print(options.has("dp") ? PrettyPython.of(command) : command.repr()));
    }

    private boolean test(ClientOptions options) {
        Plan plan = Plan.of(configuration(options));
        plan.problems().forEach(problem -> complain(problem.toString()));
        if (plan.hasErrors()) {
            complain("ERROR: test configuration failed");
        }
        return !plan.hasErrors();
    }

    private boolean converse(ClientOptions options) {
        Path socket =
                options.value("s").map(Path::of).orElseGet(() -> Places.run().resolve(Places.SOCKET));
        GuardAnswers guard = new GuardAnswers(socket);
        if (options.has("i")) {
            return interact(guard, options.words());
        }
        if (options.words().isEmpty()) {
            ClientUsage.print(out());
            return false;
        }
        return carryOut(guard, options.words());
    }

    private boolean interact(GuardAnswers guard, List<String> first) {
        boolean done = first.isEmpty() || carryOut(guard, first);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        while (done) {
            out().print("fail2ban> ");
            out().flush();
            String line = read(in);
            if (line == null || line.equals("exit") || line.equals("quit")) {
                return true;
            }
            Optional<List<String>> words = ShellWords.of(line);
            if (words.isEmpty()) {
                complain("A quote is not closed.");
            } else if (line.strip().equals("help")) {
                ClientUsage.print(out());
            } else if (!words.get().isEmpty()) {
                carryOut(guard, words.get());
            }
        }
        return false;
    }

    private static @Nullable String read(BufferedReader in) {
        try {
            return in.readLine();
        } catch (IOException e) {
            return null;
        }
    }

    private boolean carryOut(GuardAnswers guard, List<String> words) {
        try {
            return switch (words.getFirst()) {
                case "start" -> words.size() == 1 ? start(guard) : send(guard, words, Value.texts(words));
                case "restart" -> words.size() == 1 ? restart() : reload(guard, words, true);
                case "reload" -> reload(guard, words, false);
                default -> send(guard, words, Value.texts(words));
            };
        } catch (ControlException e) {
            complain(e.words());
            return false;
        }
    }

    private boolean start(GuardAnswers guard) {
        try {
            guard.ask(Value.texts(List.of("ping")));
            complain("Server already running");
        } catch (ControlException e) {
            complain("'bailiff guard' starts the guard, or 'systemctl start bailiff' where it is a service.");
        }
        return false;
    }

    private boolean restart() {
        complain("'systemctl restart bailiff' restarts the guard; 'reload' reads its configuration anew.");
        return false;
    }

    private boolean reload(GuardAnswers guard, List<String> words, boolean restart) throws ControlException {
        List<String> left = new ArrayList<>(words.subList(1, words.size()));
        List<String> options = new ArrayList<>();
        if (restart) {
            options.add("--restart");
        }
        while (!left.isEmpty() && RELOAD_OPTIONS.contains(left.getFirst())) {
            options.add(left.removeFirst());
        }
        if (left.size() > 1) {
            complain("Unexpected argument(s) for reload: " + Value.texts(left).repr());
            return false;
        }
        String jail = left.isEmpty() ? "--all" : left.getFirst();
        Value command =
                Value.list(List.of(Value.of("reload"), Value.of(jail), Value.texts(options), Value.texts(List.of())));
        return send(guard, words, command);
    }

    private boolean send(GuardAnswers guard, List<String> words, Value command) throws ControlException {
        switch (guard.ask(command)) {
            case Answer.Done(Value value) -> {
                print(ClientReply.of(words, value));
                return true;
            }
            case Answer.Failed failed -> {
                complain("NOK: " + new Value.Tuple(failed.arguments()).repr());
                print(refusal(failed));
                return false;
            }
        }
    }

    private static String refusal(Answer.Failed failed) {
        String first = failed.arguments().isEmpty()
                ? ""
                : failed.arguments().getFirst().str();
        return switch (failed.name()) {
            case "UnknownJailException" -> "Sorry but the jail '" + first + "' does not exist";
            case "DuplicateJailException" -> "The jail '" + first + "' already exists";
            case "IndexError" -> "Sorry but the command is invalid";
            default -> failed.str();
        };
    }
}
