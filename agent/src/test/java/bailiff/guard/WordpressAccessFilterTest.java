package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import bailiff.config.ConfigReader;
import bailiff.config.FilterReading;
import bailiff.config.Host;
import bailiff.filter.Filter;
import bailiff.filter.Outcome;
import bailiff.filter.RegexException;
import bailiff.line.LogLine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter for access logs that comes with the program. */
class WordpressAccessFilterTest {

    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final String TIME = "[20/Nov/2026:11:03:14 +0000]";
    private static final Path FAIL2BAN = Path.of("/etc/fail2ban");

    private static final List<String> FAILURES = List.of(
            "203.0.113.9 - - TIME \"POST /wp-login.php HTTP/1.1\" 200 5813 \"-\" \"curl\"",
            "203.0.113.9 - admin TIME \"POST /blog/wp-login.php?action=login HTTP/2.0\" 403 153",
            "203.0.113.9 - - TIME \"POST /xmlrpc.php HTTP/1.1\" 403 153 \"-\" \"-\"",
            "203.0.113.9 - - TIME \"POST /xmlrpc.php/x HTTP/1.1\" 405 42 \"-\" \"-\"",
            "203.0.113.9 - - TIME \"POST /xmlrpc.php\" 429 42 \"-\" \"-\"",
            "blog.example:443 203.0.113.9 - - TIME \"POST /xmlrpc.php HTTP/1.1\" 401 570 \"-\" \"-\"",
            "203.0.113.9 - 198.51.100.7 TIME \"POST /xmlrpc.php HTTP/1.1\" 403 153 \"-\" \"-\"",
            "203.0.113.9 - [01/Jan/2020:00:00:00 +0000] TIME \"POST /xmlrpc.php HTTP/1.1\" 403 153 \"-\" \"-\"",
            "203.0.113.9 - a \\\"b TIME \"POST /xmlrpc.php?\\\"x HTTP/1.1\" 403 153 \"-\" \"-\"");

    private static final List<String> ENCODED = List.of(
            "203.0.113.9 - - TIME \"POST /%78mlrpc.php HTTP/1.1\" 403 153 \"-\" \"-\"",
            "203.0.113.9 - - TIME \"POST //x/../wp%2dlogin.php HTTP/1.1\" 200 5813 \"-\" \"-\"",
            "203.0.113.9 - - TIME \"POST /%77%70-login.php HTTP/1.1\" 200 5813 \"-\" \"-\"");

    private static final List<String> OTHERS = List.of(
            "203.0.113.9 - - TIME \"POST /wp-login.php HTTP/1.1\" 302 0 \"-\" \"curl\"",
            "203.0.113.9 - - TIME \"GET /wp-login.php HTTP/1.1\" 200 5813 \"-\" \"curl\"",
            "203.0.113.9 - - TIME \"POST /xmlrpc.php HTTP/1.1\" 200 403 \"-\" \"Jetpack\"",
            "203.0.113.9 - - TIME \"GET /xmlrpc.php HTTP/1.1\" 405 42 \"-\" \"-\"",
            "203.0.113.9 - - TIME \"POST /?/xmlrpc.php HTTP/1.1\" 403 153 \"-\" \"-\"",
            "203.0.113.9 - - TIME \"POST /my-xmlrpc.php HTTP/1.1\" 403 153 \"-\" \"-\"",
            "203.0.113.9 - - TIME \"POST /xmlrpc.phpx HTTP/1.1\" 403 153 \"-\" \"-\"",
            "203.0.113.9 - - TIME \"POST / HTTP/1.1\" 200 9 \"POST /xmlrpc.php HTTP/1.1\\\" 403 1\" \"-\"",
            "203.0.113.9 - - TIME \"POST /a%22%20403%20\\\"POST%20/xmlrpc.php HTTP/1.1\" 200 9 \"-\" \"-\"",
            "203.0.113.9 - x TIME \\\"POST /xmlrpc.php HTTP/1.1\\\" 403 1 TIME \"GET / HTTP/1.1\" 401 9 \"-\" \"-\"");

    @TempDir
    Path directory;

    @Test
    void apply_attemptThatFailed_blamesTheClientAtTheServersTime() throws RegexException {
        Filter filter = filter("wordpress-access");

        for (String line : both(FAILURES, ENCODED)) {
            Outcome outcome = filter.apply(LogLine.of(line.replace("TIME", TIME)), NOW);
            assertThat(outcome).as(line).isInstanceOfSatisfying(Outcome.Matched.class, matched -> {
                assertThat(matched.sighting().host()).as(line).isEqualTo("203.0.113.9");
                assertThat(matched.sighting().time()).as(line).isEqualTo("2026-11-20T11:03:14Z");
            });
        }
    }

