package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

class MatchCommandTest {

    private static final String LINES = """
            2026-04-09T12:00:00+00:00 vps wordpress(b.example)[1]: Authentication failure for admin from 203.0.113.9
            2026-04-09T12:00:01+00:00 vps wordpress(b.example)[1]: Password reset requested for admin from 203.0.113.9
            2026-04-09T12:00:02+00:00 vps wordpress(b.example)[1]: Pingback error 17 generated from 203.0.113.10
            """;
    private static final String FIRST = "^ *x <HOST>$";

    @TempDir
    Path directory;

    @Test
    void match_filter_showsWhomItBlamesAndTheSum() throws IOException {
        Run run = match("wordpress", log("auth.log", LINES));

        assertThat(run.exit()).isZero();
        assertThat(run.lines()).hasSize(5);
        assertThat(run.lines().getFirst())
                .startsWith(directory.resolve("auth.log") + ":1  ")
                .endsWith("  203.0.113.9  user admin  regex 0");
        assertThat(run.lines().getLast()).isEqualTo("3 lines: 2 matched, 0 ignored, 1 missed");
    }

    @Test
    void match_filterAsJson_hasTheContractsKeys() throws IOException {
        Path log = log("auth.log", LINES);

        List<Map<String, Object>> objects = match("wordpress", log, "--json").objects();

        assertThat(objects).hasSize(3);
        assertThat(objects.getFirst())
                .containsExactly(
                        Map.entry("file", log.toString()),
                        Map.entry("line", 1),
                        Map.entry("matched", true),
                        Map.entry("ignored", false),
                        Map.entry("time", "2026-04-09T12:00:00.000Z"),
                        Map.entry("ip", "203.0.113.9"),
                        Map.entry("host", "203.0.113.9"),
                        Map.entry("user", "admin"),
                        Map.entry("regex", 0),
                        Map.entry("kind", "failure"),
                        Map.entry("attempts", 1),
                        Map.entry("groups", Map.of("ip4", "203.0.113.9", "user", "admin", "site", "b.example")));
        assertThat(objects.getLast())
                .isEqualTo(Map.of("summary", Map.of("lines", 3, "matched", 2, "ignored", 0, "missed", 1)));
    }

    @Test
    void match_success_isShownAsOne() throws IOException {
        Path log = log("auth.log", LINES.replace("Password reset requested", "Accepted password"));

        Map<String, Object> success = match("wordpress", log, "--json").objects().get(1);
        assertThat(success)
                .containsEntry("matched", true)
                .containsEntry("ignored", false)
                .containsEntry("kind", "success")
                .containsEntry("user", "admin");
        assertThat(match("wordpress", log).lines())
                .anyMatch(text -> text.contains(":2  ") && text.endsWith("  user admin  success"))
                .last()
                .isEqualTo("3 lines: 3 matched, 0 ignored, 0 missed");
    }

    @Test
    void match_sameWrongPasswordAgain_isIgnored() throws IOException {
        Path log = log("auth.log", LINES.replace("failure for", "failure (repeat) for"));

        assertThat(match("wordpress", log).lines().getLast()).isEqualTo("3 lines: 1 matched, 1 ignored, 1 missed");
    }

    @Test
    void match_allAsJson_givesEveryLineTheSameKeys() throws IOException {
        List<Map<String, Object>> objects =
                match("wordpress", log("auth.log", LINES), "--json", "--all").objects();

        assertThat(objects).hasSize(4);
        assertThat(objects.get(1).keySet())
                .containsExactlyElementsOf(objects.getFirst().keySet());
        assertThat(objects.get(1)).containsEntry("matched", false).containsEntry("ip", null);
    }

    @Test
    void match_all_showsLinesWithoutAMatch() throws IOException {
        assertThat(match("wordpress", log("auth.log", LINES), "--all").out())
                .contains(":2  no match  2026-04-09T12:00:01");
    }

    @Test
    void match_expression_isTried() throws IOException {
        Run run = match(FIRST, log("log", "x 203.0.113.9\ny 203.0.113.9\n"));

        assertThat(run.lines().getLast()).isEqualTo("2 lines: 1 matched, 0 ignored, 1 missed");
    }

    @Test
    void match_ignore_excusesTheLine() throws IOException {
        Run run = match("wordpress", log("auth.log", LINES), "--ignore", "for admin from", "--json");

        assertThat(run.objects().getFirst())
                .containsEntry("matched", false)
                .containsEntry("ignored", true)
                .containsEntry("ip", "203.0.113.9");
        assertThat(run.objects().getLast())
                .isEqualTo(Map.of("summary", Map.of("lines", 3, "matched", 1, "ignored", 1, "missed", 1)));
    }

    @Test
    void match_timezoneAndNow_completeTheTimes() throws IOException {
        Path log = log("log", "Apr  9 12:00:00 x 203.0.113.9\n");

        assertThat(time(match(FIRST, log, "--json", "--timezone", "Europe/Berlin", "--now", "2016-06-01")))
                .isEqualTo("2016-04-09T10:00:00.000Z");
        assertThat(time(match(FIRST, log, "--json", "--timezone", "UTC", "--now", "2016-04-01 11:59:59")))
                .as("the latest such day that is not in the future")
                .isEqualTo("2015-04-09T12:00:00.000Z");
    }

