package bailiff.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Bailiff's guard as the launcher starts it, with everything that it writes in one directory. */
final class BailiffProcess implements Contender {

    private final String name;
    private final List<Path> logs;
    private final Process process;

    private BailiffProcess(String name, List<Path> logs, Process process) {
        this.name = name;
        this.logs = logs;
        this.process = process;
    }

    /** Starts the guard over so many logs; returns when it reads. The launcher must not have to build first. */
    static BailiffProcess start(Path launcher, Path directory, int logs) throws IOException, InterruptedException {
        List<Path> paths = Recipe.logs(directory.resolve("log"), logs);
        Recipe.write(directory.resolve("config"), paths, "nftables-multiport");
        return start(launcher, directory, paths);
    }

    /** Starts the guard once more, over what an earlier one left in the directory; returns when it reads. */
    static BailiffProcess again(Path launcher, Path directory) throws IOException, InterruptedException {
        return start(launcher, directory, List.of(directory.resolve("log").resolve("auth.log")));
    }

    private static BailiffProcess start(Path launcher, Path directory, List<Path> paths)
            throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        String name = Programs.ask(launcher.toString(), "--version");
        Path run = run(directory);
        Process process = Programs.start(
                List.of(
                        launcher.toString(),
                        "guard",
                        "-c",
                        directory.resolve("config").toString(),
                        "--state",
                        directory.resolve("state").toString(),
                        "--run",
                        run.toString()),
                output);
        BailiffProcess guard = new BailiffProcess(name, paths, process);
        try {
            Programs.await(process, output, () -> Files.exists(run.resolve("control.sock")));
            return guard;
        } catch (IOException | InterruptedException e) {
            guard.close();
            throw e;
        }
    }

    /** Where the guard of that directory is asked, for {@code --run}. */
    static Path run(Path directory) {
        return directory.resolve("run");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Path> logs() {
        return logs;
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public void close() {
        Programs.end(process);
    }
}
