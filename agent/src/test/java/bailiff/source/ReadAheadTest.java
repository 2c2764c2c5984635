package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.filter.Filter;
import bailiff.filter.FilterDefinition;
import bailiff.filter.Outcome;
import bailiff.filter.RegexException;
import bailiff.filter.Sieve;
import bailiff.line.LogLine;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadAheadTest {

    private static final List<String> PIECES = List.of(
            "login failed 192.0.2.1",
            "login fai",
            "x",
            "\n",
            "\n",
            "\r\n",
            "\n\n",
            "\0",
            "\u00e9",
            "Nov 20 11:03:14",
            " login failed",
            "y".repeat(30),
            "z".repeat(5_000),
            "z".repeat(PastLog.LONGEST_LINE - 2),
            "w".repeat(20_000));

    private final List<String> lines = new ArrayList<>();
    private long number;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void next_randomLogs_givesTheLinesThatMatterWithTheirNumbersWhateverTheThreads(int threads) throws Exception {
        Optional<Sieve> sieve = Optional.of(sieve());
        for (long seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<byte[]> texts = new ArrayList<>();
            List<PastLog> logs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                texts.add(text(random));
                logs.add(log(random.nextBoolean() ? texts.getLast() : gzip(texts.getLast())));
            }
            int block = 1 << random.nextInt(19);

            try (ReadAhead ahead = new ReadAhead(logs, sieve, threads, block)) {
                for (byte[] text : texts) {
                    lines.clear();
                    number = 0;
                    ahead.next(reader());

                    List<String> expected = expected(text);
                    assertThat(number).as("seed %d, lines", seed).isEqualTo(expected.size());
                    expected.removeIf(line -> !line.contains("login failed") && !line.endsWith("cut"));
                    assertThat(lines).as("seed %d, block %d", seed, block).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void next_withoutSieve_givesEveryLine() throws Exception {
        for (long seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] text = text(random);
            lines.clear();
            number = 0;
            try (ReadAhead ahead = new ReadAhead(List.of(log(text)), Optional.empty(), 1, 1 << random.nextInt(19))) {
                ahead.next(reader());
            }

            assertThat(lines).as("seed %d", seed).isEqualTo(expected(text));
        }
    }

    @Test
    void next_filterOfSeveralLines_findsTheSameAsInAllLines() throws Exception {
        String[] kinds = {"begin here", "end 192.0.2.1", "between", "w".repeat(9_000)};
        int found = 0;
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            StringBuilder text = new StringBuilder();
            int rare = 2 + random.nextInt(40);
            for (int i = random.nextInt(1_000); i > 0; i--) {
                int kind = random.nextInt(rare) > 0 ? 2 : random.nextInt(kinds.length);
                text.append(kinds[kind]).append(random.nextInt(50) == 0 ? "" : "\n");
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            FilterDefinition definition = new FilterDefinition(
                    "test",
                    List.of("^begin here\\n(?:.*\\n)*?end <HOST>$", "^end <HOST>\\n<SKIPLINES>here"),
                    List.of(),
                    "",
                    "{NONE}",
                    ZoneOffset.UTC,
                    "no",
                    2 + random.nextInt(6));
            Filter all = Filter.compile(definition);
            List<Long> expected = new ArrayList<>();
            log(bytes).read((line, at, whole) -> apply(all, line, at, whole, expected));

            Filter some = Filter.compile(definition);
            List<Long> matched = new ArrayList<>();
            Optional<Sieve> sieve = Optional.of(Sieve.of(List.of(some)));
            assertThat(sieve.get().isUseful()).isTrue();
            try (ReadAhead ahead = new ReadAhead(List.of(log(bytes)), sieve, 1, 1 << (3 + random.nextInt(14)))) {
                ahead.next((line, at, whole) -> apply(some, line, at, whole, matched));
            }

            assertThat(matched).as("seed %d", seed).isEqualTo(expected);
            found += matched.size();
        }
        assertThat(found).isGreaterThan(300);
    }

    private static void apply(Filter filter, LogLine line, long number, boolean whole, List<Long> matched) {
        if (whole && filter.apply(line, Instant.EPOCH) instanceof Outcome.Matched) {
            matched.add(number);
        }
    }

    @Test
    void next_damagedLog_givesTheLinesBeforeSaysSoAndGoesOnWithTheNext() throws Exception {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int i = 0; i < 100_000; i++) {
            text.writeBytes(("login failed " + i * 7919 % 104729 + "\n").getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = gzip(text.toByteArray());
        List<PastLog> logs = List.of(
                log(Arrays.copyOf(whole, whole.length / 2)), log("login failed\n".getBytes(StandardCharsets.UTF_8)));

        try (ReadAhead ahead = new ReadAhead(logs, Optional.of(sieve()), 2)) {
            assertThatThrownBy(() -> ahead.next(reader()))
                    .isInstanceOf(IOException.class)
                    .hasMessageMatching("the compressed file ends too early, after line \\d+");
            assertThat(lines).hasSizeGreaterThan(10_000);
            lines.clear();
            number = 0;
            ahead.next(reader());
        }

        assertThat(lines).containsExactly("1 login failed");
    }

    @Test
    void next_readerThatThrows_failsAndCloses() throws Exception {
        List<PastLog> logs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            logs.add(log("login failed\n".repeat(100_000).getBytes(StandardCharsets.UTF_8)));
        }

        try (ReadAhead ahead = new ReadAhead(logs, Optional.of(sieve()), 2)) {
            assertThatThrownBy(() -> ahead.next((_, _, _) -> {
                        throw new IllegalStateException("enough");
                    }))
                    .hasMessage("enough");
        }
    }

    @Test
    void next_logThatCannotBeOpened_fails() throws Exception {
        PastLog missing = new PastLog("gone", Instant.EPOCH, () -> {
            throw new IOException("is gone");
        });

        try (ReadAhead ahead = new ReadAhead(List.of(missing), Optional.of(sieve()), 1)) {
            assertThatThrownBy(() -> ahead.next(reader()))
                    .isInstanceOf(IOException.class)
                    .hasMessage("is gone");
        }
    }

    /** Whoever types lines must see what comes of them; this hangs where they wait for a whole block. */
    @Test
    void next_standardInput_givesWhatIsThereAtOnce() throws Exception {
        PipedOutputStream typed = new PipedOutputStream();
        InputStream input = new PipedInputStream(typed);
        PastLog log = new PastLog("-", Instant.EPOCH, () -> input);
        typed.write("login failed 1\n".getBytes(StandardCharsets.UTF_8));
        typed.flush();

        try (ReadAhead ahead = new ReadAhead(List.of(log), Optional.of(sieve()), 1)) {
            ahead.next((line, at, _) -> {
                lines.add(at + " " + line.text());
                answer(typed, lines.size());
            });
        }

        assertThat(lines).containsExactly("1 login failed 1", "2 login failed 2");
    }

    private static void answer(OutputStream typed, int lines) {
        try {
            if (lines == 1) {
                typed.write("login failed 2\n".getBytes(StandardCharsets.UTF_8));
            }
            if (lines == 2) {
                typed.close();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private PastLog.Reader reader() {
        return new PastLog.Reader() {
            @Override
            public void line(LogLine line, long at, boolean whole) {
                number++;
                assertThat(at).isEqualTo(number);
                lines.add(at + " " + line.text() + (whole ? "" : " cut"));
            }

            @Override
            public void passedOver(long passed) {
                number += passed;
            }
        };
    }

    /** The lines as the plainest possible reading has them. */
    private static List<String> expected(byte[] bytes) {
        List<String> expected = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length ? start < i : bytes[i] == '\n') {
                boolean whole = i - start <= PastLog.LONGEST_LINE;
                int end = whole ? i : start + PastLog.LONGEST_LINE;
                end -= whole && end > start && bytes[end - 1] == '\r' ? 1 : 0;
                String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
                expected.add(expected.size() + 1 + " " + text + (whole ? "" : " cut"));
                start = i + 1;
            }
        }
        return expected;
    }

    private static byte[] text(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(200); i > 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size() - (random.nextInt(4) == 0 ? 0 : 4))));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static Sieve sieve() throws RegexException {
        FilterDefinition definition = new FilterDefinition(
                "test", List.of("login failed.*<HOST>"), List.of(), "", "{NONE}", ZoneOffset.UTC, "no");
        return Sieve.of(List.of(Filter.compile(definition)));
    }

    private static PastLog log(byte[] bytes) {
        return new PastLog("log", Instant.EPOCH, () -> new ByteArrayInputStream(bytes));
    }

    private static byte[] gzip(byte[] text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        }
        return bytes.toByteArray();
    }
}
