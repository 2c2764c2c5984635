package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallParserTest {

    private static final Place PLACE = new Place("jail.local", 7, "web", "action");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sshd | sshd{}",
                "sshd[] | sshd{}",
                "sshd[mode=aggressive] | sshd{mode=aggressive}",
                "sshd[mode=normal, port= 22 ] | sshd{mode=normal, port=22}",
                "a[port=\"80,443\"] | a{port=80,443}",
                "a[port='80,443',name=\"it's\"] | a{port=80,443, name=it's}",
                "a[x=\"]\"] | a{x=]}",
                "a[x=] | a{x=}",
                "a[x=\"\", y=1] | a{x=, y=1}",
                "a[x=1][y=2, x=3] | a{x=3, y=2}",
                "a[x=1] [y=2] | a{x=1, y=2}",
                "a[ x=1 , ] | a{x=1}",
                "a[,] | a{}",
                "a[x= \"1\"] | a{x=\"1\"}",
                "a[x=1 y=2] | a{x=1 y=2}",
                "a[blocktype?family=inet6=\"REJECT\"] | a{blocktype?family=inet6=REJECT}",
                "a[x.y-z_1=2] | a{x.y-z_1=2}",
                "a[f=\"a=b\"] | a{f=a=b}",
            })
    void one_call_hasItsNameAndArguments(String text, String expected) throws BadValue {
        Call call = CallParser.one(Passage.of(text, PLACE));

        assertThat(call.name() + call.arguments()).isEqualTo(expected);
    }

    @Test
    void all_severalCalls_areSplitAtBlanksAndLineBreaks() throws BadValue {
        Passage text = Passage.of("a[p=\"1 2\"]\n  b c[x=1]\td[\n y=2,\n z=3]", PLACE);

        List<Call> calls = CallParser.all(text);

        assertThat(calls).extracting(Call::name).containsExactly("a", "b", "c", "d");
        assertThat(calls.getLast().arguments()).hasToString("{y=2, z=3}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a[x=1 | read the end at position 6, expected ']'",
                "a[x=\"1\"]b | read 'b' at position 9, expected a blank or the end",
                "a[x=\"1\" y=2] | read ' y=2]' at position 8, expected ',' or ']'",
                "a[x] | read 'x]' at position 3, expected option=value",
                "a[,x=1] | read 'x=1]' at position 4, expected ']'",
                "a[x =1] | read 'x =1]' at position 3, expected option=value",
                "[x=1] | read '[x=1]' at position 1, expected a name right before '['",
            })
    void one_brokenCall_saysWhereAndWhatWasExpected(String text, String message) {
        assertThatThrownBy(() -> CallParser.one(Passage.of(text, PLACE)))
                .isInstanceOfSatisfying(
                        BadValue.class, bad -> assertThat(bad.problem()).isEqualTo(Problem.error(PLACE, message)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a[x=1] b"})
    void one_noneOrSeveral_isRefused(String text) {
        assertThatThrownBy(() -> CallParser.one(Passage.of(text, PLACE))).hasMessageContaining("expected one");
    }

    @Test
    void all_tooMany_isRefused() {
        Passage text = Passage.of("a ".repeat(CallParser.MOST + 1), PLACE);

        assertThatThrownBy(() -> CallParser.all(text)).hasMessage("expected at most 100 items");
    }
}
