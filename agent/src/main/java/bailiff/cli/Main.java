package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.line.Printable;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;

/** The command line's entry. Exit codes: 0 done, 1 could not be done, 2 wrong usage or configuration. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        PrintWriter out = writer(System.out);
        PrintWriter err = writer(System.err);
        int exit = run(out, err, arguments);
        out.flush();
        err.flush();
        // Not System.exit: by now everything is closed in order, and waiting for daemon threads costs 0.3 s.
        Runtime.getRuntime().halt(exit);
    }

    /** Runs one command with these outputs and gives its exit code. */
    static int run(PrintWriter out, PrintWriter err, String... arguments) {
        Optional<Printing> bare = BareCommand.of(arguments);
        if (bare.isEmpty()) {
            return CommandTree.run(out, err, arguments);
        }
        try {
            bare.get().writeTo(out, err);
            return bare.get().call();
        } catch (Exception failure) {
            return explain(failure, err);
        }
    }

    /** Says why a command failed, in a line, and gives the exit code. */
    static int explain(Exception failure, PrintWriter err) {
        if (failure instanceof ControlException refusal) {
            err.println("bailiff: "
                    + refusal.words()
                            .lines()
                            .map(Printable::text)
                            .reduce((a, b) -> a + "\n" + b)
                            .orElse(""));
            return refusal.exit();
        }
        String where = Stream.of(failure.getStackTrace())
                .map(frame -> " at " + frame)
                .findFirst()
                .orElse("");
        err.println("bailiff: this is a defect, please report it: " + Printable.text(failure + where));
        return 1;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, false, StandardCharsets.UTF_8);
    }
}
