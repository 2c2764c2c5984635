package bailiff.cli;

import bailiff.control.ControlClient;
import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.control.Request;
import bailiff.wire.Answer;
import bailiff.wire.PickleException;
import bailiff.wire.Pickler;
import bailiff.wire.Unpickler;
import bailiff.wire.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Has the running guard carry out fail2ban's commands, over its control socket. */
final class GuardAnswers {

    private final Path socket;

    GuardAnswers(Path socket) {
        this.socket = socket;
    }

    /**
     * What came of the command.
     *
     * @throws ControlException when no guard answers
     */
    Answer ask(Value command) throws ControlException {
        String pickle = Base64.getEncoder().encodeToString(Pickler.write(command));
        List<Map<String, Object>> rows = new ArrayList<>();
        ControlClient.ask(socket, new Request("fail2ban", Json.of("pickle", pickle)), rows::add);
        if (rows.size() != 1) {
            throw notUnderstood("it came in " + rows.size() + " parts");
        }
        return answer(rows.getFirst());
    }

    private static Answer answer(Map<String, Object> row) throws ControlException {
        Value value;
        try {
            value = Unpickler.read(Base64.getDecoder().decode(String.valueOf(row.get("pickle"))));
        } catch (PickleException | IllegalArgumentException e) {
            throw notUnderstood(String.valueOf(e.getMessage()));
        }
        if (row.get("failure") instanceof String name && value instanceof Value.Tuple(List<Value> arguments)) {
            return new Answer.Failed(String.valueOf(row.get("module")), name, arguments);
        }
        return new Answer.Done(value);
    }

    private static ControlException notUnderstood(String why) {
        return new ControlException(ControlException.FAILED, "The guard's answer was not understood: " + why + ".");
    }
}
