package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Bantime;
import bailiff.ban.FormulaException;
import bailiff.ban.Increment;
import bailiff.evidence.Counting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncrementOptionsTest {

    @TempDir
    private Path root;

    private ConfigDirectory directory;

    @BeforeEach
    void open() {
        directory = ConfigDirectory.withFilter(root);
    }

    @Test
    void read_nothingSaid_bansDoNotGrowAndCountExactly() {
        directory.jail("");

        assertThat(limits().increment()).isEqualTo(Increment.NONE);
        assertThat(limits().counting()).isEqualTo(Counting.WINDOW);
        assertThat(limits().ipv6Prefix()).isEqualTo(64);
    }

    @Test
    void read_overTheBuiltIn_bansDoubleFiveTimesAndStayAtThat() {
        directory.write("jail.local", "[wordpress]\nbantime = 10m\n");
        Increment increment = builtIn();

        assertThat(IntStream.rangeClosed(1, 7).mapToDouble(bans -> reckon(increment, bans)))
                .containsExactly(1_200.0, 2_400.0, 4_800.0, 9_600.0, 19_200.0, 19_200.0, 19_200.0);
    }

    @Test
    void read_overTheBuiltIn_ownWordsHold() {
        directory.write("jail.local", "[wordpress]\nbantime = 10m\nbantime.increment = no\n");
        assertThat(builtIn().on()).isFalse();

        directory.write("jail.local", "[wordpress]\nbantime = 10m\nbantime.maxtime = 30m\n");
        assertThat(reckon(builtIn(), 3)).isEqualTo(1_800);

        directory.write("jail.local", "[wordpress]\nbantime = 10m\nbantime.multipliers = 1 3\n");
        assertThat(reckon(builtIn(), 3)).isEqualTo(1_800);
    }

    private Increment builtIn() {
        Configuration configuration =
                ConfigReader.overBuiltIn(root, ConfigDirectory.HOST).read();
        assertThat(configuration.problems()).isEmpty();
        return configuration.jails().getFirst().limits().increment();
    }

    private static double reckon(Increment increment, int bans) {
        try {
            return increment.seconds(600, bans, new SplittableRandom(1));
        } catch (FormulaException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void read_incrementAlone_doublesEachTime() throws FormulaException {
        directory.jail("bantime.increment = true\nbantime = 10m\n");

        assertThat(seconds(1)).isEqualTo(1_200);
        assertThat(seconds(4)).isEqualTo(9_600);
        assertThat(directory.problems()).isEmpty();
    }

    @Test
    void read_multipliersFactorAndMaxtime_areApplied() throws FormulaException {
        directory.jail("""
                bantime.increment = yes
                bantime = 10m
                bantime.factor = 1.5
                bantime.multipliers = 1 2  4
                bantime.maxtime = 50m
                bantime.overalljails = true
                """);

        assertThat(seconds(1)).isEqualTo(1_800);
        assertThat(seconds(2)).isEqualTo(3_000);
        assertThat(limits().increment().everywhere()).isTrue();
    }

    @Test
    void read_formulaWithPercent_isUnescapedFirst() throws FormulaException {
        directory.jail("bantime.increment = 1\nbantime = 600\nbantime.formula = ban.Time * (5 + ban.Count %% 3)\n");

        assertThat(seconds(4)).isEqualTo(3_600);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    bantime.formula = ban.Tim            | bantime.formula: read 'ban.Tim' at character 1, expected
                    bantime.formula = 1 / 0              | bantime.formula: cannot be reckoned for ban 2: it divides by zero
                    bantime.formula = open('/etc/passwd')| bantime.formula: read 'open('/etc/p' at character 1, expected
                    bantime.factor = 2 *                 | bantime.factor: read the end at character 4, expected
                    bantime.multipliers = 1,2            | bantime.multipliers: read '1,2', expected at most 1000 whole numbers
                    bantime.maxtime = long               | bantime.maxtime: read 'long', expected a time
                    bantime.rndtime = -5                 | bantime.rndtime: read '-5', expected a time
                    compat = fail3ban                    | compat: read 'fail3ban', expected fail2ban or no
                    """)
    void read_whatCannotBeReckoned_isAnErrorWithItsPlace(String option, String message) {
        directory.jail("bantime.increment = true\n" + option + "\n");

        assertThat(directory.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith("ERROR jail.local:6: [web] " + message));
        assertThat(directory.read().jails()).isEmpty();
    }

    @Test
    void read_bansDoNotGrow_faultsInTheRestArePassedOverAndTheSoundIsKept() throws FormulaException {
        directory.jail("""
                bantime.formula = ban.Tim
                bantime.multipliers = 1,2
                bantime.maxtime = long
                bantime.overalljails = perhaps
                bantime.factor = 3
                """);

        assertThat(directory.problems()).isEmpty();
        Increment read = limits().increment();
        assertThat(read.on()).isFalse();
        assertThat(IncrementText.with(read, new Bantime(Duration.ofMinutes(10)), "increment", "true")
                        .orElseThrow()
                        .seconds(600, 1, new SplittableRandom(0)))
                .isEqualTo(3_600);
    }

    @Test
    void read_compat_countsByRateWithSingleAddressesAndWholeSeconds() {
        directory.jail("compat = fail2ban\nbantime = 1.5m + 0.5\n");

        assertThat(limits().counting()).isEqualTo(Counting.RATE);
        assertThat(limits().ipv6Prefix()).isEqualTo(128);
        assertThat(limits().bantime()).isEqualTo(new Bantime(Duration.ofSeconds(90)));
    }

    @Test
    void read_compatWithIpv6prefix_keepsIt() {
        directory.jail("compat = fail2ban\nipv6prefix = 56\n");

        assertThat(limits().ipv6Prefix()).isEqualTo(56);
    }

    private Limits limits() {
        return directory.read().jails().getFirst().limits();
    }

    private double seconds(int bancount) throws FormulaException {
        return limits().increment().seconds(600, bancount, new SplittableRandom(0));
    }
}
