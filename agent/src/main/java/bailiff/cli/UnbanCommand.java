package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.control.Json;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "unban",
        description = "Ends bans before their time.",
        footer = {"", "A network ends every ban inside it; an address also ends the ban of a network that holds it."})
final class UnbanCommand extends AskingCommand {

    @Parameters(paramLabel = "IP|CIDR", arity = "0..*", description = "whose bans to end")
    private List<String> subjects = List.of();

    @Option(names = "--all", description = "end every ban")
    private boolean all;

    @Option(names = "--jail", paramLabel = "JAIL", defaultValue = "", description = "only in this jail")
    private String jail = "";

    @Override
    public Integer call() throws ControlException {
        if (all != subjects.isEmpty()) {
            throw new ControlException(ControlException.USAGE, "Name addresses or networks, or give --all.");
        }
        Map<String, Object> options = Json.of("subjects", subjects, "all", all, "jail", jail);
        return say("unban", options);
    }
}
