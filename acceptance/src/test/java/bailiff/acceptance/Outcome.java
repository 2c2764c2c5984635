package bailiff.acceptance;

import java.util.List;
import java.util.Map;
import tools.jackson.jr.ob.JSON;

/**
 * How a program ended and what it said.
 *
 * @param exit its exit code
 * @param out its standard output
 * @param err its standard error
 */
record Outcome(int exit, String out, String err) {

    /** The objects of a standard output in JSON Lines. */
    List<Map<String, Object>> rows() {
        return out.lines().map(JSON.std::mapFrom).toList();
    }

    /** The one object of a standard output in JSON. */
    Map<String, Object> row() {
        List<Map<String, Object>> rows = rows();
        if (rows.size() != 1) {
            throw new AssertionError("expected one line of JSON, and there came: " + this);
        }
        return rows.getFirst();
    }

    /** The same outcome when the exit code is 0. */
    Outcome good() {
        if (exit != 0) {
            throw new AssertionError("expected exit code 0, and there came: " + this);
        }
        return this;
    }
}
