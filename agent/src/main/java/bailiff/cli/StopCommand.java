package bailiff.cli;

import bailiff.control.ControlException;
import java.util.Map;
import picocli.CommandLine.Command;

@Command(
        name = "stop",
        description = "Ends the guard. Bans stay in the kernel until they end, unless the guard was told to lift them.")
final class StopCommand extends AskingCommand {

    @Override
    public Integer call() throws ControlException {
        return say("stop", Map.of());
    }
}
