package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import bailiff.ban.Bantime;
import bailiff.filter.FilterDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.jr.ob.JSON;

/** What an installed fail2ban makes of a configuration is what this reader makes of it. */
class StockConfigurationTest {

    private static final Path STOCK = Path.of("/etc/fail2ban");

    private static final String RECIPE_FILTER = """
            [INCLUDES]
            before = common.conf
            [Definition]
            _daemon = wordpress
            failregex = ^%(__prefix_line)sAuthentication failure for .* from <HOST>$
                        ^%(__prefix_line)sPingback error .* generated from <HOST>$
            ignoreregex =
            """;

    private static final String RECIPE_JAILS = """
            [wordpress]
            enabled = true
            port = http,https
            filter = wordpress
            logpath = /var/log/auth.log
            findtime = 3600
            bantime = 86400

            [wordpress-secure]
            enabled = true
            filter = wordpress
            logpath = /var/log/secure
            findtime = 3600
            bantime = 86400
            action = iptables-multiport[name=wordpress,port="80,443"]
            """;

    @TempDir
    private Path directory;

    @BeforeEach
    void copyStock() throws IOException {
        boolean installed = Files.isRegularFile(STOCK.resolve("jail.conf"))
                && Files.isExecutable(Path.of("/usr/bin/fail2ban-client"))
                && Files.isExecutable(Path.of("/usr/bin/python3"));
        Needs.orSkip(installed, "needs /etc/fail2ban, /usr/bin/fail2ban-client and /usr/bin/python3");
        try (var files = Files.walk(STOCK)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = directory.resolve(STOCK.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @Test
    void read_recipeBesideStockFiles_isWhatFail2banUnderstands() throws Exception {
        write("filter.d/wordpress.conf", RECIPE_FILTER);
        write("jail.d/wordpress.local", RECIPE_JAILS);

        Configuration configuration =
                ConfigReader.alone(directory, ConfigDirectory.HOST).read();
        Map<String, Map<String, Object>> oracle = fail2ban();

        assertThat(configuration.problems()).isEmpty();
        for (String name : List.of("wordpress", "wordpress-secure")) {
            JailDefinition jail = jail(configuration, name);
            assertSame(jail, oracle.getOrDefault(name, Map.of()));
            assertThat(jail.filter().failregex()).hasSize(2);
            assertThat(jail.gates()).hasToString("[Gate[protocol=tcp, ports=[80, 443]]]");
        }
    }

    @Test
    @Timeout(60)
    void read_everyStockJail_isWhatFail2banUnderstandsOrHasAProblem() throws Exception {
        write("jail.d/all.local", "[DEFAULT]\nenabled = true\n");

        Configuration configuration =
                ConfigReader.alone(directory, ConfigDirectory.HOST).read();
        Map<String, Map<String, Object>> oracle = fail2ban();

        Set<String> seen = new LinkedHashSet<>(configuration.leftOut());
        for (JailDefinition jail : configuration.jails()) {
            assertSame(jail, oracle.getOrDefault(jail.name(), Map.of()));
            seen.add(jail.name());
        }
        assertThat(seen).containsAll(oracle.keySet()).hasSizeGreaterThan(50);
        assertThat(configuration.leftOut()).hasSizeLessThan(10);
        assertThat(configuration.problems())
                .hasSizeGreaterThanOrEqualTo(configuration.leftOut().size());
        assertThat(configuration.problems())
                .allSatisfy(problem -> assertThat(problem.place().line()).isPositive());
    }

    @Test
    void read_filterArguments_areWhatFail2banUnderstands() throws Exception {
        write("jail.local", """
                [DEFAULT]
                backend = polling
                [sshd]
                enabled = true
                filter = sshd[mode=aggressive, logtype=rfc5424]
                [postfix]
                enabled = true
                filter = postfix[mode="auth", _daemon='smtp']
                failregex = ^%(known/failregex)s
                            ^mine <HOST>$
                [dovecot]
                enabled = true
                logtype = short
                datepattern = {NONE}
                ignoreregex = ^ok <HOST>
                """);

        Configuration configuration =
                ConfigReader.alone(directory, ConfigDirectory.HOST).read();
        Map<String, Map<String, Object>> oracle = fail2ban();

        assertThat(configuration.jails())
                .extracting(JailDefinition::name)
                .containsExactlyInAnyOrder("sshd", "postfix", "dovecot");
        configuration.jails().forEach(jail -> assertSame(jail, oracle.getOrDefault(jail.name(), Map.of())));
    }

    private static void assertSame(JailDefinition jail, Map<String, Object> oracle) {
        FilterDefinition filter = jail.filter();
        String name = jail.name();
        assertThat(filter.failregex()).as("%s failregex", name).isEqualTo(oracle.get("addfailregex"));
        assertThat(filter.ignoreregex())
                .as("%s ignoreregex", name)
                .isEqualTo(oracle.getOrDefault("addignoreregex", List.of()));
        assertThat(filter.prefregex()).as("%s prefregex", name).isEqualTo(oracle.getOrDefault("prefregex", ""));
        assertThat(filter.datepattern()).as("%s datepattern", name).isEqualTo(oracle.getOrDefault("datepattern", ""));
        assertThat(filter.usedns()).as("%s usedns", name).isEqualTo(oracle.get("usedns"));
        assertThat(jail.limits().maxretry()).as("%s maxretry", name).isEqualTo(oracle.get("maxretry"));
        assertThat(jail.limits().maxmatches()).as("%s maxmatches", name).isEqualTo(oracle.get("maxmatches"));
        assertThat(jail.limits().findtime()).as("%s findtime", name).isEqualTo(time(oracle, "findtime"));
        assertThat(jail.limits().bantime()).as("%s bantime", name).isEqualTo(new Bantime(time(oracle, "bantime")));
        assertThat(jail.actions())
                .extracting(ActionCall::name)
                .as("%s actions", name)
                .isEqualTo(actions(oracle));
    }

    /** The actions without what fail2ban appends to tell several of one jail apart. */
    private static List<String> actions(Map<String, Object> oracle) {
        return ((List<?>) oracle.getOrDefault("addaction", List.of()))
                .stream()
                        .map(action -> String.valueOf(action).replaceFirst("-(?:tcp|udp|wordpress)$", ""))
                        .toList();
    }

    private static Duration time(Map<String, Object> oracle, String option) {
        return TimeExpression.parse(String.valueOf(oracle.get(option))).orElseThrow();
    }

    private static JailDefinition jail(Configuration configuration, String name) {
        return configuration.jails().stream()
                .filter(jail -> jail.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no jail " + name));
    }

    /** For each jail what {@code fail2ban-client -d} sets; what it adds is a list. */
    private Map<String, Map<String, Object>> fail2ban() throws IOException, InterruptedException {
        String script = """
                import ast, json, subprocess, sys
                run = subprocess.run(['fail2ban-client', '-d', '-c', sys.argv[1]], capture_output=True, text=True)
                for line in run.stdout.splitlines():
                    if line.startswith('['):
                        print(json.dumps(ast.literal_eval(line)))
                """;
        Process process = new ProcessBuilder("/usr/bin/python3", "-c", script, directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        Map<String, Map<String, Object>> jails = new HashMap<>();
        for (String line : output.lines().toList()) {
            note(JSON.std.listFrom(line), jails);
        }
        return jails;
    }

    private static void note(List<Object> command, Map<String, Map<String, Object>> jails) {
        if (command.size() < 4 || !String.valueOf(command.getFirst()).endsWith("set")) {
            return;
        }
        Map<String, Object> jail = jails.computeIfAbsent(String.valueOf(command.get(1)), ignored -> new HashMap<>());
        String option = String.valueOf(command.get(2));
        if (!option.startsWith("add")) {
            jail.put(option, command.get(3));
            return;
        }
        List<Object> items = new ArrayList<>();
        if (jail.get(option) instanceof List<?> before) {
            items.addAll(before);
        }
        if (command.get(3) instanceof List<?> several) {
            items.addAll(several);
        } else {
            items.add(command.get(3));
        }
        jail.put(option, items);
    }

    private void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
