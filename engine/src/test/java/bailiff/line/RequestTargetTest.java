package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the servers themselves take is compared in {@link RequestTargetServersTest}. */
class RequestTargetTest {

    @ParameterizedTest
    @CsvSource({
        "/%78mlrpc.php, /xmlrpc.php",
        "//xmlrpc.php, /xmlrpc.php",
        "/./xmlrpc.php, /xmlrpc.php",
        "/x/../xmlrpc.php, /xmlrpc.php",
        "/x/y/../../xmlrpc.php, /xmlrpc.php",
        "/x/%2e%2E/xmlrpc.php, /xmlrpc.php",
        "/blog%2Fxmlrpc.php, /blog/xmlrpc.php",
        "http://blog.example/xmlrpc.php, /xmlrpc.php",
        "HTTPS://u@blog.example:8080//xmlrpc.php?a=1, /xmlrpc.php?a=1",
        "http://blog.example, /",
        "http://blog.example?a, /?a",
        "/xmlrpc.php/x//y, /xmlrpc.php/x/y",
        "//xmlrpc.php;x, /xmlrpc.php;x",
        "//XMLRPC.php, /XMLRPC.php",
        "/%78?%79=//..%00, /x?%79=//..%00",
        "/%2578, /%2578",
        "//a%3f%23, /a%3F%23",
        "/x/.., /",
        "/x/., /x/",
        "/.hidden/..., /.hidden/...",
        "/xmlrpc.php#a, /xmlrpc.php",
        "/a\\x22b, /a%22b",
        "/a\\\"b, /a%22b",
        "/a\\\\b, /a%5Cb",
        "/a\\nb, /a%0Ab",
        "/\\xC3\\xA9, /%C3%A9",
        "/%c3%a9, /%C3%A9",
        "/a%22%20200%20, /a%22%20200%20"
    })
    void normalized_anySpelling_isTheOneSpelling(String target, String expected) {
        assertThat(normalized(target)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/xmlrpc.php",
                "/",
                "/a.b/c..d?//../%78",
                "*",
                "",
                "blog.example:443",
                "http://",
                "http:///x",
                "mailto:x",
                "/..//",
                "//../x",
                "//a/../../x",
                "/%",
                "/%7",
                "/%zz",
                "/%00",
                "//a%00",
                "/\\x78mlrpc.php",
                "/\\q",
                "/a\\"
            })
    void normalized_alreadySoOrNoPathThatServersTake_isLeftAlone(String target) {
        assertThat(normalized(target)).isEqualTo(target);
    }

    @Test
    void normalized_anyBytes_isDoneAfterOnceAndCannotLookLikeAnotherField() {
        long seed = 20261121;
        Random random = new Random(seed);
        String alphabet = "/../%2e%78%22%5c\\x\"?#;a \u0000é:";
        int changed = 0;

        for (int i = 0; i < 100_000; i++) {
            StringBuilder target = new StringBuilder(random.nextInt(5) == 0 ? "http://h" : "/");
            for (int length = random.nextInt(14); length > 0; length--) {
                target.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String once = normalized(target.toString());
            if (!once.contentEquals(target)) {
                changed++;
                String path = once.contains("?") ? once.substring(0, once.indexOf('?')) : once;

                assertThat(normalized(once)).as("seed %d, %s", seed, target).isEqualTo(once);
                assertThat(path)
                        .as("seed %d, %s", seed, target)
                        .matches("/[!$-~&&[^#?\\\\\"]]*")
                        .doesNotContain("//");
            }
        }

        assertThat(changed).isGreaterThan(1000);
    }

    private static String normalized(String target) {
        byte[] bytes = ("x" + target + "x").getBytes(StandardCharsets.UTF_8);
        byte[] found = RequestTarget.normalized(bytes, 1, bytes.length - 1);
        return found == null ? target : new String(found, StandardCharsets.UTF_8);
    }
}
