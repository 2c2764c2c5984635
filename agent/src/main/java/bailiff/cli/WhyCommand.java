package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.line.Printable;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "why", description = "Shows the evidence behind a ban, or why there is none.")
final class WhyCommand extends AskingCommand {

    @Parameters(paramLabel = "IP", description = "the address")
    private String ip = "";

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    @Override
    public Integer call() throws ControlException {
        for (Map<String, Object> row : ask("why", Json.of("ip", ip))) {
            if (json) {
                json(row);
            } else {
                out().println(Printable.text(String.valueOf(row.get("answer"))));
                lines(row).forEach(line -> print(String.valueOf(line)));
            }
        }
        return 0;
    }

    /** A failure may be of several lines, those of a session; the further ones stand further in. */
    private void print(String failure) {
        String indent = "    ";
        for (String line : failure.split("\n", -1)) {
            out().println(indent + Printable.text(line));
            indent = "      ";
        }
    }

    private static List<?> lines(Map<String, Object> row) {
        return row.get("lines") instanceof List<?> lines ? lines : List.of();
    }
}
