package bailiff.cli;

import bailiff.control.Json;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What every command has: results on standard output, messages for people on standard error, {@code --help}. */
@Command(mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = false)
abstract class AnyCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    /** Where results go. */
    final PrintWriter out() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine().getOut();
    }

    /** Where messages for people go. */
    final PrintWriter messages() {
        return Objects.requireNonNull(spec, "picocli sets it").commandLine().getErr();
    }

    /** Writes one object as a line of JSON. */
    final void json(Map<String, ?> object) {
        out().println(Json.line(object));
    }
}
