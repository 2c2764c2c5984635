package bailiff.shield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShieldHttpTest {

    private final Fixed fixed = new Fixed();
    private Shield shield = fixed.shield();
    private ShieldHttp http;

    @BeforeEach
    void open() throws IOException {
        http = ShieldHttp.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), shield);
    }

    @AfterEach
    void close() {
        http.close();
    }

    private HttpResponse<String> ask(String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + http.address().getPort() + "/ask"));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void ask_stranger_goesOn() throws Exception {
        assertThat(ask(ShieldHttp.ADDRESS, "203.0.113.9", ShieldHttp.SITE, "blog")
                        .statusCode())
                .isEqualTo(204);
    }

    @Test
    void ask_banned_isForbiddenAndToldForHowLong() throws Exception {
        fixed.ban("203.0.113.9", Duration.ofMinutes(1));

        HttpResponse<String> answer = ask(ShieldHttp.ADDRESS, "203.0.113.9");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.headers().firstValue("Retry-After")).contains("60");
    }

    @Test
    void ask_withoutAnAddress_goesOnAndIsCounted() throws Exception {
        assertThat(ask().statusCode()).isEqualTo(204);
        assertThat(ask(ShieldHttp.ADDRESS, "127.1").statusCode()).isEqualTo(204);
        assertThat(shield.tally()).isEqualTo(new Tally(0, 0, 0, 2));
    }

    @Test
    void ask_observing_goesOn() throws Exception {
        http.close();
        shield = fixed.shield(Opinion.NONE, true);
        open();
        fixed.ban("203.0.113.9", Duration.ofMinutes(1));

        assertThat(ask(ShieldHttp.ADDRESS, "203.0.113.9").statusCode()).isEqualTo(204);
        assertThat(shield.tally().refused()).isOne();
    }

    /** Notes what it was asked. */
    private static final class Curious implements Opinion {

        private final List<Question> asked = new CopyOnWriteArrayList<>();

        @Override
        public Optional<Objection> against(Question question, Instant now) {
            asked.add(question);
            return Optional.empty();
        }
    }

    private Question heard(String... headers) throws Exception {
        http.close();
        Curious curious = new Curious();
        shield = fixed.shield(curious, false);
        open();
        assertThat(ask(headers).statusCode()).isEqualTo(204);
        return curious.asked.getFirst();
    }

    @Test
    void ask_serverThatTellsNoDoor_isAskedForTheAddressAlone() throws Exception {
        Question question = heard(ShieldHttp.ADDRESS, "203.0.113.9", ShieldHttp.AGENT, "curl/8.0");

        assertThat(question).isEqualTo(Question.whether(Fixed.ip("203.0.113.9"), ""));
    }

    @Test
    void ask_attempt_isToldAsItLooks() throws Exception {
        Question question = heard(
                ShieldHttp.ADDRESS,
                "203.0.113.9",
                ShieldHttp.SITE,
                "blog",
                ShieldHttp.DOOR,
                "wp-login",
                ShieldHttp.AGENT,
                "Mozilla/5.0 (X11)",
                ShieldHttp.REFERER,
                "door",
                ShieldHttp.PROTOCOL,
                "HTTP/2.0",
                ShieldHttp.PATH,
                "/blog//wp-login.php");

        Head head =
                new Head(Optional.of("Mozilla/5.0 (X11)"), Question.Referer.DOOR, "HTTP/2.0", "/blog//wp-login.php");
        assertThat(question).isEqualTo(Question.attempt(Fixed.ip("203.0.113.9"), "blog", Question.Door.LOGIN, head));
    }

    @Test
    void ask_attemptOfWhomNothingIsSaid_sentNoAgent() throws Exception {
        Question question = heard(
                ShieldHttp.ADDRESS, "203.0.113.9", ShieldHttp.DOOR, "xmlrpc", ShieldHttp.PATH, "/blog/xmlrpc.php");

        assertThat(question.door()).isEqualTo(Question.Door.XMLRPC);
        assertThat(question.head()).isEqualTo(new Head(Optional.of(""), Question.Referer.UNTOLD, "", ""));
    }

    /** What a client may put into a header that nginx hands on, and would not be turned away for. */
    @ParameterizedTest
    @ValueSource(ints = {0x01, 0x09, 0x1f, 0x7f, 0x80, 0xc3, 0xff, '"', ':', ';'})
    void ask_bannedWithAStrangeAgent_isForbiddenAllTheSame(int letter) throws Exception {
        fixed.ban("203.0.113.9", Duration.ofMinutes(1));
        String strange = String.valueOf((char) letter).repeat(300);
        String asked = "GET / HTTP/1.0\r\n" + ShieldHttp.DOOR + ": xmlrpc\r\n" + ShieldHttp.AGENT + ": " + strange
                + "\r\n" + ShieldHttp.PATH + ": /" + strange + "\r\n" + ShieldHttp.ADDRESS + ": 203.0.113.9\r\n\r\n";
        try (Socket socket =
                new Socket(http.address().getAddress(), http.address().getPort())) {
            socket.getOutputStream().write(asked.getBytes(StandardCharsets.ISO_8859_1));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .startsWith("HTTP/1.1 403 ");
        }
    }
}
