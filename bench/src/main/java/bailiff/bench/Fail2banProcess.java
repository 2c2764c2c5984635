package bailiff.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The installed fail2ban-server over a copy of its own configuration, with everything it writes in one directory. */
final class Fail2banProcess implements Contender {

    private static final Path INSTALLED = Path.of("/etc/fail2ban");

    private final String name;
    private final List<Path> logs;
    private final Process process;

    private Fail2banProcess(String name, List<Path> logs, Process process) {
        this.name = name;
        this.logs = logs;
        this.process = process;
    }

    /** Starts the server over so many logs; returns when its jail runs. */
    static Fail2banProcess start(Path directory, int logs) throws IOException, InterruptedException {
        List<Path> paths = Recipe.logs(directory.resolve("log"), logs);
        Path config = directory.resolve("config");
        Programs.ask("cp", "-r", INSTALLED.toString(), config.toString());
        Recipe.write(config, paths, "nftables-multiport");
        // Else it would begin with the bans of the installation, and of the last run.
        Files.writeString(
                config.resolve("fail2ban.local"),
                "[Definition]\ndbfile = " + directory.resolve("fail2ban.sqlite3") + "\n");
        Path output = directory.resolve("output");
        Path log = directory.resolve("fail2ban.log");
        Process process = Programs.start(
                List.of(
                        "fail2ban-server",
                        "-xf",
                        "-c",
                        config.toString(),
                        "-s",
                        socket(directory).toString(),
                        "-p",
                        directory.resolve("pid").toString(),
                        "--logtarget",
                        log.toString(),
                        "start"),
                output);
        String version =
                Programs.ask("fail2ban-server", "--version").lines().findFirst().orElse("fail2ban");
        try {
            Programs.await(process, output, () -> text(log).contains("Jail 'wordpress' started"));
            return new Fail2banProcess(version + ", " + backend(text(log)), paths, process);
        } catch (IOException | InterruptedException e) {
            Programs.end(process);
            throw e;
        }
    }

    /** Where the server of that directory is asked, for {@code -s}. */
    static Path socket(Path directory) {
        return directory.resolve("socket");
    }

    private static String text(Path log) {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** How it learns of new lines, by its own account. */
    private static String backend(String log) {
        return log.lines()
                .filter(line -> line.contains("Jail 'wordpress' uses "))
                .map(line -> line.replaceFirst(".*uses (\\S+).*", "$1"))
                .findFirst()
                .orElse("unknown backend");
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
