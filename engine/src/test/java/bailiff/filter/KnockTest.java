package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.AccessLog;
import bailiff.line.AccessRecord;
import bailiff.line.LogLine;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KnockTest {

    private final AnswerSizes sizes = new AnswerSizes();

    @ParameterizedTest
    @CsvSource({
        "POST /wp-login.php, 302, LOGIN, true, SUCCESS",
        "POST /wp-login.php, 200, LOGIN, true, FAILURE",
        "POST /blog//wp-login.php?redirect_to=%2F, 200, LOGIN, true, FAILURE",
        "POST /wp-login.php, 403, LOGIN, true, REFUSED",
        "POST /wp-login.php, 429, LOGIN, true, REFUSED",
        "POST /wp-login.php, 503, LOGIN, true, UNKNOWN",
        "POST /wp-login.php?action=lostpassword, 302, LOGIN, false, UNKNOWN",
        "POST /wp-login.php?action=login&action=postpass, 302, LOGIN, false, UNKNOWN",
        "POST /wp-login.php?%61ction=logout, 302, LOGIN, false, UNKNOWN",
        "GET /wp-login.php, 200, LOGIN, false, UNKNOWN",
        "POST /%78mlrpc.php, 405, XMLRPC, true, REFUSED",
        "POST /xmlrpc.php?for=jetpack, 200, XMLRPC, true, UNKNOWN",
        "POST /xmlrpc.php/x, 403, XMLRPC, true, REFUSED",
        "GET /xmlrpc.php?rsd, 200, XMLRPC, false, UNKNOWN",
        "GET /?author=1, 301, ENUMERATION, false, SUCCESS",
        "GET /?author=admin, 200, OTHER, false, UNKNOWN",
        "GET /wp-json/wp/v2/users, 200, ENUMERATION, false, SUCCESS",
        "GET /?rest_route=/wp/v2/users/1, 401, ENUMERATION, false, REFUSED",
        "GET /wp-sitemap-users-1.xml, 404, ENUMERATION, false, FAILURE",
        "GET /wp-json/wp/v2/users/me, 401, REST, true, REFUSED",
        "GET /wp-json/wp/v2/users/me, 200, REST, true, SUCCESS",
        "GET /wp-json/wp/v2/posts, 200, REST, false, UNKNOWN",
        "POST /wp-login.php.html, 200, OTHER, false, UNKNOWN",
        "POST /, 200, OTHER, false, UNKNOWN",
    })
    void of_request_tellsDoorAndReply(String request, int status, Door door, boolean attempt, Reply reply) {
        Knock knock = Knock.of(record("-", request, status, 5_000, "agent"), sizes);

        assertThat(knock.door()).isEqualTo(door);
        assertThat(knock.attempt()).isEqualTo(attempt);
        assertThat(knock.reply()).isEqualTo(reply);
    }

    @Test
    void of_restWithAUserThatIsTurnedAway_isAFailure() {
        Knock knock = Knock.of(record("bob", "GET /wp-json/wp/v2/users/me", 401, 100, "agent"), sizes);

        assertThat(knock.reply()).isEqualTo(Reply.FAILURE);
    }

    @Test
    void of_verifyingPingback_blamesWhomItNames() {
        Knock knock = Knock.of(
                record(
                        "-",
                        "GET /a-post/",
                        200,
                        9_000,
                        "WordPress/6.1.9; http://blog.example; verifying pingback from 198.51.100.7"),
                sizes);

        assertThat(knock.door()).isEqualTo(Door.PINGBACK_VICTIM);
        assertThat(knock.source()).hasToString("198.51.100.7");
        assertThat(knock.attempt()).isTrue();
    }

    @Test
    void of_verifyingPingbackThatNamesNobody_isNoAttempt() {
        Knock knock = Knock.of(
                record("-", "GET /", 200, 9_000, "WordPress/6; http://b; verifying pingback from nobody"), sizes);

        assertThat(knock.attempt()).isFalse();
        assertThat(knock.source()).hasToString("203.0.113.9");
    }

    @Test
    void of_multicallOnASiteWhoseFaultIsKnown_countsItsLogins() {
        sizes.failed("", 403 + 167);

        Knock knock = Knock.of(record("-", "POST /xmlrpc.php", 200, 187 + 214 * 100 + 167, "agent"), sizes);

        assertThat(knock.reply()).isEqualTo(Reply.FAILURE);
        assertThat(knock.logins()).isEqualTo(100);
    }

    private static AccessRecord record(String user, String request, int status, long bytes, String agent) {
        String line = "203.0.113.9 - " + user + " [09/Apr/2016:18:57:18 +0100] \"" + request + " HTTP/1.1\" " + status
                + " " + bytes + " \"-\" \"" + agent + "\"";
        return new AccessLog(ZoneOffset.UTC).read(LogLine.of(line)).orElseThrow();
    }
}
