package bailiff.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PythonTextTest {

    @ParameterizedTest
    @CsvSource({
        "2629800, 2629800.0",
        "0.1, 0.1",
        "1e15, 1000000000000000.0",
        "1e16, 1e+16",
        "1.5e-7, 1.5e-07",
        "0.0001, 0.0001",
        "-0.0, -0.0",
        "1e300, 1e+300",
        "NaN, nan",
        "-Infinity, -inf"
    })
    void of_float_isWhatPythonWrites(double number, String python) {
        assertThat(PythonText.of(number)).isEqualTo(python);
    }

    @Test
    void quoted_text_isWhatPythonWrites() {
        assertThat(PythonText.quoted("plain")).isEqualTo("'plain'");
        assertThat(PythonText.quoted("it's")).isEqualTo("\"it's\"");
        assertThat(PythonText.quoted("it's \"so\"")).isEqualTo("'it\\'s \"so\"'");
        assertThat(PythonText.quoted("a\tb\n\u001b\u00a0\u202e\\")).isEqualTo("'a\\tb\\n\\x1b\\xa0\\u202e\\\\'");
    }
}