    @Test
    void match_noNow_completesByWhenTheLogWasWritten() throws IOException {
        Path log = log("log", "Apr  9 12:00:00 x 203.0.113.9\n");
        Files.setLastModifiedTime(log, FileTime.from(Instant.parse("2012-12-24T18:00:00Z")));

        assertThat(time(match(FIRST, log, "--json", "--timezone", "UTC"))).isEqualTo("2012-04-09T12:00:00.000Z");
    }

    @Test
    void match_datepattern_readsTheTime() throws IOException {
        Path log = log("log", "09/04/2016@12-30-00 x 203.0.113.9\n");

        assertThat(time(match(FIRST, log, "--json", "--timezone", "UTC", "--datepattern", "%d/%m/%Y@%H-%M-%S")))
                .isEqualTo("2016-04-09T12:30:00.000Z");
    }

    @Test
    void match_hostileLine_printsNoControlCharacter() throws IOException {
        String hostile = "2026-04-09T12:00:00+00:00 vps wordpress(b)[1]: Authentication failure for"
                + " \u001b[2J\u0007\u009b31m\u202e from 8.8.8.8 from 203.0.113.9\n";
        Path log = log("auth.log", hostile + "\u001b]0;title\u0007 other\n");

        for (Run run : List.of(match("wordpress", log, "--all"), match("wordpress", log, "--all", "--json"))) {
            assertThat(run.out()).contains("203.0.113.9").doesNotContainPattern("[\\p{Cntrl}\u202e&&[^\n]]");
        }
        assertThat(match("wordpress", log, "--json").objects().getFirst()).containsEntry("ip", "203.0.113.9");
    }

    @Test
    void match_fileWithAHostileName_printsNoControlCharacter() throws IOException {
        Run run = match("wordpress", log("\u001b[2Jauth.log", LINES));

        assertThat(run.out()).contains("\\x1b[2Jauth.log:1").doesNotContain("\u001b");
    }

    @Test
    void match_compressedLogs_areReadAsTheyAre() throws IOException {
        Path gzip = directory.resolve("auth.log.2.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(LINES.getBytes(StandardCharsets.UTF_8));
        }
        Path xz = directory.resolve("auth.log.3.xz");
        try (OutputStream out = new XZOutputStream(Files.newOutputStream(xz), new LZMA2Options())) {
            out.write(LINES.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(Run.of("match", "wordpress", gzip.toString(), xz.toString())
                        .lines()
                        .getLast())
                .isEqualTo("6 lines: 4 matched, 0 ignored, 2 missed");
    }

    @Test
    void match_glob_readsTheOldestFirst() throws IOException {
        Files.setLastModifiedTime(log("a.log", LINES), FileTime.from(Instant.parse("2026-04-10T00:00:00Z")));
        Files.setLastModifiedTime(log("b.log", LINES), FileTime.from(Instant.parse("2026-04-09T00:00:00Z")));
        log("c.txt", LINES);

        List<Map<String, Object>> objects =
                match("wordpress", directory.resolve("*.log"), "--json").objects();

        assertThat(objects)
                .extracting(
                        object -> Path.of(String.valueOf(object.get("file"))).getFileName())
                .startsWith(Path.of("b.log"), Path.of("b.log"), Path.of("a.log"))
                .hasSize(5);
    }

    @Test
    void match_standardInput_isRead() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(LINES.getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(Run.of("match", "wordpress", "-").lines().getFirst()).startsWith("-:1  ");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void match_damagedLog_showsWhatItCouldReadAndFails() throws IOException {
        Path gzip = directory.resolve("auth.log.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
            out.write(LINES.repeat(100).getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = Files.readAllBytes(gzip);
        Files.write(gzip, Arrays.copyOf(whole, whole.length - 12));

        Run run = match("wordpress", gzip);

        assertThat(run.exit()).isOne();
        assertThat(run.err()).startsWith("bailiff: " + gzip + ": ");
        assertThat(run.out()).contains(" matched, ");
    }

    @Test
    void match_logsThatAreNone_areWrongUsage() {
        assertThat(match("wordpress", directory.resolve("none")).err()).contains("There is no log " + directory);
        assertThat(match("wordpress", directory).err()).contains(" is a directory; expected a log.");
        assertThat(match("wordpress", directory.resolve("[")).exit()).isEqualTo(2);
        assertThat(match("wordpress", Path.of("none"), "--now", "soon").exit()).isEqualTo(2);
    }

    @Test
    void match_wrongExpressions_areNamedWithTheirPosition() throws IOException {
        Path log = log("log", LINES);

        Run expression = match("^wrong ( from <HOST>$", log);
        assertThat(expression.exit()).isEqualTo(2);
        assertThat(expression.err()).startsWith("bailiff: ").containsPattern("\\d");
        assertThat(match("^nobody$", log).exit()).isEqualTo(2);
        assertThat(match("wordpress", log, "--ignore", "(").exit()).isEqualTo(2);
        assertThat(match("wordpress", log, "--datepattern", "%Q").exit()).isEqualTo(2);
        assertThat(match("wordpress", log, "--timezone", "Mars/Base").exit()).isEqualTo(2);
        assertThat(match("nosuchfilter", log).exit()).isEqualTo(2);
    }

    private Path log(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static String time(Run run) {
        return String.valueOf(run.objects().getFirst().get("time"));
    }

    private static Run match(String filter, Path log, String... options) {
        List<String> arguments = new ArrayList<>(List.of("match", filter, log.toString()));
        arguments.addAll(List.of(options));
        return Run.of(arguments.toArray(String[]::new));
    }
}
