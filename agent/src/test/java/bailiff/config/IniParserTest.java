package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IniParserTest {

    @Test
    void parse_options_areLowerCaseOfSectionsAsWritten() {
        IniFile file = parse("[Web]\nPort = http\n[DEFAULT]\nbantime: 10\n");

        assertThat(file.problems()).isEmpty();
        assertThat(file.sections()).hasToString("{Web={port=http}, DEFAULT={bantime=10}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a = b | b",
                "a=b=c | b=c",
                "a:b=c | b=c",
                "a = b:c | b:c",
                "a = | ``",
                "a = b ; said so | b",
                "a = b;c | b;c",
                "a = b # c | b # c",
                "a = \"b\" | \"b\"",
                "a = [b] | [b]",
                "a = %(b)s | %(b)s",
            })
    void parse_line_endsTheNameAtTheFirstDelimiter(String line, String value) {
        assertThat(value(line)).isEqualTo(value);
    }

    @Test
    void parse_indentedLines_goOnWithTheValue() {
        assertThat(value("a = 1\n    2\n\t3\n  b = 4\nc = 5")).isEqualTo("1\n2\n3\nb = 4");
    }

    @Test
    void parse_commentsInsideAValue_areLeftOut() {
        assertThat(value("a = 1\n  # no\n; no\n  2\n# no")).isEqualTo("1\n2");
    }

    @Test
    void parse_blankLinesInsideAValue_areKeptButNotAtItsEnd() {
        assertThat(value("a = 1\n\n  2\n\n\nb = 3")).isEqualTo("1\n\n2");
    }

    @Test
    void parse_valueThatBeginsOnTheNextLine_isRead() {
        assertThat(value("a =\n  1\n  2")).isEqualTo("\n1\n2");
    }

    @Test
    void parse_everyLine_knowsItsPlace() {
        Passage value = option("a = 1\n  # no\n\n  2\n    3");

        assertThat(value.lines())
                .extracting(Passage::place)
                .containsExactly(place(2, "a"), place(5, "a"), place(6, "a"));
    }

    @Test
    void parse_windowsLineEndsAndByteOrderMark_areNoPartOfIt() {
        IniFile file = IniParser.parse("f", "\ufeff[s]\r\na = 1\r\n  2\r\n".getBytes(StandardCharsets.UTF_8));

        assertThat(file.problems()).isEmpty();
        assertThat(file.sections()).hasToString("{s={a=1\n2}}");
    }

    @Test
    void parse_lineWithoutDelimiter_isAProblemAndTakesItsContinuationAlong() {
        IniFile file = parse("[s]\na = 1\nlonely\n  more = 2\nb = 3\n");

        assertThat(file.problems()).hasToString("[f:3: [s]: read 'lonely', expected option = value]");
        assertThat(file.sections()).hasToString("{s={a=1, b=3}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[t", "t]", "[]"})
    void parse_brokenHeading_isAProblemOfTheWholeFile(String heading) {
        IniFile file = parse("[s]\na = 1\n" + heading + "\nb = 2\n");

        assertThat(file.problems()).hasToString("[f:3: read '" + heading + "', expected [section]]");
    }

    @Test
    void parse_nameMissingBeforeTheDelimiter_isAProblem() {
        assertThat(parse("[s]\n= 1\n").problems()).hasToString("[f:2: [s]: read '= 1', expected option = value]");
    }

    @Test
    void parse_optionBeforeAnySection_isAProblem() {
        IniFile file = parse("a = 1\n[s]\nb = 2\n");

        assertThat(file.problems()).hasToString("[f:1: read 'a = 1' before the first section, expected [section]]");
        assertThat(file.sections()).hasToString("{s={b=2}}");
    }

    @Test
    void parse_repeatedOption_isAProblemAndTheFirstStays() {
        IniFile file = parse("[s]\na = 1\nA = 2\n");

        assertThat(file.problems())
                .hasToString("[f:3: [s] a: stands here and at line 2, expected it once in a section]");
        assertThat(file.sections()).hasToString("{s={a=1}}");
    }

    @Test
    void parse_repeatedSection_isAProblemUnlessItIsTheDefaults() {
        IniFile file = parse("[DEFAULT]\na = 1\n[s]\n[DEFAULT]\nb = 2\n[s]\n");

        assertThat(file.problems()).hasSize(1).first().satisfies(problem -> {
            assertThat(problem.place()).isEqualTo(new Place("f", 6, "s", ""));
            assertThat(problem.message()).contains("stands here and at line 3");
        });
        assertThat(file.sections()).hasToString("{DEFAULT={a=1, b=2}, s={}}");
    }

    @Test
    void parse_bytesThatAreNotUtf8_areAProblemAtTheirLine() {
        byte[] bytes = "[s]\na = 1\nb = \u00e9\n".getBytes(StandardCharsets.ISO_8859_1);

        IniFile file = IniParser.parse("f", bytes);

        assertThat(file.problems()).hasToString("[f:3: read bytes that are not UTF-8, expected UTF-8]");
        assertThat(file.sections()).isEmpty();
    }

    @Test
    void parse_nothingButMistakes_namesAHundredOfThem() {
        IniFile file = parse("[s]\n" + "x\n".repeat(5_000));

        assertThat(file.problems()).hasSize(IniParser.MOST_PROBLEMS);
    }

    @Test
    void parse_endlessLines_stopsAtTheBound() {
        IniFile file = parse("[s]\na = 1\n" + "\n".repeat(300_000));

        assertThat(file.problems()).hasToString("[f:100001: expected at most 100000 lines]");
    }

    private static IniFile parse(String text) {
        return IniParser.parse("f", text.getBytes(StandardCharsets.UTF_8));
    }

    private static Passage option(String text) {
        IniFile file = parse("[s]\n" + text + "\n");
        assertThat(file.problems()).isEmpty();
        Map<String, Passage> options = file.sections().getOrDefault("s", Map.of());
        return List.copyOf(options.values()).getFirst();
    }

    private static String value(String text) {
        return option(text).text();
    }

    private static Place place(int line, String option) {
        return new Place("f", line, "s", option);
    }
}
