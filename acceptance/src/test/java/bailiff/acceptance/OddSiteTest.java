package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The plugin on a site whose PHP is confined, which has odd plugins besides, or ours twice. */
class OddSiteTest {

    private static final String LOGIN = "wp.getUsersBlogs";
    private static final String POST = "http://" + Network.SITE + "/?p=1";

    /** What other plugins do, when a request asks for it. */
    private static final String PLUGINS = """
            <?php
            require_once ABSPATH . WPINC . '/class-IXR.php';
            require_once ABSPATH . WPINC . '/class-wp-xmlrpc-server.php';
            class OptionalServer extends wp_xmlrpc_server {
                function login($name = '', $word = '') { return parent::login($name, $word); }
            }
            class LenientServer extends wp_xmlrpc_server {
                function login($name, $word) { return wp_authenticate('editor', '@PASSWORD@'); }
            }
            if (isset($_SERVER['HTTP_X_TEST_CONFINED'])) {
                ini_set('display_errors', '1');
                error_reporting(E_ALL);
                ini_set('open_basedir', '@HERE@');
            }
            if (isset($_SERVER['HTTP_X_TEST_SERVER'])) {
                add_filter('wp_xmlrpc_server_class', fn() => $_SERVER['HTTP_X_TEST_SERVER'] . 'Server');
            }
            if (isset($_SERVER['HTTP_X_TEST_QUERIES'])) {
                add_filter('xmlrpc_login_error', function ($error) {
                    header('X-Queries: ' . $GLOBALS['wpdb']->num_queries);
                    return $error;
                });
            }
            if (isset($_SERVER['HTTP_X_TEST_NESTED'])) {
                add_filter('authenticate', function ($user) {
                    static $once = 0;
                    if (0 === $once++) { wp_authenticate('editor', 'guess'); }
                    return $user;
                }, 15);
            }
            if (isset($_SERVER['HTTP_X_TEST_ABRUPT'])) {
                add_filter('authenticate', function ($user, $name) {
                    if ('admin' === $name) { throw new Exception('odd'); }
                    return $user;
                }, 15, 2);
                add_action('wp_authenticate', function ($name) {
                    static $once = 0;
                    if (0 === $once++) { try { wp_authenticate('admin', 'guess'); } catch (Exception $e) { } }
                });
            }
            """;

    private static TrappedSite site;
    private static WordPress wordPress;
    private static TrapLog log;
    private static FakeAgent agent;

    @BeforeAll
    static void open() throws Exception {
        site = TrappedSite.open();
        wordPress = site.wordPress();
        log = site.log();
        agent = site.agent();
        Files.writeString(
                plugins().resolve("odd.php"),
                PLUGINS.replace("@PASSWORD@", WordPress.PASSWORD)
                        .replace("@HERE@", wordPress.folder().path().toString()));
    }

    private static Path plugins() {
        return wordPress.site().resolve("wp-content/mu-plugins");
    }

    @AfterAll
    static void close() {
        if (site != null) {
            site.close();
        }
    }

    @BeforeEach
    void calm() {
        agent.answers("proceed");
    }

    private static Visitor visitor() {
        return site.visitor();
    }

    @Test
    void confinedPhp_noWarningReachesThePage() {
        Visitor visitor = visitor();

        assertThat(visitor.read("/wp-login.php", "-H", "X-Test-Confined: 1", "--data", "log=admin&pwd=guess"))
                .contains("login_error")
                .doesNotContain("Warning")
                .doesNotContain("open_basedir");
    }

    @Test
    void secondCopyOfThePlugin_isPassedOver() throws IOException {
        Path copy = plugins().resolve("bailiff-old.php");
        Files.copy(plugins().resolve("bailiff.php"), copy);
        try {
            Visitor visitor = visitor();
            assertThat(visitor.get("/")).isEqualTo("200");
            assertThat(log.events(() -> visitor.logIn("admin", "guess")))
                    .containsExactly("Authentication failure for admin from " + visitor.address());
        } finally {
            Files.delete(copy);
        }
    }

    @Test
    void serverClassThatOursCannotStandBefore_isLeftAlone() {
        assertThat(visitor().callWith(List.of("-H", "X-Test-Server: Optional"), LOGIN, "admin", "guess"))
                .contains("<int>403</int>");
    }

    @Test
    void serverClassWithLoginsOfItsOwn_isNotContradicted() {
        List<List<String>> calls = List.of(List.of(LOGIN, "x", "1"), List.of(LOGIN, "y", "2"));

        assertThat(visitor().multicallWith(List.of("-H", "X-Test-Server: Lenient"), calls))
                .contains("isAdmin")
                .doesNotContain("faultCode");
    }

    @Test
    void loginWithinALogin_doesNotLiftTheRefusal() {
        agent.answers("user=admin", "refuse banned 600");

        assertThat(visitor().logIn(List.of("-H", "X-Test-Nested: 1"), "admin", WordPress.PASSWORD))
                .isEqualTo("200");
    }

    @Test
    void refusedLoginThatEndedAbruptly_doesNotRefuseTheNextOne() {
        agent.answers("user=admin", "refuse banned 600");

        assertThat(visitor().logIn(List.of("-H", "X-Test-Abrupt: 1"), "editor", WordPress.PASSWORD))
                .isEqualTo("302");
        assertThat(agent.questions()).hasSize(2);
    }

    @Test
    void pingbackOfLongOddAddresses_isToldWhole() {
        Visitor visitor = visitor();
        String odd = "*".repeat(200);

        assertThat(log.told(() -> visitor.call("pingback.ping", "http://203.0.113.254/" + odd, POST + "&x=" + odd)))
                .filteredOn(line -> line.startsWith("Bailiff: pingback"))
                .singleElement()
                .asString()
                .contains("sent=1 source=http://203.0.113.254/%2A%2A", "%~", " target=http://192.0.2.1/%3Fp%3D1")
                .endsWith(" ip=" + visitor.address());
    }

    @Test
    void multicallOfManyNames_asksTheDatabaseNoMoreThanOneOfFew() {
        assertThat(queries(200) - queries(3)).isLessThan(10);
    }

    private static int queries(int names) {
        List<List<String>> calls = IntStream.range(0, names)
                .mapToObj(number -> List.of(LOGIN, "nobody" + number, "guess"))
                .toList();
        Matcher said = Pattern.compile("X-Queries: (\\d+)")
                .matcher(visitor().multicallWith(List.of("-i", "-H", "X-Test-Queries: 1"), calls));
        assertThat(said.find()).isTrue();
        return Integer.parseInt(said.group(1));
    }
}
