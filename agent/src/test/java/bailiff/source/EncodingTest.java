package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.LogLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodingTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "iso-8859-1, J\u00fcrgen from 192.0.2.1",
        "windows-1252, \u20ac\u201equoted\u201c 192.0.2.1",
        "koi8-r, \u041f\u0430\u0440\u043e\u043b\u044c 192.0.2.1",
        "shift_jis, \u30d1\u30b9\u30ef\u30fc\u30c9\u8868\u793a 192.0.2.1",
        "gb18030, \u5bc6\u7801\u9519\u8bef\ud83d\ude00 192.0.2.1",
        "euc-jp, \u65e5\u672c\u8a9e 192.0.2.1",
        "iso-2022-jp, \u65e5\u672c\u8a9e 192.0.2.1",
        "utf-8, \u65e5\u672c\u8a9e 192.0.2.1",
    })
    void read_lineInThatEncoding_isTheText(String name, String text) throws IOException {
        Charset charset = Charset.forName(name);
        Path log = directory.resolve("a.log");
        Files.write(log, (text + "\nplain\n").getBytes(charset));

        assertThat(follow(log, charset)).containsExactly(text, "plain");
        assertThat(past(log, charset)).containsExactly(text, "plain");
    }

    @Test
    void read_bytesThatAreNoText_areReplacedAndTheRestRead() throws IOException {
        Path log = directory.resolve("a.log");
        Charset charset = Charset.forName("shift_jis");
        Files.write(log, new byte[] {(byte) 0xfd, ' ', 'x', '\n'});
        Files.write(log, "\u65e5 y\n".getBytes(charset), StandardOpenOption.APPEND);

        assertThat(follow(log, charset)).containsExactly("\ufffd x", "\u65e5 y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-16", "utf-16le", "utf-16be", "utf-32", "cp037"})
    void of_encodingWithOtherLineEnds_isNone(String name) {
        assertThat(Encoding.of(Charset.forName(name))).isEmpty();
    }

    @Test
    void of_everyEncodingOfThisJava_keepsAsciiOrIsNone() {
        String ascii = "Failed password for root from 192.0.2.1 port 22 [ssh2]{}|^";
        Charset.availableCharsets().values().stream()
                .filter(Charset::canEncode)
                .forEach(charset -> Encoding.of(charset)
                        .ifPresent(encoding -> assertThat(
                                        encoding.read(LogLine.of(ascii)).text())
                                .as(charset.name())
                                .isEqualTo(ascii)));
    }

    private static List<String> follow(Path log, Charset charset) {
        Received received = new Received();
        List<LogPath> entries = List.of(new LogPath(log.toString(), LogPath.Start.HEAD));
        Encoding encoding = Encoding.of(charset).orElseThrow();
        try (LogFollower follower = new LogFollower(entries, Map.of(), encoding, new ManualClock())) {
            while (follower.read(1 << 20, received)) {
                assertThat(received.entries()).hasSizeLessThan(10);
            }
        }
        return received.texts();
    }

    private static List<String> past(Path log, Charset charset) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        List<String> lines = new ArrayList<>();
        new PastLog("log", Instant.EPOCH, () -> new ByteArrayInputStream(bytes))
                .read(Encoding.of(charset).orElseThrow(), (line, _, _) -> lines.add(line.text()));
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).isNotEmpty();
        return lines;
    }
}
