package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.AccessLine.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The installed nginx and Apache take a request for the path that is read from their logs. */
class RequestTargetServersTest {

    private static final long SEED = 20261121;
    private static final int TARGETS = 400;
    private static final String BEFORE_PATH = "\"-\" \"-\" \"";

    private static final List<String> PIECES = List.of(
            "/",
            "/",
            "/",
            "//",
            "/./",
            "/../",
            "/.",
            "/..",
            "a",
            "b",
            "xmlrpc.php",
            "%78",
            "%2e",
            "%2E%2e",
            "%25",
            "%3f",
            "%23",
            "%20",
            "%22",
            "%5c",
            "%C3%A9",
            "%e9",
            "é",
            ";x",
            "?q=1",
            "?a=//b/../%78",
            "\"",
            "\\",
            "+",
            "&",
            "=",
            ":",
            "@",
            "~",
            "'",
            "..",
            "...",
            ".a",
            "%7F",
            "%01",
            "%08",
            "%0a",
            "[",
            "%5B",
            "{",
            "|",
            "<");

    /** The servers differ in what they take of these, or take none. */
    private static final List<String> REFUSED_BY_SOME = List.of("%2F", "#f", "%00", "%", "%zz", "%2");

    private final Random random = new Random(SEED);

    @Test
    void normalized_whatNginxLogs_isThePathItTakes(@TempDir Path folder) throws Exception {
        try (LoggingServer nginx = LoggingServer.nginx(folder)) {
            compare(nginx, targets(true), 200);
        }
    }

    @Test
    void normalized_whatApacheLogs_isThePathItTakes(@TempDir Path folder) throws Exception {
        try (LoggingServer apache = LoggingServer.apache(folder)) {
            compare(apache, targets(false), 150);
        }
    }

    private List<String> targets(boolean all) {
        List<String> pieces = new ArrayList<>(PIECES);
        pieces.addAll(all ? REFUSED_BY_SOME : List.of());
        List<String> targets = new ArrayList<>(List.of(
                "/",
                "/xmlrpc.php",
                "/%78mlrpc.php",
                "//xmlrpc.php",
                "/./xmlrpc.php",
                "/x/../xmlrpc.php",
                "/xmlrpc.php/",
                "/xmlrpc.php/x",
                "http://test/xmlrpc.php",
                "HTTP://test//xmlrpc.php?x=1",
                "http://test",
                "http://test?x",
                "/a/..",
                "/a/.",
                "/a/b/../",
                "/a/./b",
                "/a%2e%2e/b",
                "/%2e%2e/",
                "/xmlrpc.php;x",
                "/XMLRPC.PHP",
                "/%2578"));
        while (targets.size() < TARGETS) {
            StringBuilder target = new StringBuilder(random.nextInt(12) == 0 ? "http://test/" : "/");
            for (int i = random.nextInt(7); i >= 0; i--) {
                target.append(pieces.get(random.nextInt(pieces.size())));
            }
            targets.add(target.toString());
        }
        return targets;
    }

    private static void compare(LoggingServer server, List<String> targets, int fewest)
            throws IOException, InterruptedException {
        List<String> different = new ArrayList<>();
        AccessLine access = new AccessLine();
        int compared = 0;
        for (String line : server.ask(targets)) {
            byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
            if (!line.isEmpty() && access.read(bytes, 0, bytes.length) && access.status() != 400) {
                compared++;
                int start = access.start(Field.TARGET);
                int end = access.end(Field.TARGET);
                byte[] ours = RequestTarget.normalized(bytes, start, end);
                String shown = ours == null ? access.text(Field.TARGET) : new String(ours, StandardCharsets.US_ASCII);
                String theirs = line.substring(line.lastIndexOf(BEFORE_PATH) + BEFORE_PATH.length(), line.length() - 1);
                if (!decoded(path(shown)).equals(unescaped(theirs))) {
                    different.add(line + " here " + shown);
                }
            }
        }

        assertThat(different).isEmpty();
        assertThat(compared).isGreaterThan(fewest);
    }

    private static String path(String target) {
        return target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
    }

    private static String decoded(String path) {
        return replaced(path, '%', "%");
    }

    private static String unescaped(String logged) {
        return replaced(
                logged.replace("\\\"", "\\x22")
                        .replace("\\\\", "\\x5C")
                        .replace("\\n", "\\x0A")
                        .replace("\\b", "\\x08"),
                '\\',
                "\\x");
    }

    /** One character for each byte, whichever way it is escaped. */
    private static String replaced(String text, char escape, String begin) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == escape && text.startsWith(begin, i)) {
                int digits = i + begin.length();
                bytes.write(Integer.parseInt(text, digits, digits + 2, 16));
                i = digits + 1;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
