package bailiff.shield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {

    private static final String WHOLE =
            "ask ip=203.0.113.9 door=xmlrpc site=blog.example.test/shop user=admin%40x known=1"
                    + " key=0a9f logins=12 pings=3 device=1 form=1"
                    + " agent=curl/8.5 referer=elsewhere proto=HTTP/2.0 spelling=//xmlrpc.php";

    private static Optional<Question> parse(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return Question.parse(bytes, 0, bytes.length);
    }

    @Test
    void parse_everyName_isTaken() {
        assertThat(parse(WHOLE))
                .contains(new Question(
                        Fixed.ip("203.0.113.9"),
                        Question.Door.XMLRPC,
                        "blog.example.test/shop",
                        "admin%40x",
                        true,
                        "0a9f",
                        12,
                        3,
                        true,
                        true,
                        true,
                        Optional.of("curl/8.5"),
                        Question.Referer.ELSEWHERE,
                        "HTTP/2.0",
                        "//xmlrpc.php"));
    }

    @Test
    void parse_addressAlone_hasTheDefaults() {
        assertThat(parse("ask ip=2001:db8::9")).contains(Question.whether(Fixed.ip("2001:db8::9"), ""));
    }

    @Test
    void parse_unknownNamesAndEmptyValues_arePassedOver() {
        assertThat(parse("ask colour=red user= ip=203.0.113.9 key=- x=="))
                .contains(Question.whether(Fixed.ip("203.0.113.9"), ""));
    }

    @Test
    void parse_partOfABuffer_readsOnlyThat() {
        byte[] bytes = "rest\nask ip=203.0.113.9\nask".getBytes(StandardCharsets.US_ASCII);

        assertThat(Question.parse(bytes, 5, 23)).contains(Question.whether(Fixed.ip("203.0.113.9"), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ask",
                "ask ",
                "ask door=login",
                "ASK ip=203.0.113.9",
                "ask  ip=203.0.113.9",
                "ask ip=203.0.113.9 ",
                "ask ip=203.0.113.9  door=login",
                "ask ip=203.0.113.9\r",
                "ask ip=203.0.113.9\tdoor=login",
                "ask ip=203.0.113.9 door=window",
                "ask ip=203.0.113.9 door=",
                "ask ip=203.0.113.9 ip=203.0.113.9",
                "ask ip=203.0.113.009",
                "ask ip=blog.example.test",
                "ask ip=203.0.113.9/24",
                "ask ip=203.0.113.9 known=yes",
                "ask ip=203.0.113.9 device=",
                "ask ip=203.0.113.9 key=12345",
                "ask ip=203.0.113.9 key=0A9F",
                "ask ip=203.0.113.9 logins=-1",
                "ask ip=203.0.113.9 logins=1000000",
                "ask ip=203.0.113.9 pings=",
                "ask ip=203.0.113.9 word",
                "ask ip=203.0.113.9 =word",
                "ask ip=203.0.113.9 user=\u00e4",
                "ask ip=203.0.113.9 user=a\u0000b",
            })
    void parse_whatIsNoQuestion_isNothing(String line) {
        assertThat(parse(line)).isEmpty();
    }

    @Test
    void parse_length_isBounded() {
        String most = "ask ip=203.0.113.9 user=";
        String fits = most + "x".repeat(Question.LONGEST - most.length());

        assertThat(parse(fits)).isPresent();
        assertThat(parse(fits + "x")).isEmpty();
    }

    @Test
    void parse_brokenQuestions_neverThrows() {
        Random random = new Random(20_261_121);
        byte[] whole = WHOLE.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = whole.clone();
            for (int hit = random.nextInt(4); hit >= 0; hit--) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) (random.nextBoolean() ? " =1a".charAt(random.nextInt(4)) : random.nextInt(256));
            }
            int from = random.nextInt(bytes.length);
            int to = from + random.nextInt(bytes.length - from + 1);

            assertThatCode(() -> {
                        Question.parse(bytes, 0, bytes.length);
                        Question.parse(bytes, from, to);
                    })
                    .doesNotThrowAnyException();
        }
    }
}
