package bailiff.cli;

import bailiff.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The installed fail2ban, run over a site's configuration in a directory of its own. */
final class RunningFail2ban implements AutoCloseable {

    private static final Path SERVER = Path.of("/usr/bin/fail2ban-server");

    private final MovingSite site;
    private final Process server;

    /** Starts it; the test is skipped where it is not installed, but under CI it fails. */
    RunningFail2ban(MovingSite site) throws IOException, InterruptedException {
        Needs.orSkip(
                Files.isExecutable(SERVER),
                "Needs fail2ban (package fail2ban) as the oracle: there is no " + SERVER + ".");
        this.site = site;
        this.server = new ProcessBuilder(arguments(SERVER.toString(), "-xf", "start"))
                .redirectErrorStream(true)
                .redirectOutput(site.directory.resolve("fail2ban.out").toFile())
                .start();
        MovingSite.await("fail2ban", () -> client("ping").contains("pong"));
    }

    private List<String> arguments(String program, String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                program, "-c", site.path("etc"), "-s", site.path("fail2ban.sock"), "-p", site.path("fail2ban.pid")));
        line.addAll(List.of(arguments));
        return line;
    }

    /** What its client answers. */
    String client(String... arguments) {
        try {
            Process client = new ProcessBuilder(arguments("/usr/bin/fail2ban-client", arguments))
                    .redirectErrorStream(true)
                    .start();
            client.getOutputStream().close();
            String answer = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            client.waitFor();
            return answer;
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    /** Its own log. */
    List<String> log() throws IOException {
        Path log = site.directory.resolve("fail2ban.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    @Override
    public void close() {
        client("stop");
        server.toHandle()
                .onExit()
                .orTimeout(20, TimeUnit.SECONDS)
                .exceptionally(_ -> {
                    server.destroyForcibly();
                    return server.toHandle();
                })
                .join();
    }
}
