package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.control.Json;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "ban",
        description = "Bans addresses or networks by hand.",
        footer = {"", "Without --jail the ban closes every port. Whoever must never be banned is refused."})
final class BanCommand extends AskingCommand {

    @Parameters(paramLabel = "IP|CIDR", arity = "1..*", description = "whom to ban")
    private List<String> subjects = List.of();

    @Option(names = "--jail", paramLabel = "JAIL", defaultValue = "", description = "close this jail's ports only")
    private String jail = "";

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "",
            description = "how long: 10m, 2h, 1d 12h, -1 for ever (default: the jail's bantime, else one day)")
    private String time = "";

    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "why, for 'bailiff why'")
    private String reason = "";

    @Override
    public Integer call() throws ControlException {
        Map<String, Object> options = Json.of("subjects", subjects, "jail", jail, "for", time, "reason", reason);
        return say("ban", options);
    }
}
