package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyslogMessageTest {

    private static Optional<SyslogMessage> read(String datagram) {
        byte[] bytes = datagram.getBytes(StandardCharsets.UTF_8);
        return SyslogMessage.of(bytes, 0, bytes.length, true);
    }

    private static String line(String datagram) {
        return read(datagram).orElseThrow().line().text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<85>Nov 21 10:00:00 wp[1]: text | Nov 21 10:00:00 wp[1]: text | true",
                "<85>Nov  1 10:00:00 vps wp[1]: text | Nov  1 10:00:00 vps wp[1]: text | true",
                "<13>2026-11-21T10:00:00.5+01:00 vps wp[1]: text | 2026-11-21T10:00:00.5+01:00 vps wp[1]: text | true",
                "<0>wp[1]: text | wp[1]: text | false",
                "wp[1]: text | wp[1]: text | false",
                "<85>1 2026-11-21T10:00:00Z vps wp 1 - - text | <85>1 2026-11-21T10:00:00Z vps wp 1 - - text | true",
                "<85>1 - vps wp 1 - - text | <85>1 vps wp 1 - - text | false",
                "<192>wp: text | <192>wp: text | false",
                "<>wp: text | <>wp: text | false",
                "<8500>wp: text | <8500>wp: text | false",
                "<85 | <85 | false",
                "x<85>wp: text | x<85>wp: text | false",
            })
    void of_datagram_isTheLineThatAFileWouldHold(String datagram, String line, boolean dated) {
        assertThat(line(datagram)).isEqualTo(line);
        assertThat(read(datagram).orElseThrow().dated()).isEqualTo(dated);
    }

    @Test
    void of_lineFeedWithin_isABlankSoThatNobodyForgesASecondLine() {
        assertThat(line("<85>Nov 21 10:00:00 wp[1]: a\nNov 21 10:00:00 wp[1]: b\r\n\0"))
                .isEqualTo("Nov 21 10:00:00 wp[1]: a Nov 21 10:00:00 wp[1]: b");
    }

    @Test
    void of_controlCharacters_stayInTheLine() {
        assertThat(line("<85>wp: a\0b\u001b[2Jc\rd")).isEqualTo("wp: a\0b\u001b[2Jc\rd");
    }

    @ParameterizedTest
    @CsvSource({"''", "'\n'", "'<85>'", "'<85>\r\n\0'"})
    void of_nothing_isNoLine(String datagram) {
        assertThat(read(datagram)).isEmpty();
    }

    @Test
    void of_longestLine_isWhole() {
        SyslogMessage message = read("<191>" + "x".repeat(LogFollower.LONGEST_LINE)).orElseThrow();

        assertThat(message.whole()).isTrue();
        assertThat(message.line().length()).isEqualTo(LogFollower.LONGEST_LINE);
    }

    @Test
    void of_longerThanALine_isCutAndNotWhole() {
        SyslogMessage message =
                read("<191>" + "x".repeat(LogFollower.LONGEST_LINE + 1)).orElseThrow();

        assertThat(message.whole()).isFalse();
        assertThat(message.line().length()).isEqualTo(LogFollower.LONGEST_LINE);
    }

    @Test
    void of_bytesThatWereCutBefore_isNotWhole() {
        byte[] bytes = "<85>wp: text".getBytes(StandardCharsets.US_ASCII);

        assertThat(SyslogMessage.of(bytes, 0, bytes.length, false).orElseThrow().whole())
                .isFalse();
    }
}
