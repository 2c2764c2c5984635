package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.DateDetector;
import bailiff.line.DatePatternException;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The walker against java.util.regex: same match, same span, same groups. */
class WalkerOracleTest {

    private static final long SEED = 20_261_121;
    private static final Instant NOW = Instant.ofEpochSecond(1_124_013_600);

    private static final String[] ODD = {
        "\n",
        "\ufffd",
        "\u00e9",
        "\ud83d\ude00",
        "\u212a",
        "\u0665",
        "\u00a0",
        " ",
        "  ",
        "\"",
        ":",
        "from 192.0.2.7",
        "::1",
        "x".repeat(300)
    };

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    private final List<String> different = new ArrayList<>();
    private int turnedAway;

    @Test
    void finds_randomExpressions_findsWhatJavaFinds() throws IOException {
        int walked = 0;
        int matches = 0;

        for (int i = 0; i < 20_000; i++) {
            Optional<Engines> engines = Engines.of(new RandomExpression(random).next(), Flags.NONE);
            if (engines.isEmpty()) {
                continue;
            }
            walked++;
            for (int j = 0; j < 3; j++) {
                String text = RandomExpression.text(random) + (j == 0 ? "" : damaged(RandomExpression.text(random)));
                Optional<String> difference = engines.get().difference(text);
                if (difference.isPresent() && !isPythons(engines.get().walked(), text)) {
                    different.add(difference.get());
                }
                matches += engines.get().walked().start() == 0 ? 1 : 0;
            }
        }

        assertThat(different).as("seed %d", SEED).isEmpty();
        assertThat(walked).as("expressions that are walked").isGreaterThan(10_000);
        assertThat(matches).as("matches at the start").isGreaterThan(5_000);
    }

    @ParameterizedTest
    @CsvSource({
        "'.{3,}$', \u00e9\u00e9, \u00e9\u00e9\u00e9",
        "'.{2,}\\n', \ud83d\ude00, \ud83d\ude00\u00e9",
        "'[^\\n]{2,}?$', \u20ac, \u20aca",
        "'a.{4,}$', a\ufffdbc, a\ufffdbcd",
        "'\\S{3,}!', \u00e9\u00e9!, \u00e9\u00e9\u00e9!",
        "'\\W{2,4}b', \u20acb, \u20ac\u20acb",
        "'(?<=\\W{2})b', \u20acb, \u20ac\u20acb",
    })
    void finds_soManyCharactersOrMore_countsNoBytes(String expression, String tooShort, String longEnough)
            throws RegexException {
        Expression walked = Dialect.compile(expression);

        assertThat(walked.program()).isPresent();
        assertThat(walked.finds(Dialect.subject(tooShort + "\n"))).isFalse();
        assertThat(walked.finds(Dialect.subject(longEnough + "\n"))).isTrue();
    }

    @Test
    void finds_installedFiltersOverTheirSamples_findsWhatJavaFinds() throws IOException, DatePatternException {
        List<Engines> filter = new ArrayList<>();
        DateDetector dates = DateDetector.of("", ZoneOffset.UTC);
        Set<String> all = new HashSet<>();
        Set<String> walked = new HashSet<>();
        int lines = 0;

        for (String answer : Fail2banParityTest.answers()) {
            String[] words = answer.split(" ", -1);
            if (words[0].equals("filter")) {
                FilterDefinition definition = Fail2banParityTest.definition(words);
                dates = DateDetector.of(definition.datepattern(), ZoneOffset.UTC);
                filter.clear();
                expressions(definition)
                        .filter(all::add)
                        .forEach(text -> Engines.of(text, Flags.NONE).ifPresent(engines -> {
                            walked.add(text);
                            filter.add(engines);
                        }));
                continue;
            }
            String rest = dates.detect(Fail2banParityTest.text(words[1]), NOW).rest() + "\n";
            lines++;
            compare(filter, rest);
        }

        assertThat(different).as("seed %d", SEED).isEmpty();
        assertThat(turnedAway).as("turned away by the gate").isGreaterThan(1_000);
        assertThat(lines).as("sample lines").isGreaterThan(500);
        assertThat(walked.size()).as("walked, of %d", all.size()).isGreaterThan(all.size() * 95 / 100);
    }

    /** Java leaves in a group, now and then, what it took on a way that was given up. */
    private static boolean isPythons(Expression walked, String text) throws IOException {
        String expression = walked.source().text();
        try (Python python = Python.start()) {
            return python.search(Dialect.python(expression), text).equals(Dialect.search(expression, text));
        }
    }

    private static Stream<String> expressions(FilterDefinition definition) {
        return Stream.of(List.of(definition.prefregex()), definition.failregex(), definition.ignoreregex())
                .flatMap(List::stream);
    }

    private void compare(List<Engines> filter, String rest) {
        Gate gate = Gate.of(filter.stream().map(Engines::walked).toList());
        for (int i = 0; i < 13; i++) {
            String text = i == 0 ? rest : damaged(rest);
            gate.look(Dialect.subject(text));
            for (int index = 0; index < filter.size(); index++) {
                filter.get(index).difference(text).ifPresent(different::add);
                boolean found = filter.get(index).walked().finds(Dialect.subject(text));
                if (found && gate.next(index) != index) {
                    different.add("The gate turned away " + text);
                }
                turnedAway += gate.next(index) != index ? 1 : 0;
            }
        }
    }

    /** The text with up to three pieces left out, put in or written twice. */
    private String damaged(String text) {
        StringBuilder damaged = new StringBuilder(text);
        for (int i = random.nextInt(4); i > 0; i--) {
            int from = random.nextInt(damaged.length() + 1);
            int to = Math.min(damaged.length(), from + random.nextInt(8));
            switch (random.nextInt(4)) {
                case 0 -> damaged.delete(from, to);
                case 1 -> damaged.insert(from, damaged.substring(from, to).repeat(1 + random.nextInt(5)));
                case 2 -> damaged.setLength(to);
                default -> damaged.insert(from, ODD[random.nextInt(ODD.length)]);
            }
        }
        // Bytes decoded as UTF-8 never hold half of a pair.
        return damaged.toString()
                .replaceAll("(?<![\ud800-\udbff])[\udc00-\udfff]|[\ud800-\udbff](?![\udc00-\udfff])", "?");
    }
}
