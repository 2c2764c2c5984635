package bailiff.shield;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
}
