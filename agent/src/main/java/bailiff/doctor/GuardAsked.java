package bailiff.doctor;

import bailiff.control.ControlClient;
import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.control.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The running guard, as far as the doctor asks it. */
@FunctionalInterface
interface GuardAsked {

    /**
     * The objects of its answer.
     *
     * @throws ControlException when it does not answer, or not so
     */
    List<Map<String, Object>> ask(String command, Map<String, Object> options) throws ControlException;

    /** The guard at that socket. */
    static GuardAsked at(Path socket) {
        return (command, options) -> {
            List<Map<String, Object>> rows = new ArrayList<>();
            ControlClient.ask(socket, new Request(command, options), rows::add);
            return rows;
        };
    }

    /** How it is doing, as {@code bailiff status --json} has it. */
    default Map<String, Object> status() throws ControlException {
        return ask("status", Json.of("jail", "")).getFirst();
    }

    /** The lines that it has read which hold that word; looks out for it from now on. */
    default List<Map<String, Object>> watch(String word) throws ControlException {
        return ask("watch", Json.of("word", word));
    }
}
