package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobNameTest {

    @ParameterizedTest
    @CsvSource({
        "auth.log, auth.log, true",
        "auth.log, auth_log, false",
        "*, auth.log, true",
        "*, .hidden, false",
        ".*, .hidden, true",
        "*.log, auth.log, true",
        "*.log, auth.log.1, false",
        "a*b*c, abbbc, true",
        "a*b*c, abbbcd, false",
        "access?log, access.log, true",
        "access?log, accesslog, false",
        "[ab].log, a.log, true",
        "[ab].log, c.log, false",
        "[!ab].log, c.log, true",
        "[!ab].log, a.log, false",
        "[a-c0-9].log, 7.log, true",
        "[a-c0-9].log, d.log, false",
        "[]a].log, ].log, true",
        "[a-].log, -.log, true",
        "[a.log, [a.log, true",
        "{a}.log, {a}.log, true",
        "{a}.log, a.log, false",
        "a\\b, a\\b, true",
    })
    void matches_patternAndName_asPythonsGlob(String pattern, String name, boolean expected) {
        assertThat(new GlobName(pattern).matches(name)).isEqualTo(expected);
    }

    @Test
    @Timeout(10)
    void matches_manyStarsAndALongName_endsInTime() {
        GlobName pattern = new GlobName("*a".repeat(120) + "*b");

        assertThat(pattern.matches("a".repeat(250))).isFalse();
    }
}
