package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom PHP refuses before WordPress has started, once the early door is installed. */
class EarlyDoorTest {

    private static final String LOGIN = "wp.getUsersBlogs";
    private static final String REFUSE = "refuse banned 600";

    private static TrappedSite site;
    private static Network network;
    private static Machine machine;
    private static WordPress wordPress;
    private static TrapLog log;
    private static FakeAgent agent;

    @BeforeAll
    static void open() {
        site = TrappedSite.open();
        network = site.network();
        machine = site.machine();
        wordPress = site.wordPress();
        log = site.log();
        agent = site.agent();
    }

    @AfterAll
    static void close() {
        if (site != null) {
            site.close();
        }
    }

    @BeforeEach
    void install() {
        agent.answers("proceed");
        door("install", "--htaccess");
    }

    @AfterEach
    void remove() {
        door("remove");
    }

    private static String door(String action, String... options) {
        List<String> all =
                new ArrayList<>(List.of("door", action, wordPress.site().toString()));
        all.addAll(List.of(options));
        return machine.bailiff(all.toArray(String[]::new)).good().out();
    }

    private static Visitor visitor() {
        return site.visitor();
    }

    @Test
    void xmlrpc_refused_isAnsweredToTheByteLikeAWrongPasswordBeforeWordPressStarts() {
        Visitor visitor = visitor();
        String wrong = visitor.call(LOGIN, "admin", "guess");
        agent.answers(REFUSE);

        assertThat(log.told(() -> {
                    assertThat(visitor.call(LOGIN, "admin", WordPress.PASSWORD)).isEqualTo(wrong);
                    agent.answers("proceed");
                }))
                .containsExactly("Bailiff: refused door=any user=- reason=banned ip=" + visitor.address());
    }

    @Test
    void form_refused_hasStatus429AndSaysWhenToComeBack() {
        Visitor visitor = visitor();
        agent.answers(REFUSE);

        assertThat(visitor.read("/wp-login.php", "-i", "--data", "log=admin&pwd=x"))
                .contains(" 429 ")
                .contains("Retry-After: 600")
                .contains("Too many attempts");
        assertThat(agent.questions()).containsExactly("ask ip=" + visitor.address() + " door=any");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//xmlrpc.php", "/xmlrpc.php/x", "/%78mlrpc.php", "/x/../xmlrpc.php?a=/index.php"})
    void spellingsOfTheDoor_areRefused(String path) {
        Visitor visitor = visitor();
        agent.answers(REFUSE);

        assertThat(visitor.read(path, "--path-as-is", "--data-binary", "<methodCall/>"))
                .contains("<int>403</int>");
        assertThat(agent.questions()).containsExactly("ask ip=" + visitor.address() + " door=any");
    }

    @Test
    void whatIsNoLogin_isNotAskedFor() {
        Visitor visitor = visitor();
        agent.answers(REFUSE);

        assertThat(visitor.get("/")).isEqualTo("200");
        assertThat(visitor.get("/wp-login.php")).isEqualTo("200");
        assertThat(visitor.get("/?p=1&x=/xmlrpc.php", "--data", "log=x")).isEqualTo("200");
        assertThat(visitor.get("/wp-login.php?action=postpass", "--data", "post_password=x"))
                .isEqualTo("200");
        assertThat(visitor.get("/wp-login.php?action=lostpassword", "--data", "user_login=nobody"))
                .isEqualTo("200");

        assertThat(agent.questions()).isEmpty();
    }

    @Test
    void proceeding_reachesWordPressWithItsTrapAndShield() {
        Visitor visitor = visitor();

        assertThat(log.events(() -> visitor.call(LOGIN, "admin", "guess")))
                .containsExactly("XML-RPC authentication failure for admin from " + visitor.address());
        assertThat(agent.questions()).hasSize(2).first().isEqualTo("ask ip=" + visitor.address() + " door=any");
        assertThat(visitor.logIn("admin", WordPress.PASSWORD)).isEqualTo("302");
    }

    @Test
    void browserThatHasLoggedInBefore_isLeftToWordPress() {
        Visitor visitor = visitor();
        List<String> cookie = List.of("-H", "Cookie: bailiff_device_01234567=1.0123456789abcdef.x");

        visitor.logIn(cookie, "admin", "guess");

        assertThat(agent.questions())
                .singleElement()
                .asString()
                .contains(" door=login ")
                .doesNotContain("device");
    }

    @Test
    void behindAProxy_theVisitorsAddressIsAskedFor() {
        network.curl(
                        Network.GATEWAY,
                        "-H",
                        "X-Forwarded-For: 8.8.8.8, 198.51.100.7",
                        "--data",
                        "log=admin&pwd=x",
                        Network.url(Network.GATEWAY, 80, "/wp-login.php"))
                .good();

        assertThat(agent.questions()).first().isEqualTo("ask ip=198.51.100.7 door=any");
    }

    @Test
    void agentGoneOrPluginGone_pagesAreServed() throws IOException {
        Visitor visitor = visitor();
        Path plugin = wordPress.site().resolve("wp-content/mu-plugins/bailiff.php");
        Path away = wordPress.site().resolve("away");
        agent.close();
        Files.move(plugin, away);
        try {
            assertThat(visitor.logIn("admin", WordPress.PASSWORD)).isEqualTo("302");
            Files.move(away, plugin);
            assertThat(visitor.logIn("admin", WordPress.PASSWORD)).isEqualTo("302");
        } finally {
            if (Files.exists(away)) {
                Files.move(away, plugin);
            }
            agent = FakeAgent.at(wordPress.shield());
        }
    }

    @Test
    void userIni_isReadByCgi() {
        door("remove");
        door("install", "--fpm");
        agent.answers(REFUSE);
        assertThat(cgi()).contains("<int>403</int>");
        assertThat(agent.questions()).containsExactly("ask ip=203.0.113.200 door=any");

        assertThat(door("remove")).contains("300 seconds");
        assertThat(cgi()).doesNotContain("<int>403</int>");
    }

    /** What PHP as a CGI program answers to a POST to XML-RPC that has no body. */
    private static String cgi() {
        Needs.program("php-cgi", "php-cgi");
        Map<String, String> request = new HashMap<>(Map.of(
                "REDIRECT_STATUS", "200",
                "REQUEST_METHOD", "POST",
                "REMOTE_ADDR", "203.0.113.200",
                "HTTP_HOST", Network.SITE,
                "SERVER_PROTOCOL", "HTTP/1.1",
                "CONTENT_LENGTH", "0",
                "DOCUMENT_ROOT", wordPress.site().toString(),
                "SCRIPT_NAME", "/xmlrpc.php",
                "REQUEST_URI", "/xmlrpc.php",
                "SCRIPT_FILENAME", wordPress.site().resolve("xmlrpc.php").toString()));
        return Programs.run(List.of("php-cgi"), request).out();
    }
}
