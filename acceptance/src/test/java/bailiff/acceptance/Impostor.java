package bailiff.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Takes connections on a port of loopback and says nothing, or always the same; hears what it is asked then. */
final class Impostor implements AutoCloseable {

    private static final String PROGRAM = """
            $server = stream_socket_server('tcp://127.0.0.1:' . $argv[1]);
            touch($argv[2] . '/ready');
            $open = [];
            while (true) {
                if ($client = @stream_socket_accept($server, 600)) {
                    $words = @file_get_contents($argv[2] . '/words');
                    if ($words === false) { $open[] = $client; continue; }
                    for ($asked = ''; !str_ends_with($asked, "\r\n\r\n") && !feof($client);) { $asked .= fgets($client, 10000); }
                    file_put_contents($argv[2] . '/heard', $asked);
                    fwrite($client, $words);
                }
            }
            """;

    private final Folder folder = Folder.make();
    private final Process process;

    private Impostor(List<String> within, int port) {
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of(
                "php", "-r", PROGRAM, "--", String.valueOf(port), folder.path().toString()));
        process = Programs.start(command, Map.of(), folder.path().resolve("said"));
        Await.until(() -> folder.path().resolve("ready").toFile().exists(), () -> "no impostor");
    }

    /** One who says nothing yet. */
    static Impostor within(List<String> within, int port) {
        Needs.program("php", "php-cli");
        return new Impostor(within, port);
    }

    /** From now on it says that to everybody, whatever they ask. */
    void say(String words) {
        folder.write("words", words);
    }

    /** The head of the last request that was answered, a line each. */
    List<String> heard() {
        return Programs.run("cat", folder.path() + "/heard")
                .good()
                .out()
                .lines()
                .toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        folder.close();
    }
}
