package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.DateDetector;
import bailiff.line.DatePatternException;
import bailiff.line.LogLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The expressions of an installed fail2ban, read where they are, mean to us what they mean to Python. */
class StockFiltersTest {

    private static final long SEED = 927;
    private static final Path FILTERS = Path.of("/etc/fail2ban/filter.d");

    private static List<String> expressions = List.of();

    @BeforeAll
    static void read() throws IOException {
        Needs.orSkip(Files.isReadable(FILTERS), "fail2ban is not installed, so its filters are not read");
        List<String> found = new ArrayList<>();
        try (var files = Files.newDirectoryStream(FILTERS, "*.conf")) {
            for (Path file : files) {
                found.addAll(StockFilter.expressions(file));
            }
        }
        expressions = List.copyOf(found);
        assertThat(expressions).hasSizeGreaterThan(100);
    }

    @Test
    void search_linesGrownFromTheExpressions_agreesWithPython() throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        List<String> different = new ArrayList<>();
        int matches = 0;

        try (Python python = Python.start()) {
            for (String expression : expressions) {
                for (int i = 0; i < 20; i++) {
                    String line = StockFilter.line(expression, random);
                    String expected = python.search(Dialect.python(expression), line);
                    String found = Dialect.search(expression, line);
                    matches += found.contains("ip4") ? 1 : 0;
                    if (!found.equals(expected)) {
                        different.add(expression + " on " + line + ": Python " + expected + ", here " + found);
                    }
                }
            }
        }

        assertThat(different).as("seed %d", SEED).isEmpty();
        assertThat(matches).as("lines that matched, seed %d", SEED).isGreaterThan(expressions.size());
    }

    @Test
    void admits_linesThatMatch_areNeverTurnedAway() throws RegexException, DatePatternException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        DateDetector dates = DateDetector.of("", ZoneOffset.UTC);
        int matched = 0;
        int useful = 0;

        for (String expression : expressions) {
            Expression compiled = Dialect.compile(expression);
            Prefilter prefilter = Prefilter.of(Dialect.compile(""), List.of(compiled), new BitSet(), dates, false);
            useful += prefilter.isUseful() ? 1 : 0;
            for (int i = 0; i < 50; i++) {
                LogLine line = StockFilter.withTime(StockFilter.line(expression, random), random);
                if (compiled.finds(
                        Dialect.subject(dates.detect(line.text(), Recipe.NOW).rest() + "\n"))) {
                    matched++;
                    assertThat(PrefilterTest.admits(prefilter, line))
                            .as("%s on %s, seed %d", expression, line, SEED)
                            .isTrue();
                }
            }
        }

        assertThat(matched).as("lines that matched").isGreaterThan(expressions.size());
        assertThat(useful).as("expressions with a literal").isGreaterThan(expressions.size() * 3 / 4);
    }

    @Test
    void check_expressionsOfAnInstalledFail2ban_flagsFew() throws RegexException {
        List<String> flagged = new ArrayList<>();

        for (String expression : expressions) {
            List<String> warnings = Lint.check(Dialect.compile(expression));
            if (!warnings.isEmpty()) {
                flagged.add(expression + ": " + warnings);
            }
        }

        assertThat(flagged).hasSizeLessThan(expressions.size() / 5);
    }
}
