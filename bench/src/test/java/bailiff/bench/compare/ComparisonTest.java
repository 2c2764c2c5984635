package bailiff.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void median_ofThreeRuns_isTheMiddleOfEachFigureByItself() {
        Cost median = Cost.median(List.of(new Cost(3, 1, 10, 7), new Cost(1, 2, 30, 7), new Cost(2, 3, 20, 7)));

        assertThat(median).isEqualTo(new Cost(2, 2, 20, 7));
    }

    @Test
    void count_ofWhatEachProgramPrints_isTheNumberOfLinesFound() {
        assertThat(Count.NUMBER.in("10103\n")).isEqualTo(10_103);
        assertThat(Count.MATCHED.in("x:1  regex 0\n20 lines: 3 matched, 0 ignored, 17 missed\n"))
                .isEqualTo(3);
        assertThat(Count.FAILURES.in("20 lines: 4 failures, 1 bans of 2 addresses\n"))
                .isEqualTo(4);
        assertThat(Count.FAIL2BAN_REGEX.in("\nLines: 20 lines, 0 ignored, 5 matched, 15 missed\n[processed"))
                .isEqualTo(5);
        assertThat(Count.NONE.in("20 auth.log")).isEqualTo(-1);
        assertThat(Count.NUMBER.in("")).isEqualTo(-1);
    }

    @Test
    void run_ofPrograms_printsWhatTheyFoundAndWhoWasWrong() throws IOException, InterruptedException {
        Log log = new Log(Files.writeString(directory.resolve("log"), "a\nb\nab\n"), 3, 2, 7);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Bench bench = bench(printed);

        Results results = bench.run(
                "letters",
                List.of(
                        Trial.ours("right", grep("a", log), Count.NUMBER, log),
                        Trial.peer("wrong", grep("c", log), Count.NUMBER, log),
                        Trial.peer("missing", List.of("no-such-program"), Count.NUMBER, log)));

        assertThat(results.of("right"))
                .hasValueSatisfying(result -> assertThat(result.isRight()).isTrue());
        assertThat(results.of("missing")).isEmpty();
        assertThat(bench.conclude()).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("missing is not measured: there is no no-such-program")
                .contains("right is, times as fast (by processor time):  wrong ")
                .contains("letters: wrong found 0 of 2");
    }

    @Test
    void run_ofAProgramThatTakesTooLong_endsItAndSaysSo() throws IOException, InterruptedException {
        Log log = new Log(Files.writeString(directory.resolve("log"), ""), 0, 0, 0);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Bench bench = new Bench(new Program(directory, Duration.ofMillis(50)), 1, stream(printed));

        Results results = bench.run("sleep", List.of(Trial.peer("sleeper", List.of("sleep", "20"), Count.NONE, log)));

        assertThat(results.of("sleeper")).isEmpty();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("sleeper took longer than");
    }

    @Test
    void target_ofWhatWasNotMeasured_isNeitherMetNorMissed() {
        assertThat(new Target("x", Double.NaN, 2).row()).startsWith("not measured");
        assertThat(new Target("x", 2, 2).row()).startsWith("met");
        assertThat(new Target("x", 1.99, 2).row()).startsWith("MISSED");
    }

    @Test
    void options_asWritten_areReadOrRefused() {
        assertThat(Options.of(List.of()).lines()).isEqualTo(10_000_000);
        assertThat(Options.of(List.of("--only", "auth,jails", "--rounds", "3")).parts())
                .containsExactly("auth", "jails");
        assertThat(Options.of(List.of("--hostile")).hostile()).isTrue();
        assertThatThrownBy(() -> Options.of(List.of("--lines", "many"))).hasMessageContaining("--lines");
        assertThatThrownBy(() -> Options.of(List.of("--only", "all"))).hasMessageContaining("'all'");
        assertThatThrownBy(() -> Options.of(List.of("--quick"))).hasMessageContaining("--quick");
    }

    @Test
    void jails_ofAStockConfiguration_areItsSectionsAndReadThatLog() throws IOException {
        Path config = Files.createDirectories(directory.resolve("config"));
        Files.writeString(
                config.resolve("jail.conf"), "[INCLUDES]\n[DEFAULT]\na = 1\n[sshd]\nport = ssh\n#[no]\n[x-y]\n");
        Expressions.jail(config, "trap", Expressions.TRAP, Path.of("/logs/one"));

        Stock.enable(config, Stock.jails(config), Path.of("/logs/one"));

        assertThat(Stock.jails(config)).containsExactly("sshd", "x-y");
        assertThat(config.resolve("jail.local")).content().contains("[sshd]\nenabled = true", "[x-y]", "[trap]");
        assertThat(config.resolve("filter.d/trap.conf")).content().contains("failregex = ^");
    }

    private Bench bench(ByteArrayOutputStream printed) {
        return new Bench(new Program(directory, Duration.ofSeconds(20)), 2, stream(printed));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static List<String> grep(String what, Log log) {
        return List.of("grep", "-c", what, log.path().toString());
    }
}
