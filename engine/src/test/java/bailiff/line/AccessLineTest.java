package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.AccessLine.Field;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLineTest {

    private static final String TIME = "[20/Nov/2026:16:00:00 +0100]";
    private static final String REQUEST = "\"POST /xmlrpc.php HTTP/1.1\" 200 403";

    private final AccessLine access = new AccessLine();

    @Test
    void read_combined_hasEveryField() {
        assertThat(fields("203.0.113.9 - - " + TIME + " " + REQUEST + " \"http://a/?b\" \"Mozilla/5.0 (X11)\""))
                .isEqualTo(Map.of(
                        Field.CLIENT, "203.0.113.9",
                        Field.TIME, "20/Nov/2026:16:00:00 +0100",
                        Field.REQUEST, "POST /xmlrpc.php HTTP/1.1",
                        Field.METHOD, "POST",
                        Field.TARGET, "/xmlrpc.php",
                        Field.PROTOCOL, "HTTP/1.1",
                        Field.STATUS, "200",
                        Field.BYTES, "403",
                        Field.REFERER, "http://a/?b",
                        Field.AGENT, "Mozilla/5.0 (X11)"));
        assertThat(access.status()).isEqualTo(200);
    }

    @Test
    void read_common_endsWithTheBytes() {
        fields("2001:db8::1 - eve " + TIME + " \"GET / HTTP/2.0\" 304 -");

        assertThat(access.text(Field.CLIENT)).isEqualTo("2001:db8::1");
        assertThat(access.text(Field.USER)).isEqualTo("eve");
        assertThat(access.has(Field.BYTES)).isFalse();
        assertThat(access.has(Field.REFERER)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "blog.example:443 203.0.113.9, blog.example:443, 203.0.113.9",
        "[2001:db8::80]:80 203.0.113.9, [2001:db8::80]:80, 203.0.113.9",
        "blog.example:443 2001:db8::9, blog.example:443, 2001:db8::9",
        "2001:db8::9, '', 2001:db8::9",
        "::1, '', ::1",
        "1::5, '', 1::5",
        "host.example, '', host.example"
    })
    void read_vhostCombined_tellsServerFromClient(String start, String host, String client) {
        fields(start + " - - " + TIME + " " + REQUEST);

        assertThat(access.text(Field.HOST)).isEqualTo(host);
        assertThat(access.text(Field.CLIENT)).isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eve the great",
                "[01/Jan/2020:00:00:00 +0000]",
                "[01/Jan/2020:00:00:00 +0000] \\\"GET /x HTTP/1.1\\\" 200 1",
                "[01/Jan/2020:00:00:00 +0000] \\x22GET / HTTP/1.1\\x22 200",
                "a] [b",
                "\\\\",
                "[",
                " ",
                "-  -"
            })
    void read_anyUserName_isNotTakenForAnotherField(String user) {
        fields("203.0.113.9 - " + user + " " + TIME + " " + REQUEST);

        assertThat(access.text(Field.CLIENT)).isEqualTo("203.0.113.9");
        assertThat(access.text(Field.USER)).isEqualTo(user);
        assertThat(access.text(Field.TIME)).isEqualTo("20/Nov/2026:16:00:00 +0100");
        assertThat(access.text(Field.TARGET)).isEqualTo("/xmlrpc.php");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\x16\\x03\\x01\\x02\\x00\\x01",
                "-",
                "",
                "GET",
                "GET ",
                " / HTTP/1.1",
                "get / HTTP/1.1",
                "GET / x HTTP/1.1",
                "GET  / HTTP/1.1",
                "GET /\\\" 200 1 \\\" x",
                "GET / HTTP/1.1 ",
                "GET / FTP/1.1",
                "AVERYVERYLONGMETHODTHATNOBODYKNOWS / HTTP/1.1"
            })
    void read_brokenRequest_hasNoTargetAndKeepsItsStatus(String request) {
        boolean read = read("203.0.113.9 - - " + TIME + " \"" + request + "\" 400 226 \"-\" \"-\"");

        assertThat(read).isTrue();
        assertThat(access.has(Field.TARGET)).isFalse();
        assertThat(access.has(Field.METHOD)).isFalse();
        assertThat(access.status()).isEqualTo(400);
    }

    @Test
    void read_requestWithoutProtocol_hasATarget() {
        fields("203.0.113.9 - - " + TIME + " \"GET /\\\"a?b=\\\\\" 200 5");

        assertThat(access.text(Field.TARGET)).isEqualTo("/\\\"a?b=\\\\");
        assertThat(access.has(Field.PROTOCOL)).isFalse();
        assertThat(access.text(Field.BYTES)).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\"",
                "] \"",
                " [] \"\" 200",
                "x",
                "203.0.113.9 - - [t] \"GET / HTTP/1.1",
                "203.0.113.9 - - [t] \"GET / HTTP/1.1\"",
                "203.0.113.9 - - [t] \"GET / HTTP/1.1\" 20",
                "203.0.113.9 - - [t] \"GET / HTTP/1.1\" 2000 1",
                "203.0.113.9 - - [t] \"GET / HTTP/1.1\" 020 1",
                "203.0.113.9 - - [t]\"GET / HTTP/1.1\" 200 1",
                "203.0.113.9 - [t] \"GET / HTTP/1.1\" 200 1",
                "203.0.113.9 [t] \"GET / HTTP/1.1\" 200 1",
                "203.0.113.9 - -[t] \"GET / HTTP/1.1\" 200 1",
                "Nov 20 11:03:14 vm sshd[7]: Failed password for \"x\" from 203.0.113.9"
            })
    void read_otherLines_areNone(String line) {
        assertThat(read(line)).isFalse();
    }

    @Test
    void read_anyBytes_keepsFieldsInsideTheLineAndInOrder() {
        long seed = 20261121;
        Random random = new Random(seed);
        List<String> pieces = List.of(
                "203.0.113.9",
                " ",
                " - ",
                TIME,
                "[",
                "]",
                "] \"",
                "\"",
                "\\",
                "\\\"",
                "GET",
                " / HTTP/1.1",
                "\" 200",
                " 7",
                "-",
                "é",
                "\u0000",
                "a:1 ");
        int taken = 0;

        for (int i = 0; i < 200_000; i++) {
            StringBuilder line = new StringBuilder(random.nextBoolean() ? "203.0.113.9 - a " + TIME + " \"" : "");
            for (int length = random.nextInt(12); length > 0; length--) {
                line.append(pieces.get(random.nextInt(pieces.size())));
            }
            byte[] bytes = ("  " + line + "\"  ").getBytes(StandardCharsets.UTF_8);
            int to = bytes.length - 3;
            if (access.read(bytes, 2, to)) {
                taken++;
                assertThat(access.status()).isBetween(100, 999);
                int before = 2;
                for (Field field : Field.values()) {
                    if (access.has(field)) {
                        assertThat(access.start(field))
                                .as("seed %d, %s %s", seed, field, line)
                                .isGreaterThanOrEqualTo(before);
                        assertThat(access.end(field))
                                .as("seed %d, %s %s", seed, field, line)
                                .isBetween(access.start(field) + 1, to);
                        before = field == Field.REQUEST ? access.start(field) : access.end(field);
                    }
                }
            }
        }

        assertThat(taken).isGreaterThan(1000);
    }

    private boolean read(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return access.read(bytes, 0, bytes.length);
    }

    private Map<Field, String> fields(String line) {
        assertThat(read(line)).as(line).isTrue();
        Map<Field, String> fields = new EnumMap<>(Field.class);
        for (Field field : Field.values()) {
            if (access.has(field)) {
                fields.put(field, access.text(field));
            }
        }
        return fields;
    }
}
