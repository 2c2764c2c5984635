package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.LogLine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An installed fail2ban's filters blame whom fail2ban blames, over its own sample lines, read where they are. */
class Fail2banParityTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_124_013_600);

    @Test
    void apply_sampleLinesOfAnInstalledFail2ban_blamesTheSame() throws IOException, RegexException {
        List<String> different = new ArrayList<>();
        int blamed = 0;
        Filter filter = Recipe.filter("<HOST>");

        for (String answer : answers()) {
            String[] words = answer.split(" ", -1);
            if (words[0].equals("filter")) {
                filter = Filter.compile(definition(words));
                continue;
            }
            String line = text(words[1]);
            String host = Recipe.blamed(filter.apply(LogLine.of(line), NOW)).replace("unmatched", "none");
            blamed += host.equals("none") ? 0 : 1;
            if (!host.equals(words[2])) {
                different.add(line + ": fail2ban " + words[2] + ", here " + host);
            }
        }

        assertThat(different).isEmpty();
        assertThat(blamed).as("lines that blame").isGreaterThan(500);
    }

    /** The filter of an answer that begins so. */
    static FilterDefinition definition(String[] words) {
        List<String> expressions = List.of(words).subList(4, words.length);
        int slash = expressions.indexOf("/");
        return new FilterDefinition(
                words[1],
                texts(expressions.subList(0, slash)),
                texts(expressions.subList(slash + 1, expressions.size())),
                text(words[2]),
                text(words[3]),
                ZoneOffset.UTC,
                "warn");
    }

    private static List<String> texts(List<String> words) {
        return words.stream()
                .map(Fail2banParityTest::text)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    /** The text of a word of an answer. */
    static String text(String word) {
        return new String(HexFormat.of().parseHex(word.substring(1)), StandardCharsets.UTF_8);
    }

    /** For each installed filter a line {@code filter ...}, and under it its sample lines. */
    static List<String> answers() throws IOException {
        Needs.orSkip(Files.isReadable(Path.of("/etc/fail2ban/filter.d")), "fail2ban is not installed to compare with");
        List<String> answers = Fail2banProgram.run("fail2ban_oracle.py");
        Needs.orSkip(!answers.isEmpty(), "fail2ban's Python package with its sample lines is not installed");
        return answers;
    }
}
