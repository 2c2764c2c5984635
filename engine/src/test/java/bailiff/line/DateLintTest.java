package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DateLintTest {

    @ParameterizedTest
    @ValueSource(strings = {".*%Y-%m-%d", "\\S*\\s*%Y-%m-%d", "^(?:.*,){11}%Y", "^(?:x|y|,|[^z]*)*%Y"})
    void warnings_patternThatIsSlow_areGiven(String pattern) throws DatePatternException {
        assertThat(DateDetector.of("{^LN-BEG}\n" + pattern, ZoneOffset.UTC).warnings())
                .singleElement()
                .asString()
                .startsWith("datepattern 2 makes lines slow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{^LN-BEG}",
                "{NONE}",
                "{DATE}",
                "EPOCH",
                "^[^\\[]*\\[({DATE})",
                "%Y-%m-%d %H:%M:%S",
                "(?:%a )?%b %d %H:%M:%S(?:\\.%f)?",
                "^.*%Y-%m-%d",
                "%d/%b[^/]*/%Y:%H:%M:%S %z"
            })
    void warnings_usualPattern_areNone(String pattern) throws DatePatternException {
        assertThat(DateDetector.of(pattern, ZoneOffset.UTC).warnings()).isEmpty();
    }

    @Test
    void warnings_stockFilters_areNone() throws DatePatternException {
        for (String filter : InstalledFilters.withSamples()) {
            assertThat(DateDetector.of(InstalledFilters.datepattern(filter), ZoneOffset.UTC)
                            .warnings())
                    .as(filter)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "(?:a", "{DATE}", "%Y", "a", "\\"})
    void of_hostilePattern_isRefusedInItsFirstCharacters(String piece) {
        assertThatThrownBy(() -> DateDetector.of(piece.repeat(2_000_000), ZoneOffset.UTC))
                .isInstanceOf(DatePatternException.class)
                .hasMessageContaining("at most 8192");
        assertThatThrownBy(() -> DateDetector.of((piece + "\n").repeat(2_000_000), ZoneOffset.UTC))
                .isInstanceOf(DatePatternException.class);
    }
}
