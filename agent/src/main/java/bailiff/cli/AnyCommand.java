package bailiff.cli;

import bailiff.control.Json;
import java.util.Map;
import picocli.CommandLine.Command;

/** What every command has that picocli reads the arguments of: {@code --help}, and JSON for scripts. */
@Command(mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = false)
abstract class AnyCommand extends Printing {

    /** Writes one object as a line of JSON. */
    final void json(Map<String, ?> object) {
        out().println(Json.line(object));
    }
}
