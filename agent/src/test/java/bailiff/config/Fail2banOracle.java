package bailiff.config;

import bailiff.Needs;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.jr.ob.JSON;

/**
 * The installed fail2ban, asked what it makes of a configuration: one Python process that reads many directories.
 *
 * <p>It is asked jail by jail, so that one that it cannot read does not hide the others, as it would in {@code
 * fail2ban-client -d}. Globs of log paths are handed on as they are written, and it is given our version number.
 */
final class Fail2banOracle implements AutoCloseable {

    static final Path STOCK = Path.of("/etc/fail2ban");

    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path PACKAGE = Path.of("/usr/lib/python3/dist-packages/fail2ban/client/jailreader.py");

    private static final String SCRIPT = """
            import json, logging, resource, signal, sys
            resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
            sys.path.insert(0, '/usr/lib/python3/dist-packages')
            logging.disable(logging.CRITICAL)
            import fail2ban.client.jailreader as jailreader
            from fail2ban.client.jailsreader import JailsReader
            from fail2ban.client.fail2banreader import Fail2banReader
            jailreader.version = '1.1.0'
            jailreader.JailReader._glob = staticmethod(lambda path: [path] if path else [])

            # It asks whether an option is *in* the text 'datepattern', so it tells the server
            # of options called 'a' or 'date' as well, and the server refuses them.
            def slip(command):
                return command[0] == 'set' and command[2] in 'datepattern' and command[2] != 'datepattern'

            def server(base):
                reader = Fail2banReader(share_config={})
                reader.setBaseDir(base)
                reader.read()
                reader.getOptions()
                return reader.convert()

            def jails(base):
                share = {}
                all = JailsReader(share_config=share)
                all.setBaseDir(base)
                all.read()
                answer = {}
                for name in list(all.sections()):
                    if name != 'INCLUDES':
                        try:
                            jail = jailreader.JailReader(name, share_config=share, use_config=all._cfg)
                            if not jail.getOptions():
                                answer[name] = 'faulty: ' + str(jail.options.get('config-error'))
                            elif jail.isEnabled():
                                told = jail.convert(allow_no_files=True)
                                answer[name] = [c for c in told if not slip(c)]
                        except Exception as e:
                            answer[name] = 'raised: ' + repr(e)
                return answer

            def give_up(signal, frame):
                raise TimeoutError()
            signal.signal(signal.SIGALRM, give_up)
            for line in sys.stdin:
                base = json.loads(line)[0]
                answer = {}
                for name, ask in (('server', server), ('jails', jails)):
                    signal.alarm(5)
                    try:
                        answer[name] = ask(base)
                    except Exception as e:
                        answer[name] = 'raised: ' + repr(e)
                    signal.alarm(0)
                print(json.dumps(answer, default=str), flush=True)
            """;

    private final Process process;
    private final BufferedWriter ask;
    private final BufferedReader answer;

    private Fail2banOracle(Process process) {
        this.process = process;
        this.ask = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.answer = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts it, or skips the test where fail2ban is not installed; under CI that fails. */
    static Fail2banOracle orSkip() {
        boolean there = Files.isRegularFile(STOCK.resolve("jail.conf"))
                && Files.isRegularFile(PACKAGE)
                && Files.isExecutable(PYTHON);
        String needed = "needs /etc/fail2ban, " + PACKAGE + " and " + PYTHON;
        Needs.orSkip(there, needed);
        try {
            return new Fail2banOracle(new ProcessBuilder(PYTHON.toString(), "-c", SCRIPT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What it made of a directory.
     *
     * @param server the commands for the server, each as JSON
     * @param jails the commands of every enabled jail, each as JSON
     * @param faulty why it took a jail, or all of them under the name "", for faulty
     */
    record Answer(List<String> server, Map<String, List<String>> jails, Map<String, String> faulty) {}

    Answer read(Path directory) {
        try {
            ask.write(JSON.std.asString(List.of(directory.toString())));
            ask.newLine();
            ask.flush();
            Map<String, Object> read = JSON.std.mapFrom(answer.readLine());
            Map<String, List<String>> jails = new LinkedHashMap<>();
            Map<String, String> faulty = new LinkedHashMap<>();
            if (read.get("jails") instanceof Map<?, ?> found) {
                found.forEach((name, told) -> sort(String.valueOf(name), told, jails, faulty));
            } else {
                faulty.put("", String.valueOf(read.get("jails")));
            }
            List<String> server = read.get("server") instanceof List<?> told ? commands(told) : List.of();
            return new Answer(server, jails, faulty);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void sort(
            String name, @Nullable Object told, Map<String, List<String>> jails, Map<String, String> faulty) {
        if (told instanceof List<?> list) {
            jails.put(name, commands(list));
        } else {
            faulty.put(name, String.valueOf(told));
        }
    }

    /** Commands in a form that can be compared: the arguments of Python actions are JSON in JSON, so they are left. */
    static List<String> commands(List<?> commands) {
        List<String> texts = new ArrayList<>();
        for (Object command : commands) {
            texts.add(JSON.std.asString(command));
        }
        return texts;
    }

    /** The same of ours: the commands by jail, those of the server under the name "". */
    static Map<String, List<String>> ours(Configuration configuration) {
        Map<String, List<String>> jails = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        configuration.jails().forEach(jail -> names.add(jail.name()));
        for (List<Object> command : ServerCommands.of(configuration)) {
            String jail = String.valueOf(command.get(1));
            boolean ofJail = names.contains(jail) && !command.getFirst().equals("start");
            if (ofJail || command.getFirst().equals("set")) {
                jails.computeIfAbsent(ofJail ? jail : "", _ -> new ArrayList<>())
                        .addAll(commands(List.of(command)));
            }
        }
        return jails;
    }

    /** Copies the stock configuration. */
    static void copyStock(Path directory) {
        try (var files = Files.walk(STOCK)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve(STOCK.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
