package bailiff.enforce;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts other programs; never through a shell. Safe for any thread. */
@FunctionalInterface
public interface CommandRunner {

    /**
     * Starts a program whose standard error flows into its standard output.
     *
     * @param command the program and its arguments
     * @throws IOException when there is no such program, or it may not be started
     */
    Process start(List<String> command) throws IOException;

    /** Whether what is started sees the network as this process does. */
    default boolean isHere() {
        return false;
    }

    /** The runner of this machine; programs are also looked for in the directories of the administrator. */
    static CommandRunner here() {
        return new Here();
    }

    /** A runner that puts these words before every command, such as {@code ip netns exec NAME}. */
    static CommandRunner within(List<String> prefix) {
        CommandRunner here = here();
        return command ->
                here.start(Stream.concat(prefix.stream(), command.stream()).toList());
    }

    /** Starts programs where this process is. */
    final class Here implements CommandRunner {

        private Here() {}

        @Override
        public boolean isHere() {
            return true;
        }

        @Override
        public Process start(List<String> command) throws IOException {
            List<String> words = new ArrayList<>(command);
            words.set(0, located(command.getFirst()).orElse(command.getFirst()));
            ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().put("LC_ALL", "C");
            // nft keeps a history of what it is told in the home directory.
            builder.environment().put("HOME", "/dev/null");
            return builder.start();
        }
    }

    private static Optional<String> located(String program) {
        if (program.contains("/")) {
            return Optional.empty();
        }
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin";
        return Stream.of(path.split(":"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
