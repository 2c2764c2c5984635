package bailiff.guard;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a command of the administrator's in a shell, and waits for it. Safe for any thread. */
@FunctionalInterface
interface ShellRunner {

    /** What came of a command. */
    sealed interface Result {

        /** It ended by itself, with that exit code; killed by a signal, 128 and more. */
        record Ended(int code) implements Result {}

        /** It cannot be said: it was not started, or did not end in time and was killed. */
        record Silent(String why) implements Result {}
    }

    /** Runs it, and waits as long as is allowed. */
    Result run(ShellText command);

    /** The shell of this machine; kills what takes longer than that, with its children. */
    static ShellRunner here(Duration patience) {
        return command -> {
            ProcessBuilder builder = new ProcessBuilder(List.of("/bin/sh", "-c", command.command()))
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD);
            builder.environment().putAll(command.variables());
            try {
                return await(builder.start(), patience);
            } catch (IOException e) {
                return new Result.Silent("could not be started");
            }
        };
    }

    private static Result await(Process process, Duration patience) {
        boolean ended = false;
        try {
            ended = process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ended) {
            return new Result.Ended(process.exitValue());
        }
        // The children first: once their parent is gone they can no longer be told from others.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        return new Result.Silent("did not answer within " + patience.toSeconds() + " s");
    }
}
