package bailiff.bench.logs;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.filter.Filter;
import bailiff.filter.FilterDefinition;
import bailiff.filter.Outcome;
import bailiff.filter.RegexException;
import bailiff.line.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The built-in WordPress filter over made-up authentication logs. */
class AttackLinesTest {

    private static final Path FILTERS = Path.of("../agent/src/main/resources/bailiff/config/filter.d");

    @ParameterizedTest
    @EnumSource(names = {"AUTH", "AUTH_ISO"})
    void apply_ofTheBuiltInFilter_takesTheAttackAndNothingElse(LogKind kind) throws IOException, RegexException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogGenerator.write(LogRecipe.of(kind, 5_000, 0.2), out);
        Filter filter = Filter.compile(
                new FilterDefinition("wordpress", failregexes(), List.of(), "", "", ZoneOffset.UTC, "no"));

        for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            Outcome outcome = apply(filter, line);

            boolean attack = line.contains("Authentication failure for ");
            assertThat(outcome instanceof Outcome.Matched).as(line).isEqualTo(attack);
            if (outcome instanceof Outcome.Matched(var sighting)) {
                assertThat(sighting.host()).isEqualTo(line.substring(line.lastIndexOf(' ') + 1));
                assertThat(sighting.user()).isPresent();
            }
        }
    }

    private static Outcome apply(Filter filter, String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return filter.apply(LogLine.of(bytes, 0, bytes.length), Instant.parse("2026-11-20T00:00:00Z"));
    }

    /* The little of the configuration's grammar that these two files use; the agent, which knows it all, is not seen. */
    private static List<String> failregexes() throws IOException {
        Map<String, String> values = new HashMap<>();
        for (String name : List.of("common.conf", "wordpress.conf")) {
            String[] key = {""};
            for (String line : Files.readAllLines(FILTERS.resolve(name))) {
                Matcher start = Pattern.compile("(\\w+) = (.*)").matcher(line);
                if (start.matches()) {
                    key[0] = start.group(1);
                    values.put(key[0], start.group(2));
                } else if (line.startsWith("  ")) {
                    values.merge(key[0], "\n" + line.strip(), String::concat);
                }
            }
        }
        List<String> failregexes = new ArrayList<>();
        for (String regex : values.getOrDefault("failregex", "").split("\n", -1)) {
            failregexes.add(filled(regex, values));
        }
        assertThat(failregexes).hasSizeGreaterThan(20);
        return failregexes;
    }

    private static String filled(String text, Map<String, String> values) {
        String before;
        String after = text;
        do {
            before = after;
            after = Pattern.compile("%\\((\\w+)\\)s|<(_daemon|__\\w+)>")
                    .matcher(before)
                    .replaceAll(slot -> Matcher.quoteReplacement(
                            values.getOrDefault(slot.group(1) == null ? slot.group(2) : slot.group(1), "")));
        } while (!after.equals(before));
        return after;
    }
}
