package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    private static final String GOOD = """
            [wordpress]
            enabled = true
            port = http,https
            filter = wordpress
            logpath = /nonexistent/auth.log
            maxretry = 3
            findtime = 3600
            bantime = 86400
            """;

    @TempDir
    Path directory;

    @Test
    void check_goodConfiguration_saysWhatWouldRun() throws IOException {
        Run run = check(GOOD);

        assertThat(run.exit()).isZero();
        assertThat(run.out())
                .contains("Jail wordpress would run: filter wordpress")
                .contains("3 failures within 1h close tcp 80,443 for 1d")
                .contains("/nonexistent/auth.log is not there now");
    }

    @Test
    void check_goodConfigurationAsJson_hasTheJailThenTheSummary() throws IOException {
        List<Map<String, Object>> objects = check(GOOD, "--json").objects();

        assertThat(objects.get(objects.size() - 2))
                .containsOnlyKeys("jail")
                .extractingByKey("jail")
                .satisfies(jail -> {
                    assertThat((Map<?, ?>) jail).hasSize(11);
                    assertThat(String.valueOf(jail))
                            .contains(
                                    "name=wordpress",
                                    "maxretry=3",
                                    "findtime=3600",
                                    "bantime=86400",
                                    "ports=[tcp 80,443]");
                });
        assertThat(objects.getLast())
                .isEqualTo(Map.of("summary", Map.of("jails", 1, "leftOut", List.of(), "problems", 1)));
    }

    @Test
    void check_everythingWrong_listsAllAtOnceWithFileAndLine() throws IOException {
        Run run = check("""
                [wordpress]
                enabled = true
                filter = wordpress
                logpath = /nonexistent/auth.log
                maxretry = \u001b[31mmany
                bantime = soon
                [other]
                enabled = true
                filter = unknown
                logpath = /nonexistent/auth.log
                """);

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.lines())
                .anyMatch(line -> line.startsWith("error: " + jails() + ":5: [wordpress] maxretry"))
                .anyMatch(line -> line.startsWith("error: " + jails() + ":6: [wordpress] bantime"))
                .anyMatch(line -> line.startsWith("error: " + jails() + ":9: [other] filter"))
                .contains("Jail wordpress would NOT run.", "Jail other would NOT run.", "Nothing would run.");
        assertThat(run.out()).doesNotContain("\u001b");
    }

    @Test
    void check_problemAsJson_namesItsPlace() throws IOException {
        Run run = check(GOOD.replace("= 3\n", "= many\n"), "--json");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.objects())
                .anySatisfy(object -> assertThat(object)
                        .containsEntry("severity", "error")
                        .containsEntry("file", jails().toString())
                        .containsEntry("line", 6)
                        .containsEntry("section", "wordpress")
                        .containsEntry("option", "maxretry")
                        .containsKey("problem"));
    }

    @Test
    void check_noDirectory_isWrong() {
        Run run = Run.of("check", "-c", directory.resolve("none").toString());

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.out()).contains("no such directory", "Nothing would run.");
    }

    private Path jails() {
        return directory.resolve("jail.local");
    }

    private Run check(String jailLocal, String... options) throws IOException {
        Files.writeString(jails(), jailLocal);
        String[] arguments = {"check", "-c", directory.toString()};
        return Run.of(java.util.stream.Stream.of(arguments, options)
                .flatMap(java.util.stream.Stream::of)
                .toArray(String[]::new));
    }
}
