package bailiff.cli;

import bailiff.control.ControlClient;
import bailiff.control.ControlException;
import bailiff.control.Request;
import bailiff.guard.Places;
import bailiff.line.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** A command that the running guard answers. */
abstract class AskingCommand extends AnyCommand {

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description = "directory of the guard's socket (default: $$BAILIFF_RUN, else /run/bailiff)")
    private Path run = Places.run();

    /** The directory of the guard's socket. */
    final Path run() {
        return run;
    }

    /** Asks the guard and gives the objects of its answer. */
    final List<Map<String, Object>> ask(String command, Map<String, Object> options) throws ControlException {
        List<Map<String, Object>> rows = new ArrayList<>();
        ControlClient.ask(run.resolve(Places.SOCKET), new Request(command, options), rows::add);
        return rows;
    }

    /** Asks the guard and prints its answer, one sentence a row. */
    final int say(String command, Map<String, Object> options) throws ControlException {
        ask(command, options).forEach(row -> out().println(Printable.text(String.valueOf(row.get("answer")))));
        return 0;
    }
}