    @Test
    void apply_anyOtherRequest_isNoFailure() throws RegexException {
        Filter filter = filter("wordpress-access");

        for (String line : OTHERS) {
            assertThat(filter.apply(LogLine.of(line.replace("TIME", TIME)), NOW))
                    .as(line)
                    .isNotInstanceOf(Outcome.Matched.class);
        }
    }

    @Test
    void apply_withXmlrpcAll_countsEveryPostToXmlrpc() throws RegexException {
        Filter filter = filter("wordpress-access[xmlrpc=all]");
        String line = "203.0.113.9 - - TIME \"POST /xmlrpc.php HTTP/1.1\" 200 403 \"-\" \"curl\"".replace("TIME", TIME);

        assertThat(filter.apply(LogLine.of(line), NOW)).isInstanceOf(Outcome.Matched.class);
        assertThat(filter.apply(LogLine.of(line.replace("POST", "GET")), NOW)).isEqualTo(Outcome.UNMATCHED);
    }

    @Test
    void apply_userNameOfManyEscapes_isMatchedWithinTheBudget() throws RegexException {
        String line = "203.0.113.9 - " + "\\\"[".repeat(2_000) + " " + TIME
                + " \"POST /xmlrpc.php HTTP/1.1\" 403 153 \"-\" \"-\"";

        assertThat(filter("wordpress-access").apply(LogLine.of(line), NOW)).isNotEqualTo(Outcome.UNMATCHED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"raw", "Decoded", "decoded x"})
    void read_anotherValueOfRequests_isAProblem(String value) throws IOException {
        Files.createDirectory(directory.resolve("filter.d"));
        Files.writeString(
                directory.resolve("filter.d/mine.conf"),
                "[Definition]\nfailregex = ^<HOST> x$\nrequests = " + value + "\n");

        FilterReading reading =
                ConfigReader.overBuiltIn(directory, Host.local()).filter("mine");

        assertThat(reading.toString()).contains("expected logged or decoded");
    }

    /** The same files, given to the installed fail2ban: without decoding it finds what is logged as it is meant. */
    @Test
    void files_readByFail2ban_areTakenAndMatchAlike() throws Exception {
        needs(Files.isDirectory(FAIL2BAN.resolve("action.d"))
                && Files.isExecutable(Path.of("/usr/bin/fail2ban-regex")));
        Files.createDirectory(directory.resolve("filter.d"));
        for (String name : List.of(
                "jail.conf", "filter.d/wordpress-access.conf", "filter.d/common.conf", "filter.d/wordpress.conf")) {
            try (InputStream file = ConfigReader.class.getResourceAsStream(name)) {
                Files.copy(Objects.requireNonNull(file), directory.resolve(name));
            }
        }
        Files.createDirectory(directory.resolve("action.d"));
        try (Stream<Path> actions = Files.list(FAIL2BAN.resolve("action.d"))) {
            for (Path action : actions.filter(Files::isRegularFile).toList()) {
                Files.copy(action, directory.resolve("action.d").resolve(action.getFileName()));
            }
        }
        Files.copy(FAIL2BAN.resolve("fail2ban.conf"), directory.resolve("fail2ban.conf"));
        Path log = Files.write(
                directory.resolve("access.log"),
                both(FAILURES, OTHERS).stream()
                        .map(line -> line.replace("TIME", TIME))
                        .toList());
        Files.writeString(
                directory.resolve("jail.local"),
                "[wordpress]\nenabled = false\n[wordpress-access]\nenabled = true\nlogpath = " + log + "\n");

        List<String> dump = run("/usr/bin/fail2ban-client", "-c", directory.toString(), "-d");
        List<String> tried = run(
                "/usr/bin/fail2ban-regex",
                "--usedns",
                "no",
                log.toString(),
                directory + "/filter.d/wordpress-access.conf");

        assertThat(dump).anyMatch(line -> line.contains("'wordpress-access'") && line.contains("(?:40[135]|429)"));
        assertThat(tried)
                .anyMatch(line -> line.startsWith("Lines:") && line.contains(" " + FAILURES.size() + " matched"));
    }

    private static void needs(boolean there) {
        String why = "Needs fail2ban as the oracle (package fail2ban).";
        Needs.orSkip(there, why);
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
        return lines;
    }

    private Filter filter(String call) throws RegexException {
        FilterReading reading =
                ConfigReader.overBuiltIn(directory, Host.local()).filter(call);
        return Filter.compile(((FilterReading.Usable) reading).filter());
    }

    private static List<String> both(List<String> some, List<String> others) {
        List<String> both = new ArrayList<>(some);
        both.addAll(others);
        return both;
    }
}
