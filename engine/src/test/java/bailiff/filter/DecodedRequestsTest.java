package bailiff.filter;

import static bailiff.filter.Recipe.NOW;
import static bailiff.filter.Recipe.blamed;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.LogLine;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter whose expressions see the requests of an access log in their one spelling. */
class DecodedRequestsTest {

    private static final String START = "203.0.113.9 - - [20/Nov/2026:11:03:14 +0000] \"";
    private static final String END = " HTTP/1.1\" 403 153 \"http://site/%78\" \"curl\"";
    private static final String FAILREGEX =
            "^<HOST> .*\"POST \\S*/(?:xmlrpc|wp-login)\\.php(?:[/?]\\S*)? HTTP/\\S+\" 403 ";

    private final Filter filter = filter(true, FAILREGEX);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/xmlrpc.php",
                "/%78mlrpc.php",
                "/%78%6D%6c%72%70%63%2e%70%68%70",
                "//xmlrpc.php",
                "/./xmlrpc.php",
                "/x/../xmlrpc.php?a",
                "/blog/xmlrpc.php/x",
                "http://site/xmlrpc.php",
                "http://site/%77p%2Dlogin.php"
            })
    void apply_anySpelling_isSeen(String target) {
        assertThat(blamed(apply(filter, target))).isEqualTo("203.0.113.9");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/%78", "/XMLRPC.php", "/xmlrpc.php%20", "/%2578mlrpc.php", "/?/%78mlrpc.php", "/xmlrpc.ph%"
            })
    void apply_anotherPath_isNotSeen(String target) {
        assertThat(apply(filter, target)).isInstanceOf(Outcome.Unmatched.class);
    }

    @Test
    void apply_encodedEndOfTheRequest_isNotTheEnd() {
        assertThat(apply(filter, "/a%20%22POST%20/xmlrpc.php%20HTTP/1.1%22%20403%20"))
                .isInstanceOf(Outcome.Unmatched.class);
    }

    @Test
    void apply_requestsAsLogged_areMatchedAsLogged() {
        Filter logged = filter(false, FAILREGEX);

        assertThat(blamed(apply(logged, "/xmlrpc.php"))).isEqualTo("203.0.113.9");
        assertThat(apply(logged, "/%78mlrpc.php")).isInstanceOf(Outcome.Unmatched.class);
    }

    /** The expression without a literal makes the filter look at every line. */
    @Test
    void apply_linesTurnedAwayByTheirBytes_wouldNotHaveMatched() {
        long seed = 20261121;
        Random random = new Random(seed);
        Filter thorough = filter(true, FAILREGEX, "^never <HOST>\\d{99}$|^$");
        List<String> pieces =
                List.of("/", "//", "/./", "a/../", "%2F", "?", "#", " ", "%", "\\", "x", ".php", "xmlrpc", "wp-login");
        int matched = 0;

        for (int i = 0; i < 50_000; i++) {
            StringBuilder target = new StringBuilder("/");
            for (int parts = random.nextInt(5); parts >= 0; parts--) {
                target.append(encoded(pieces.get(random.nextInt(pieces.size())), random));
            }
            if (random.nextInt(3) > 0) {
                target.append('/').append(encoded("xmlrpc.php", random));
            }
            Outcome found = apply(filter, target.toString());

            assertThat(found).as("seed %d, %s", seed, target).isEqualTo(apply(thorough, target.toString()));
            matched += found instanceof Outcome.Matched ? 1 : 0;
        }

        assertThat(matched).isGreaterThan(5_000);
    }

    @ParameterizedTest
    @CsvSource({
        "POST /xmlrpc.php, xmlrpc.php",
        "/wp-login.php?action=, wp-login.php",
        "a%b, a",
        "/, ''",
        "failed for, failed",
        "näme, me"
    })
    void stretch_ofALiteral_isWhatDecodingKeepsTogether(String literal, String stretch) {
        assertThat(Spellings.stretch(literal)).isEqualTo(stretch);
    }

    private static String encoded(String text, Random random) {
        StringBuilder encoded = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String form = random.nextBoolean() ? "%%%02x" : "%%%02X";
            encoded.append(random.nextInt(6) == 0 ? form.formatted((int) c) : String.valueOf(c));
        }
        return encoded.toString();
    }

    private static Outcome apply(Filter filter, String target) {
        return filter.apply(LogLine.of(START + "POST " + target + END), NOW);
    }

    private static Filter filter(boolean decoded, String... failregex) {
        try {
            return Filter.compile(new FilterDefinition(
                    "test", List.of(failregex), List.of(), "", "", ZoneOffset.UTC, "no", 1, decoded));
        } catch (RegexException e) {
            throw new AssertionError(e);
        }
    }
}
