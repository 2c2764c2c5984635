package bailiff.action;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The actions of an installed fail2ban, as its own reader understands them. */
final class StockActions {

    private static final Path INSTALLED = Path.of("/etc/fail2ban");

    private static final String PROGRAM = """
            import ast, subprocess, sys
            hex = lambda value: 'x' + str(value).encode('utf-8', 'surrogateescape').hex()
            said = subprocess.run(['fail2ban-client', '-c', sys.argv[1], '-d'], stdout=subprocess.PIPE, check=True).stdout
            for line in said.decode().splitlines():
                if not line.startswith('['): continue
                command = ast.literal_eval(line)
                if command[:3] == ['set', 'j1', 'addaction']: print(hex(command[3]), 'x', 'x')
                if command[:3] == ['multi-set', 'j1', 'action']:
                    for name, value in command[4]: print(hex(command[3]), hex(name), hex(value))
                if command[:3] == ['set', 'j1', 'action']: print(hex(command[3]), hex(command[4]), hex(command[5]))
            """;

    private StockActions() {}

    /** What {@code action = ...} of a jail named j1 comes to; a copy of the configuration is made in the directory. */
    static List<ActionScript> read(Path directory, String action) throws Exception {
        Needs.orSkip(Files.isDirectory(INSTALLED), "fail2ban is not installed, so its actions are not run");
        Path config = configuration(directory, action);
        Process process = new ProcessBuilder(python(), "-c", PROGRAM, config.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Map<String, Map<String, String>> actions = new LinkedHashMap<>();
        for (String line :
                process.inputReader(StandardCharsets.US_ASCII).lines().toList()) {
            String[] words = line.split(" ", 3);
            Map<String, String> properties = actions.computeIfAbsent(text(words[0]), _ -> new LinkedHashMap<>());
            if (words[1].length() > 1) {
                properties.put(text(words[1]), text(words[2]));
            }
        }
        assertThat(process.waitFor()).as("fail2ban-client -d").isZero();
        return actions.entrySet().stream()
                .map(entry -> new ActionScript(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** The Python for which fail2ban is installed: the system's, where a user has another one too. */
    static String python() {
        return Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";
    }

    /** A configuration with the installed actions and one jail. */
    static Path configuration(Path directory, String action) throws IOException, InterruptedException {
        Path config = directory.resolve("fail2ban");
        if (!Files.isDirectory(config)) {
            new ProcessBuilder("cp", "-r", INSTALLED.toString(), config.toString())
                    .start()
                    .waitFor();
            new ProcessBuilder("rm", "-rf", config + "/jail.d").start().waitFor();
        }
        Files.writeString(config.resolve("jail.local"), """
                [j1]
                enabled = true
                filter = recidive
                backend = polling
                logpath = /dev/null
                action = %s
                """.formatted(action.replace("\n", "\n         ")));
        return config;
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex.substring(1)), StandardCharsets.UTF_8);
    }
}
