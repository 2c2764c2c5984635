package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of 'bailiff analyze --html' in a real browser, after an attack by people who write HTML into everything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnalyzePageTest {

    private static final DateTimeFormatter CLF = DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ROOT);
    private static final DateTimeFormatter SYSLOG =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx", Locale.ROOT);
    private static final OffsetDateTime START = OffsetDateTime.of(2026, 3, 1, 6, 0, 0, 0, ZoneOffset.UTC);
    private static final String EVIL =
            "</pre></svg><script>document.title='owned'</script><img src=http://evil.example/i onerror=alert(1)>"
                    + "<style>@import 'http://evil.example/c'</style>&lt;b&gt;";

    /** What WCAG 2.1 asks of text (1.4.3). */
    private static final double CONTRAST = 4.5;

    private final Folder folder = Folder.make();
    private final Queue<String> fetched = new ConcurrentLinkedQueue<>();
    private ServerSocket proxy;
    private Browser browser;
    private Path page;

    @BeforeAll
    void write() throws IOException {
        Needs.program("chromium", "chromium");
        proxy = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::answer);
        browser = new Browser(folder.path(), proxy.getLocalPort());
        page = folder.path().resolve("page.html");
        Path access = Files.write(folder.path().resolve("access.log"), requests());
        Path auth = Files.write(folder.path().resolve("auth.log"), failures());
        Programs.run(
                        List.of(
                                Installation.launcher().toString(),
                                "analyze",
                                "--timezone",
                                "UTC",
                                "--html",
                                page.toString(),
                                access.toString(),
                                auth.toString()),
                        Installation.java())
                .good();
    }

    @AfterAll
    void close() throws IOException {
        if (proxy != null) {
            proxy.close();
        }
        folder.close();
    }

    private void answer() {
        while (!proxy.isClosed()) {
            try (Socket socket = proxy.accept()) {
                byte[] read = new byte[2_000];
                int length = socket.getInputStream().read(read);
                fetched.add(new String(read, 0, Math.max(0, length), StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                if (!proxy.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1200,false", "1200,true", "360,false", "360,true"})
    void page_anyWindow_isReadable(int width, boolean dark) {
        Map<String, Object> seen = browser.look(page, width, dark);

        assertThat(number(seen, "contrast")).isGreaterThanOrEqualTo(CONTRAST);
        assertThat(number(seen, "overflow")).isLessThanOrEqualTo(0);
        assertThat(number(seen, "chartWidth")).isGreaterThan(300);
        assertThat(number(seen, "chartHeight")).isGreaterThan(150);
        assertThat((List<?>) seen.get("bars")).hasSize(3).allMatch(height -> ((Number) height).doubleValue() > 20);
        assertThat(number(seen, "ground") < 0.1).isEqualTo(dark);
    }

    @Test
    void page_hostileNamesAgentsAndPaths_areTextAndNothingElse() {
        Map<String, Object> seen = browser.look(page, 1_200, false);

        assertThat(seen.get("text")).asString().contains("<script>document.title=", "evil.example");
        assertThat(seen.get("title")).asString().contains("sent").isNotEqualTo("owned");
        assertThat(number(seen, "active")).isZero();
        assertThat(number(seen, "references")).isZero();
        assertThat(fetched).noneMatch(request -> request.contains("evil.example"));
    }

    @Test
    void page_forThoseWhoDoNotSee_hasHeadingsInOrderAndNamedColumns() {
        Map<String, Object> seen = browser.look(page, 1_200, false);

        List<?> levels = (List<?>) Objects.requireNonNull(seen.get("levels"));
        assertThat(levels.getFirst()).isEqualTo(1);
        assertThat(levels.stream().skip(1)).isNotEmpty().allMatch(level -> level.equals(2));
        assertThat(number(seen, "headers")).isPositive().isEqualTo(number(seen, "scoped"));
    }

    @Test
    void page_somebodyGotIn_saysSoBeforeAllElse() {
        String text = String.valueOf(browser.look(page, 1_200, false).get("text"));

        assertThat(text).contains("SOMEBODY GOT IN: 203.0.113.250");
        assertThat(text.indexOf("SOMEBODY GOT IN")).isLessThan(text.indexOf("What WordPress served"));
    }

    private static double number(Map<String, Object> seen, String name) {
        return ((Number) Objects.requireNonNull(seen.get(name))).doubleValue();
    }

    private static List<String> requests() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String reader = "198.51.100." + i % 200;
            lines.add(request(START.plusMinutes(10L * i), reader, "GET /a-post/", 200, "Mozilla/5.0 (a reader)"));
            lines.add(request(START.plusMinutes(10L * i), reader, "GET /style.css", 200, "Mozilla/5.0 (a reader)"));
        }
        for (int i = 0; i < 100; i++) {
            OffsetDateTime time = START.plusMinutes(20L * i);
            String bot = "192.0.2." + i;
            lines.add(request(time, bot, "POST /" + EVIL.replace(" ", "%20") + "/xmlrpc.php", 200, EVIL));
            lines.add(request(time, bot, "POST /wp-login.php", 200, EVIL));
        }
        OffsetDateTime late = START.plusDays(1);
        for (int i = 0; i < 40; i++) {
            lines.add(request(late.plusSeconds(i), "203.0.113.250", "POST /wp-login.php", 200, "Mozilla/5.0 (thief)"));
        }
        lines.add(request(late.plusSeconds(50), "203.0.113.250", "POST /wp-login.php", 302, "Mozilla/5.0 (thief)"));
        return lines;
    }

    private static List<String> failures() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            lines.add(SYSLOG.format(START.plusMinutes(20L * i)) + " host wordpress(blog.example)[7]: "
                    + "Authentication failure for " + EVIL + " from 192.0.2." + i);
        }
        return lines;
    }

    private static String request(OffsetDateTime time, String client, String request, int status, String agent) {
        return client + " - - [" + CLF.format(time) + "] \"" + request.replace("\"", "%22") + " HTTP/1.1\" " + status
                + " 4321 \"-\" \"" + agent + "\"";
    }
}
