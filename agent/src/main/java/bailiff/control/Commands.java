package bailiff.control;

import java.util.Map;
import java.util.function.Consumer;

/** Carries out what is asked over the socket; the guard. Called on many threads at once. */
public interface Commands {

    /**
     * Carries out one command.
     *
     * @param row takes each object of the answer, in order
     * @throws ControlException when it could not be done
     */
    void carryOut(Request request, Consumer<Map<String, Object>> row) throws ControlException;
}
