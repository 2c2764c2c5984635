package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogTest {

    private static final ZoneId ZONE = ZoneOffset.UTC;
    private static final String TAIL = " 200 403 \"-\" \"agent/1\"";
    private static final String CADDY =
            "{\"level\":\"info\",\"ts\":1460224638.25,\"logger\":\"http.log.access\",\"request\":"
                    + "{\"remote_ip\":\"192.0.2.1\",\"remote_port\":\"41342\",\"client_ip\":\"203.0.113.9\",\"proto\":\"HTTP/2.0\","
                    + "\"method\":\"POST\",\"host\":\"blog.example\",\"uri\":\"//xmlrpc.php?for=jetpack\",\"headers\":"
                    + "{\"User-Agent\":[\"curl/8 \\\"x\\\"\",\"other\"],\"Referer\":[\"http://r.example/\"]}},\"bytes_read\":5,"
                    + "\"user_id\":\"\",\"duration\":0.1,\"size\":403,\"status\":200,\"resp_headers\":{\"Status\":[\"500\"]}}";
    private static final String TRAEFIK = "{\"ClientAddr\":\"203.0.113.9:5123\",\"ClientHost\":\"203.0.113.9\","
            + "\"ClientUsername\":\"-\",\"DownstreamContentSize\":403,\"DownstreamStatus\":200,\"RequestHost\":\"blog.example\","
            + "\"RequestMethod\":\"POST\",\"RequestPath\":\"/%78mlrpc.php\",\"RequestProtocol\":\"HTTP/1.1\","
            + "\"StartUTC\":\"2016-04-09T17:57:18.25Z\",\"request_User-Agent\":\"agent/1\",\"time\":\"2016-04-09T18:57:19+01:00\"}";
    private static final String NGINX =
            "{\"time_iso8601\":\"2016-04-09T18:57:18+01:00\",\"remote_addr\":\"203.0.113.9\","
                    + "\"http_x_forwarded_for\":\"8.8.8.8\",\"request\":\"POST /blog/xmlrpc.php HTTP/1.1\",\"status\":\"200\","
                    + "\"body_bytes_sent\":\"403\",\"http_user_agent\":\"a \\x22quoted\\x22 one\",\"remote_user\":\"\"}";

    private final AccessLog log = new AccessLog(ZONE);

    @Test
    void read_combined_takesEveryField() {
        AccessRecord record = read("203.0.113.9 - bob [09/Apr/2016:18:57:18 +0100] \"POST //wp-login.php?a=b HTTP/1.1\""
                + " 302 614 \"http://r.example/\" \"agent/1\"");

        assertThat(record)
                .isEqualTo(new AccessRecord(
                        Instant.parse("2016-04-09T17:57:18Z"),
                        IpAddress.parse("203.0.113.9").orElseThrow(),
                        "POST",
                        "/wp-login.php",
                        "a=b",
                        "HTTP/1.1",
                        302,
                        614,
                        "http://r.example/",
                        "agent/1",
                        "",
                        "bob",
                        "//wp-login.php",
                        true,
                        true));
    }

    @ParameterizedTest
    @CsvSource({
        "/xmlrpc.php, ''",
        "//xmlrpc.php?rsd, //xmlrpc.php",
        "/%78mlrpc.php, /%78mlrpc.php",
        "http://blog.example/xmlrpc.php, http://blog.example/xmlrpc.php",
        "/wp-login.php#x, /wp-login.php#x",
    })
    void read_pathThatWasSpelledOtherwise_keepsItAsSent(String target, String spelling) {
        assertThat(read(line("203.0.113.9", "POST " + target + " HTTP/1.1", TAIL))
                        .spelling())
                .isEqualTo(spelling);
    }

    @Test
    void read_commonForm_tellsNeitherOfReferersNorOfAgents() {
        AccessRecord common = read(line("203.0.113.9", "GET / HTTP/1.1", " 200 5"));
        AccessRecord nameless = read(line("203.0.113.9", "GET / HTTP/1.1", " 200 5 \"-\" \"-\""));

        assertThat(common.tellsAgent()).isFalse();
        assertThat(common.tellsReferer()).isFalse();
        assertThat(nameless.tellsAgent()).isTrue();
        assertThat(nameless.tellsReferer()).isTrue();
    }

    @Test
    void read_jsonWithoutAgent_saysThatThereWasNoneOnceOneWasTold() {
        String nameless = CADDY.replace("\"User-Agent\":[\"curl/8 \\\"x\\\"\",\"other\"],", "");

        assertThat(read(nameless).tellsAgent()).isFalse();

        read(CADDY);
        assertThat(read(nameless).tellsAgent()).isTrue();
        assertThat(read(nameless).agent()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "//xmlrpc.php, /xmlrpc.php",
        "/%78mlrpc.php, /xmlrpc.php",
        "/./a/../xmlrpc.php, /xmlrpc.php",
        "http://blog.example/xmlrpc.php, /xmlrpc.php",
        "/blog/xmlrpc.php, /blog/xmlrpc.php",
        "/xmlrpc.php/x, /xmlrpc.php/x",
        "/a%20b, /a%20b",
        "*, *",
    })
    void read_anySpelling_givesOnePath(String target, String path) {
        assertThat(read(line("203.0.113.9", "POST " + target + " HTTP/1.1", TAIL))
                        .path())
                .isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "'blog.example:443 203.0.113.9 - -', blog.example:443",
        "'www.blog.example 203.0.113.9 - -', www.blog.example",
        "'203.0.113.9 - -', ''",
    })
    void read_nameInFront_isTheSite(String head, String host) {
        AccessRecord record = read(head + " [09/Apr/2016:18:57:18 +0100] \"GET / HTTP/1.1\"" + TAIL);

        assertThat(record.host()).isEqualTo(host);
        assertThat(record.client()).hasToString("203.0.113.9");
        assertThat(record.user()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "\\x16\\x03\\x01\\x02", "", "GET", "\\x80w\\x01"})
    void read_requestThatIsNone_hasNoMethodAndPath(String request) {
        AccessRecord record = read(line("2001:db8::1", request, " 408 - \"-\" \"-\""));

        assertThat(record.method()).isEmpty();
        assertThat(record.path()).isEmpty();
        assertThat(record.status()).isEqualTo(408);
        assertThat(record.bytes()).isEqualTo(-1);
        assertThat(record.agent()).isEmpty();
    }

    @Test
    void read_loginInReferer_isNotTheRequest() {
        AccessRecord record = read(
                "203.0.113.9 - - [09/Apr/2016:18:57:18 +0100] \"GET / HTTP/1.1\" 200 5 \"\\\"POST /wp-login.php HTTP/1.1\\\" 302"
                        + " 5\" \"x\"");

        assertThat(record.path()).isEqualTo("/");
        assertThat(record.status()).isEqualTo(200);
    }

    @Test
    void read_userWithABracketAndTime_leavesTimeAndClientAlone() {
        AccessRecord record =
                read("203.0.113.9 - 192.0.2.7 - - [01/Jan/1999:00:00:00 +0000] x [09/Apr/2016:18:57:18 +0100]"
                        + " \"GET / HTTP/1.1\"" + TAIL);

        assertThat(record.client()).hasToString("203.0.113.9");
        assertThat(record.time()).isEqualTo("2016-04-09T17:57:18Z");
    }

    @ParameterizedTest
    @CsvSource({
        "09/Apr/2016:18:57:18 +0100, 2016-04-09T17:57:18Z",
        "09/Apr/2016:18:57:18.250 +0100, 2016-04-09T17:57:18.250Z",
        "2016-04-09T18:57:18+01:00, 2016-04-09T17:57:18Z",
        "2016-04-09 18:57:18, 2016-04-09T18:57:18Z",
    })
    void read_anyUsualTime_isThatMoment(String time, Instant moment) {
        assertThat(read("203.0.113.9 - - [" + time + "] \"GET / HTTP/1.1\"" + TAIL)
                        .time())
                .isEqualTo(moment);
    }

    @Test
    void read_nextDayAndZone_areReadAnew() {
        read("203.0.113.9 - - [09/Apr/2016:18:57:18 +0100] \"GET / HTTP/1.1\"" + TAIL);

        assertThat(read("203.0.113.9 - - [10/Apr/2016:00:00:01 -0700] \"GET / HTTP/1.1\"" + TAIL)
                        .time())
                .isEqualTo("2016-04-10T07:00:01Z");
        assertThat(log.offset()).contains(ZoneOffset.ofHours(-7));
    }

    @Test
    void read_caddy_believesTheClientBehindTrustedProxies() {
        AccessRecord record = read(CADDY);

        assertThat(record.client()).hasToString("203.0.113.9");
        assertThat(record.time()).isEqualTo("2016-04-09T17:57:18.250Z");
        assertThat(List.of(record.method(), record.path(), record.query(), record.protocol(), record.host()))
                .containsExactly("POST", "/xmlrpc.php", "for=jetpack", "HTTP/2.0", "blog.example");
        assertThat(record.agent()).isEqualTo("curl/8 \"x\"");
        assertThat(record.status()).isEqualTo(200);
        assertThat(record.bytes()).isEqualTo(403);
    }

    @Test
    void read_traefik_takesWhenTheRequestBegan() {
        AccessRecord record = read(TRAEFIK);

        assertThat(record.time()).isEqualTo("2016-04-09T17:57:18.250Z");
        assertThat(record.path()).isEqualTo("/xmlrpc.php");
        assertThat(record.agent()).isEqualTo("agent/1");
        assertThat(record.user()).isEmpty();
    }

    @Test
    void read_nginxJson_believesNoForwardingHeader() {
        AccessRecord record = read(NGINX);

        assertThat(record.client()).hasToString("203.0.113.9");
        assertThat(record.method() + record.path() + record.protocol()).isEqualTo("POST/blog/xmlrpc.phpHTTP/1.1");
        assertThat(record.agent()).isEqualTo("a \"quoted\" one");
    }

    @Test
    void read_jsonWithAKeyTwice_isNobodys() {
        assertThat(readAny(NGINX.replace("\"status\":", "\"remote_addr\":\"8.8.8.8\",\"status\":")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{\"a\":1}",
                "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}"
            })
    void read_otherJson_isNoRequest(String line) {
        assertThat(readAny(line)).isEmpty();
    }

    @Test
    void read_formsThatAlternate_areAllUnderstood() {
        String combined = line("203.0.113.9", "GET / HTTP/1.1", TAIL);

        for (String line : List.of(combined, CADDY, combined, TRAEFIK, NGINX, combined)) {
            assertThat(readAny(line)).as(line).isPresent();
        }
    }

    @Test
    void read_nameInsteadOfAnAddress_blamesNobody() {
        assertThat(readAny(line("client.example", "POST /wp-login.php HTTP/1.1", TAIL)))
                .isEmpty();
    }

    @Test
    void read_cutAndGarbledLines_neverThrows() {
        SplittableRandom random = new SplittableRandom(7);
        List<String> lines = List.of(CADDY, TRAEFIK, NGINX, line("203.0.113.9", "POST /%78mlrpc.php?x HTTP/1.1", TAIL));
        log.add("%h %l %u %t \"%r\" %>s %b", ZONE);
        int understood = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = lines.get(random.nextInt(lines.size())).getBytes(StandardCharsets.UTF_8);
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            understood += log.read(LogLine.of(bytes, 0, random.nextInt(bytes.length + 1)))
                            .isPresent()
                    ? 1
                    : 0;
        }

        assertThat(understood).isPositive();
    }

    private AccessRecord read(String line) {
        return readAny(line).orElseThrow();
    }

    private Optional<AccessRecord> readAny(String line) {
        return log.read(LogLine.of(line));
    }

    private static String line(String client, String request, String tail) {
        return client + " - - [09/Apr/2016:18:57:18 +0100] \"" + request + "\"" + tail;
    }
}
