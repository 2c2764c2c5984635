package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

    @Test
    void text_controlsOfATerminal_areEscaped() {
        assertThat(Printable.text("a\u001b[2Jb\r\n\u0007\u007f\u009b1mc"))
                .isEqualTo("a\\x1b[2Jb\\x0d\\x0a\\x07\\x7f\\x9b1mc");
    }

    @Test
    void text_invisibleAndDirectionChangingCharacters_areEscaped() {
        assertThat(Printable.text("adm\u200bin\u202e\u2028x\ud800")).isEqualTo("adm\\u200bin\\u202e\\u2028x\\ud800");
    }

    @Test
    void text_backslash_staysAsItIs() {
        assertThat(Printable.text("\\x1b \\d+")).isEqualTo("\\x1b \\d+");
    }

    @Test
    void text_lettersOfAnyScript_stay() {
        assertThat(Printable.text("Müller 管理员 😀")).isEqualTo("Müller 管理员 😀");
    }

    @Test
    void text_longerThanAllowed_isCutAndSaysSo() {
        assertThat(Printable.text("x".repeat(2_000), 10)).isEqualTo("xxxxxxxxxx...");
    }
}
