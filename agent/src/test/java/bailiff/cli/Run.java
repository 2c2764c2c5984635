package bailiff.cli;

import bailiff.control.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;

/** What a command line did: its exit code and what it wrote. */
record Run(int exit, String out, String err) {

    static Run of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
        return new Run(exit, out.toString(), err.toString());
    }

    /** The results, a line each. */
    List<String> lines() {
        return out.lines().toList();
    }

    /** The results as objects. */
    List<Map<String, Object>> objects() {
        return out.lines().map(Json::object).toList();
    }
}
