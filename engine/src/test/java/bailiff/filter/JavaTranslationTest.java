package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.filter.Expression.Engine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every construct against CPython: same match, same span, same named groups, same refusals. */
class JavaTranslationTest {

    private static final long SEED = 20_261_120;

    private static final String[] TEXTS = {
        "",
        "\n",
        "a",
        "ab",
        "aB\n",
        "b\na",
        "a\nb\n",
        "aaaa bbbb",
        "abcabc",
        "foo(bar)[baz]{2} && ^-]",
        "{{x}}, {,3} aaa{2",
        "user_1 k\u212a\u017f \u0130i\u0131 \u00e9\u00c9",
        "\u0665\u0967 \u00b2\u2460\u2167 a\u0301b \u203f",
        "x\u00a0\u2028\u0085\u001c\u200by",
        "\ud835\udd38b \ud83d\ude00c",
        "\"quoted\" 'mixed\" \\ \b\u0007\f\t\u000b end",
        "from 192.0.2.1 port 22",
        "from ::ffff:192.0.2.1 port 22",
        "from [2001:db8::1] port 22\n",
        "from ::1 and 1:2:3:4:5:6:7:8",
        "from host-1.example.org\n",
    };

    private static Python python;

    @BeforeAll
    static void start() throws IOException {
        python = Python.start();
    }

