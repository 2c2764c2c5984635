package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.DateReading.Field;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateZonesTest {

    private static final int UNSAID = -1;

    private final DateReading out = new DateReading();

    @ParameterizedTest
    @CsvSource({
        "Z, 1, 0",
        "UTC, 3, 0",
        "GMT, 3, 0",
        "+01, 3, 3600",
        "+0130, 5, 5400",
        "-03:30, 6, -12600",
        "+01:3, 3, 3600",
        "+18:00, 6, 64800",
        "+01000, 5, 3600"
    })
    void offset_knownForms_areSecondsEastOfGreenwich(String text, int end, int seconds) {
        out.clear();

        assertThat(DateZones.offset(DateText.of(text), 0, text.length(), out)).isEqualTo(end);
        assertThat(out.get(Field.OFFSET, UNSAID)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+", "+1", "+1:00", "+19:00", "+00:60", "CET", "U", "UT", "GM", " Z", "z", "−01:00"})
    void offset_anythingElse_isNone(String text) {
        out.clear();

        assertThat(DateZones.offset(DateText.of(text), 0, text.length(), out)).isEqualTo(-1);
        assertThat(out.has(Field.OFFSET)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"CET, 3, 3600", "CEST x, 4, 7200", "PDT, 3, -25200", "XYZ, 3, -1", "ABCDEFG, 5, -1", "Z, 1, 0"})
    void name_abbreviation_hasItsOffsetWhereItIsKnown(String text, int end, int seconds) {
        out.clear();

        assertThat(DateZones.name(DateText.of(text), 0, text.length(), out)).isEqualTo(end);
        assertThat(out.get(Field.OFFSET, UNSAID)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({"CET+02, 6, 10800", "UTC-0100, 8, -3600", "XYZ+01:00, 9, 3600", "CET x, 3, 3600", "+01 x, 3, 3600"})
    void nameOrOffset_both_areAddedUp(String text, int end, int seconds) {
        out.clear();

        assertThat(DateZones.nameOrOffset(DateText.of(text), 0, text.length(), out))
                .isEqualTo(end);
        assertThat(out.get(Field.OFFSET, UNSAID)).isEqualTo(seconds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR", "NOV", "X", "nov", ""})
    void knownName_otherWordInCapitals_isNone(String text) {
        assertThat(DateZones.knownName(DateText.of(text), 0, text.length(), out))
                .isEqualTo(-1);
    }
}
