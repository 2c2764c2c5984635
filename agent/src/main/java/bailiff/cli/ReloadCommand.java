package bailiff.cli;

import bailiff.control.ControlException;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "reload",
        description = "Reads the configuration again; jails that have not changed keep their counters and bans.")
final class ReloadCommand extends AskingCommand {

    @Override
    public Integer call() throws ControlException {
        return say("reload", Map.of());
    }
}
