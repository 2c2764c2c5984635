package bailiff.cli;

import bailiff.control.ControlException;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(name = "ping", description = "Tells whether the guard is running.")
final class PingCommand extends AskingCommand {

    @Override
    public Integer call() throws ControlException {
        return say("ping", Map.of());
    }
}
