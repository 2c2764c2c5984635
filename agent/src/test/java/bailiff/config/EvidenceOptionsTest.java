package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceOptionsTest {

    @TempDir
    Path path;

    private ConfigDirectory directory;

    @BeforeEach
    void lay() {
        directory = ConfigDirectory.withFilter(path);
    }

    @Test
    void read_nothingSaid_isWeighedWithOneWrongfulVerdictAYear() {
        assertThat(directory.jail("").onlyJail().evidence())
                .isEqualTo(new EvidenceOptions(EvidenceOptions.Use.AUTO, 1));
    }

    @Test
    void read_bothSaid_areTaken() {
        assertThat(directory
                        .jail("evidence = No\nwrongbans = 0.25\n")
                        .onlyJail()
                        .evidence())
                .isEqualTo(new EvidenceOptions(EvidenceOptions.Use.NO, 0.25));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            evidence = much    | auto, access or no
            wrongbans = 0      | a number above 0
            wrongbans = 0.000  | a number above 0
            wrongbans = -1     | a number above 0
            wrongbans = 101    | a number above 0, such as 1 or 0.5, and at most 100
            wrongbans = 1e1    | a number above 0
            wrongbans = NaN    | a number above 0
            """)
    void read_whatCannotBe_isAnErrorWithItsPlace(String option, String expected) {
        directory.jail(option + "\n");

        assertThat(directory.problems())
                .singleElement()
                .asString()
                .startsWith("ERROR jail.local:5: [web] " + option.substring(0, option.indexOf(' ')) + ": read '")
                .contains(expected);
    }
}