    @AfterAll
    static void stop() {
        if (python != null) {
            python.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // groups, names and references
                "(?P<first_name>a)(?P<_q>b)?",
                "(?P<q>['\"]).*?(?P=q)",
                "(a)(b)?\\2",
                "(a+)\\1",
                "(a)\\19",
                "(a)(?P<n>b)\\2c",
                "(?P<é>a)",
                "(?P<a>x)|(?P<b>a)",
                "((a)|b)*\\2",
                "(?P<n>a)(?P=n)",
                "(?i)(?P<n>A)(?P=n)",
                // conditionals
                "(?P<open>\\()?bar(?(open)\\)|x)",
                "(a)?b(?(1)c|d)",
                "(?P<n>a)?(?(n)b)",
                "(?:(a)|b)(?(1)b|\\n)",
                "(a)?(?(1)|x)",
                // flags
                "(?i)AB",
                "(?i:A)b",
                "(?i)[a-c]+",
                "(?i)[^a]",
                "(?i)k+",
                "(?i)s",
                "(?i)i+",
                "(?i)é",
                "(?ai)k+",
                "(?s)a.b",
                "(?m)^b$",
                "(?m)^",
                "(?m)$",
                "(?sm).+$",
                "(?x) a  b # c",
                "(?x)a\\ b[ ]",
                "(?i-s:A.)",
                "(?-i:a)",
                "(?i)(?-i:B)",
                "((?i)A)b",
                "(?:(?i)A)b",
                "(?im)^B$",
                "(?a)\\w+",
                "(?a:\\d)|\\d",
                "(?a)\\s+y",
                "(?u)\\w+",
                // quantifiers
                "a*",
                "a+?",
                "a??b",
                "a{2}",
                "a{2,}",
                "a{,2}",
                "a{,}",
                "a{2,3}?",
                "{",
                "{{",
                "a{",
                "a{2",
                "a{x}",
                "x{,3",
                "{}",
                "{,3}",
                "a*+a",
                "a++b",
                "a?+b",
                "a{1,2}+a",
                "(?>a+)b",
                "(?>a|ab)c",
                "(?:a*)*",
                "(?:a|b)+?c",
                "(?:)*a",
                "(?=a)*b",
                "(?:^)*a",
                "(?:ab){2}",
                // sets
                "[[]",
                "[]a]+",
                "[^]a]+",
                "[a&&b]+",
                "[&&]+",
                "[a-]+",
                "[-a]+",
                "[\\]\\-^]+",
                "[\\w-]+",
                "[a\\-b]",
                "[^\\W_]+",
                "[\\D\\S]",
                "[^\\D]+",
                "[\\W]+",
                "[\\b]",
                "[\\d\\s]+",
                "[\\x41-\\x5a]",
                "[\\1]",
                "[\\101]",
                "[^\\n]+",
                "[[:alpha:]]",
                "[a-[]",
                "[!-~]+",
                "[\\S ]+",
                "[(]bar[)]",
                "[{}]+",
                "[\\u0100-\\uffff]",
                "[^a-z ]+",
                // escapes
                "\\d+",
                "\\D+",
                "\\w+",
                "\\W+",
                "\\s+",
                "\\S+",
                "\\bb",
                "b\\b",
                "\\Ba",
                "a\\B",
                "\\B",
                "\\A\\w",
                "b\\Z",
                "\\Z",
                "\\x61",
                "\\u0061",
                "\\U00000061",
                "\\N{LATIN SMALL LETTER A}",
                "\\0",
                "\\07",
                "\\141",
                "\\a",
                "\\f",
                "\\v",
                "\\t",
                "\\\\",
                "\\-\\ \\/\\\"\\'",
                "\\{2\\}",
                "\\(bar\\)\\[baz\\]",
                "\\&",
                "\\é",
                "\\b\\w+\\b",
                // places
                "^a",
                "^",
                "$",
                "a$",
                "^$",
                "a\\n$",
                "^b|a$",
                "$\\n",
                "(?=b)",
                "(?!a)",
                "(?<=a)b",
                "(?<!a)b",
                "(?<=^)a",
                "(?<=a|b)c",
                "(?<=ab)c",
                "(?<=\\d\\.)2",
                // anything
                ".",
                ".+",
                "..$",
                "(?s).+",
                "a|ab",
                "ab|a",
                "|a",
                "a|",
                "(?#comment)b",
                "a(?#x)+",
                "()b",
                "(|a)b",
                // tags
                "from <HOST>",
                "from <HOST>$",
                "<ADDR>",
                "from <IP4>",
                "<IP6>",
                "from <DNS>$",
                "from <SUBNET>",
                "from <F-ID>\\S+</F-ID>",
                "from <F-ID/> port <F-PORT/>",
                "<F-USER>a|ab</F-USER>",
                "from <HOST>(?: port \\d+)?$",
                "<notatag>|a",
                "<F-ALT_USER1>b</F-ALT_USER1>",
                // beyond the basic plane
                "\ud835\udd38.",
                "[\ud835\udd38\ud83d\ude00]",
                "\\ud83d|\\bb",
                "\\w\\bc|\\W\\bc",
                "\\U0001F600",
            })
    void search_everyConstruct_agreesWithPython(String expression) throws IOException {
        for (String text : TEXTS) {
            String expected = python.search(Dialect.python(expression), text);
            for (Engine engine : Engine.values()) {
                assertThat(Dialect.search(expression, text, engine))
                        .as("%s on %s by %s", expression, text, engine)
                        .isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                ")",
                "a)",
                "(a",
                "(?P<n>a",
                "(?P<1>a)",
                "(?P<n>a)(?P<n>b)",
                "(?P=n)",
                "(?P<n>(?P=n))",
                "\\1",
                "(a\\1)",
                "(?P>n)",
                "(?Px)",
                "(?<n>a)",
                "(?(1)a|b)",
                "(a)(?(1)a|b|c)",
                "(?(x)a)",
                "*",
                "a**",
                "a{2}{3}",
                "^*",
                "+a",
                "|*",
                "a{3,2}",
                "[",
                "[]",
                "[a",
                "[z-a]",
                "[\\w-z]",
                "[a-\\d]",
                "\\",
                "\\q",
                "[\\q]",
                "\\x1",
                "\\u12",
                "\\U00110000",
                "\\N{NO SUCH}",
                "[\\A]",
                "[\\8]",
                "\\400",
                "(?z)",
                "(?",
                "(?i",
                "a(?i)b",
                "(?-i)",
                "(?#x",
                "(?<=a+)b",
                "(?<!a|bc)",
                "(?<",
                "(?P",
                "a+*",
                "(?i-)a",
                "(?i-z:a)",
                "\\8",
                "(?P<n",
            })
    void search_whatPythonRefuses_isRefused(String expression) throws IOException {
        assertThat(python.search(expression, "a")).as("Python").isEqualTo(Python.ERROR);
        assertThat(Dialect.search(expression, "a")).isEqualTo(Python.ERROR);
    }

    @Test
    void search_randomExpressions_agreeWithPython() throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        List<String> different = new ArrayList<>();
        int matches = 0;

        for (int i = 0; i < 20_000; i++) {
            String expression = new RandomExpression(random).next();
            String text = RandomExpression.text(random);
            String expected = python.search(expression, text);
            for (Engine engine : Engine.values()) {
                String found = Dialect.search(expression, text, engine);
                boolean refused = found.equals(Python.ERROR) && Dialect.isRefusedForJava(expression);
                matches += found.equals(expected) && found.startsWith("0-") ? 1 : 0;
                if (!refused && !found.equals(expected)) {
                    different.add(expression + " on " + text + ": Python " + expected + ", " + engine + " " + found);
                }
            }
        }

        assertThat(different).as("seed %d", SEED).isEmpty();
        assertThat(matches).as("expressions that matched, seed %d", SEED).isGreaterThan(4_000);
    }
}
