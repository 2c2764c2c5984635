package bailiff.guard;

import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.control.Request;
import bailiff.wire.Answer;
import bailiff.wire.Commands;
import bailiff.wire.PickleException;
import bailiff.wire.Pickler;
import bailiff.wire.Unpickler;
import bailiff.wire.Value;
import java.util.Base64;
import java.util.Map;
import java.util.function.Consumer;

/**
 * fail2ban's commands over the control socket, for {@code bailiff client}: pickles in Base64, since JSON does not tell
 * a tuple from a list.
 */
final class PickledCommands {

    private final Commands commands;

    PickledCommands(Commands commands) {
        this.commands = commands;
    }

    /** Carries out the request's {@code pickle}; one row with the answer's, and with the exception's class if it failed. */
    void carryOut(Request request, Consumer<Map<String, Object>> row) throws ControlException {
        Value command;
        try {
            command = Unpickler.read(
                    Base64.getDecoder().decode(request.text("pickle").orElse("")));
        } catch (PickleException | IllegalArgumentException e) {
            throw new ControlException(ControlException.USAGE, "The request holds no pickle. " + e.getMessage());
        }
        switch (commands.carryOut(command)) {
            case Answer.Done(Value value) -> row.accept(Json.of("pickle", encoded(value)));
            case Answer.Failed failed ->
                row.accept(Json.of(
                        "module", failed.module(),
                        "failure", failed.name(),
                        "pickle", encoded(new Value.Tuple(failed.arguments()))));
        }
    }

    private static String encoded(Value value) {
        return Base64.getEncoder().encodeToString(Pickler.write(value));
    }
}
