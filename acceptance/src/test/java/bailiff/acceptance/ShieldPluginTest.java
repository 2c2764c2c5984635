package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the plugin in WordPress refuses when the agent, whose part a fake plays here, tells it to. */
class ShieldPluginTest {

    private static final String LOGIN = "wp.getUsersBlogs";
    private static final String POST = "http://" + Network.SITE + "/?p=1";
    private static final String REFUSE = "refuse banned 600";
    private static final String GUESS = "guess";
    private static final AtomicInteger NUMBER = new AtomicInteger(1);

    private static TrappedSite site;
    private static Network network;
    private static WordPress wordPress;
    private static TrapLog log;
    private static FakeAgent agent;

    @BeforeAll
    static void open() {
        site = TrappedSite.open();
        network = site.network();
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
    void calm() {
        agent.answers("proceed");
    }

    private static Visitor visitor() {
        return site.visitor();
    }

    /** The whole answer of the form but for its time, which is in the mark, too. */
    private static String form(Visitor visitor, String name, String password) {
        return visitor.read(
                        "/wp-login.php", "-i", "--data-urlencode", "log=" + name, "--data-urlencode", "pwd=" + password)
                .replaceAll("(?m)^Date: .*$", "")
                .replaceAll("(name=\"bailiff_form\" value=\")\\d+\\.[0-9a-f]{64}\"", "$1\"");
    }

    @Test
    void xmlrpcLogin_refused_isAnsweredToTheByteLikeAWrongPasswordAndToldOnce() {
        Visitor visitor = visitor();
        String wrong = visitor.call(LOGIN, "admin", GUESS);
        agent.answers(REFUSE);

        assertThat(log.told(() -> assertThat(visitor.call(LOGIN, "admin", WordPress.PASSWORD))
                        .isEqualTo(wrong)))
                .containsExactly(
                        "Blocked authentication attempt for admin from " + visitor.address(),
                        "Bailiff: refused door=xmlrpc user=admin reason=banned ip=" + visitor.address());
        assertThat(visitor.call(LOGIN, "nobody", GUESS)).isEqualTo(wrong);
    }

    @Test
    void question_ofALogin_saysWhoAsksForWhatAndNeverThePassword() {
        Visitor visitor = visitor();
        visitor.call(LOGIN, "adm\u200bin", "secret");
        visitor.logIn("no body", "secret");

        String look = " proto=HTTP/1\\.1 referer=none agent=curl/[0-9.]+ site=192\\.0\\.2\\.1";
        assertThat(agent.questions()).hasSize(2);
        assertThat(agent.questions().getFirst())
                .matches("ask ip=" + visitor.address() + " door=xmlrpc user=admin known=1 key=[0-9a-f]{4}" + look);
        assertThat(agent.questions().getLast())
                .matches("ask ip=" + visitor.address() + " door=login user=no%20body known=0 key=[0-9a-f]{4} form=0"
                        + look);
    }

    @Test
    void question_ofABrowser_saysWhatItLooksLike() {
        Visitor visitor = visitor();
        String door = "http://" + Network.SITE + "/wp-login.php?redirect_to=x";
        visitor.logIn(List.of("-A", "Mozilla/5.0 (\"X11\")", "-e", door, "--http1.0"), "admin", GUESS);
        visitor.logIn(List.of("-A", "", "-e", door.replace(Network.SITE, "blog.example")), "admin", GUESS);

        assertThat(agent.questions().getFirst())
                .contains(" proto=HTTP/1.0 referer=door agent=Mozilla/5.0%20%28%22X11%22%29 ");
        assertThat(agent.questions().getLast()).contains(" referer=elsewhere agent= ");
    }

    @ParameterizedTest
    @CsvSource({
        "/xmlrpc.php?x=//, ''",
        "//xmlrpc.php, //xmlrpc.php",
        "/./xmlrpc.php, /./xmlrpc.php",
        "/%78mlrpc.php, /%2578mlrpc.php",
        "/xmlrpc.php/x, /xmlrpc.php/x"
    })
    void question_pathThatNoBrowserWrites_isToldAsItWasSent(String path, String told) {
        visitor().post(path, XmlRpc.call(LOGIN, "admin", GUESS), "--path-as-is");

        assertThat(agent.questions()).singleElement().asString().contains(" door=xmlrpc ");
        assertThat(agent.questions().getFirst())
                .contains(told.isEmpty() ? " proto=HTTP/1.1 referer=none agent=" : " spelling=" + told + " ");
    }

    @Test
    void question_hostileHead_isOneShortLineAndDisturbsNothing() {
        String hostile = "\u00e4\"'\\ ip=203.0.113.254 ".repeat(250);
        List<String> options = List.of("-A", hostile, "-e", hostile);

        assertThat(visitor().logIn(options, "\u00e4".repeat(60), GUESS)).isEqualTo("200");
        assertThat(visitor().logIn(options, "admin", WordPress.PASSWORD)).isEqualTo("302");
        assertThat(agent.questions())
                .hasSize(2)
                .allMatch(question -> question.length() < 1_000 && question.matches("[ -~]+"))
                .noneMatch(question -> question.contains(" ip=203.0.113.254"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "admin@example.test", "nobody", "nobody@example.test"})
    void form_refused_isAnsweredLikeAWrongPasswordForThatName(String name) {
        Visitor visitor = visitor();
        String wrong = form(visitor, name, GUESS);
        agent.answers(REFUSE);

        String refused = form(visitor, name, WordPress.PASSWORD);

        assertThat(refused).isEqualTo(wrong);
        assertThat(refused).contains("200 OK").contains("login_error").doesNotContain("wordpress_logged_in");
    }

    @Test
    void form_refused_isToldOnce() {
        Visitor visitor = visitor();
        agent.answers(REFUSE);

        assertThat(log.told(() ->
                        assertThat(visitor.logIn("editor", WordPress.PASSWORD)).isEqualTo("200")))
                .containsExactly(
                        "Blocked authentication attempt for editor from " + visitor.address(),
                        "Bailiff: refused door=login user=editor reason=banned ip=" + visitor.address());
    }

    @Test
    void form_letInByAnotherPlugin_isRefusedAllTheSame() {
        Visitor visitor = visitor();
        List<String> options = List.of("-H", "X-Test-Let-In: 1");
        assertThat(visitor.logIn(options, "admin", GUESS)).isEqualTo("302");
        agent.answers(REFUSE);

        assertThat(visitor.logIn(options, "admin", GUESS)).isEqualTo("200");
    }

    @Test
    void rest_refused_hasStatus429AndIsToldOnce() {
        String password = applicationPassword();
        Visitor visitor = visitor();
        String path = "/?rest_route=/wp/v2/users/me";
        assertThat(visitor.get(path, "-u", "editor:" + password)).isEqualTo("200");
        assertThat(visitor.get(path, "-u", "editor:wrong")).isEqualTo("401");
        agent.answers(REFUSE);

        assertThat(log.told(() -> assertThat(visitor.read(path, "-i", "-u", "editor:" + password))
                        .contains(" 429 ")
                        .contains("Retry-After: 600")
                        .contains("\"incorrect_password\"")))
                .containsExactly(
                        "Blocked authentication attempt for editor from " + visitor.address(),
                        "Bailiff: refused door=rest user=editor reason=banned ip=" + visitor.address());
        assertThat(visitor.call(LOGIN, "editor", password)).contains("<int>403</int>");
    }

    private static String applicationPassword() {
        return wordPress.run("require_once ABSPATH . 'wp-admin/includes/admin.php';"
                + " $user = get_user_by('login', 'editor');"
                + " [$word] = WP_Application_Passwords::create_new_application_password($user->ID, ['name' => 'test"
                + NUMBER.getAndIncrement() + "']); echo $word;");
    }

    @Test
    void pingback_refused_fetchesNothingAndIsAFactAlone() {
        Visitor visitor = visitor();
        agent.answers("refuse returning 60");

        assertThat(log.told(() -> assertThat(visitor.call("pingback.ping", "http://203.0.113.254/victim", POST))
                        .contains("<name>faultCode</name>\n          <value><int>0</int></value>")))
                .containsExactly("Bailiff: refused door=pingback user=- reason=returning ip=" + visitor.address());
        assertThat(agent.questions())
                .containsExactly("ask ip=" + visitor.address() + " door=pingback pings=1 site=192.0.2.1");
    }

    @Test
    void repeat_thatFails_isToldInWordsThatOursDoesNotCount() {
        Visitor visitor = visitor();
        agent.answers("proceed repeat");

        assertThat(log.told(() -> visitor.call(LOGIN, "admin", "stale")))
                .containsExactly("XML-RPC authentication failure (repeat) for admin from " + visitor.address());
        assertThat(log.told(() -> visitor.logIn("nobody", "stale")))
                .containsExactly("Authentication attempt (repeat) for unknown user nobody from " + visitor.address());
        assertThat(visitor.logIn("admin", WordPress.PASSWORD)).isEqualTo("302");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "count banned 600",
                "what",
                "refuse",
                "refuse banned",
                "refuse banned soon",
                "refuse banned 600 more",
                "REFUSE banned 600",
                "refuse <b>banned</b> 600",
                "refuse banned 600\nrefuse banned 600",
                ""
            })
    void answer_thatIsNoRefusal_letsProceed(String answer) {
        agent.answers(answer);

        assertThat(visitor().logIn("admin", WordPress.PASSWORD)).isEqualTo("302");
    }

    @ParameterizedTest
    @EnumSource(
            value = FakeAgent.Manner.class,
            names = {"SILENT", "DRIPPING", "RUDE"})
    void agent_thatDoesNotAnswerInTime_stopsNobody(FakeAgent.Manner manner) {
        agent.answers(REFUSE, manner);
        Visitor visitor = visitor();
        List<String> haste = List.of("-H", "X-Test-Haste: 1");

        assertThat(visitor.logIn(haste, "admin", WordPress.PASSWORD)).isEqualTo("302");
        assertThat(log.events(() -> visitor.callWith(haste, LOGIN, "admin", GUESS)))
                .containsExactly("XML-RPC authentication failure for admin from " + visitor.address());
    }

    @Test
    void agent_thatIsGone_stopsNobodyAndIsAskedAgainWhenItIsBack() {
        Visitor visitor = visitor();
        agent.close();
        try {
            assertThat(visitor.logIn("admin", WordPress.PASSWORD)).isEqualTo("302");
        } finally {
            agent = FakeAgent.at(wordPress.shield());
        }
        agent.answers(REFUSE);
        assertThat(visitor.logIn("admin", WordPress.PASSWORD)).isEqualTo("200");
    }

    @Test
    void pages_askNothing() {
        Visitor visitor = visitor();
        for (String path : List.of("/", "/?p=1", "/wp-login.php", "/?rest_route=/wp/v2/posts", "/xmlrpc.php")) {
            visitor.get(path);
        }
        visitor.call("demo.sayHello");
        visitor.logIn("", "");

        assertThat(agent.questions()).isEmpty();
    }

    @Test
    void device_ofALoginBefore_isShownForThatAccountOnly() {
        Visitor visitor = visitor();
        String cookie = device(visitor.read("/wp-login.php", "-i", "--data", "log=admin&pwd=" + WordPress.PASSWORD));
        agent.answers("proceed");

        List<String> shown = List.of("-H", "Cookie: " + cookie);
        visitor.logIn(shown, "admin", GUESS);
        visitor.logIn(shown, "editor", GUESS);
        String forged = cookie.substring(0, cookie.length() - 1) + (cookie.endsWith("0") ? "1" : "0");
        visitor.logIn(List.of("-H", "Cookie: " + forged), "admin", GUESS);
        visitor.logIn(List.of("-H", "Cookie: " + cookie.replace("=1", "=2")), "admin", GUESS);

        assertThat(agent.questions()).hasSize(4);
        assertThat(agent.questions().getFirst()).contains(" device=1");
        assertThat(agent.questions().subList(1, 4)).noneMatch(question -> question.contains("device"));
    }

    /** The marks in the forms of a page, as fields that can be sent. */
    private static List<String> marks(String page) {
        return Pattern.compile("name=\"(bailiff_form)\" value=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map(mark -> "&" + mark.group(1) + "=" + mark.group(2))
                .toList();
    }

    @Test
    void form_thatWasFetched_isShownByItsOwnAddressOnly() {
        Visitor visitor = visitor();
        String mark = marks(visitor.read("/wp-login.php")).getFirst();
        agent.answers("proceed");

        visitor.read("/wp-login.php", "--data", "log=admin&pwd=guess" + mark);
        visitor().read("/wp-login.php", "--data", "log=admin&pwd=guess" + mark);

        assertThat(agent.questions().getFirst()).contains(" form=1 ");
        assertThat(agent.questions().getLast())
                .as("the form may have been in a cache, or the visitor has moved")
                .doesNotContain(" form=");
    }

    @Test
    void form_thatWasNotFetched_isMissed() {
        Visitor visitor = visitor();
        String mark = marks(visitor.read("/wp-login.php")).getFirst();
        String forged = mark.replaceAll("[0-9a-f]{64}$", "0".repeat(64));
        for (String fields : List.of("", mark + "0", forged, "&bailiff_form[]=1", "&bailiff_form=1")) {
            visitor.read("/wp-login.php", "--data", "log=admin&pwd=guess" + fields);
        }

        assertThat(agent.questions()).hasSize(5).allMatch(question -> question.contains(" form=0 "));
    }

    @Test
    void form_ofAThemeAndOfWooCommerce_haveTheMarkAsWell() {
        Visitor visitor = visitor();
        List<String> marks = marks(visitor.read("/", "-H", "X-Test-Forms: 1"));
        marks.forEach(mark -> visitor.read("/wp-login.php", "--data", "log=admin&pwd=guess" + mark));

        assertThat(agent.questions()).hasSize(2).allMatch(question -> question.contains(" form=1 "));
    }

    private static String device(String answer) {
        Matcher cookie = Pattern.compile("(?m)^Set-Cookie: (bailiff_device_[0-9a-f]{8}=\\d+\\.[0-9a-f.]+);(.*)$")
                .matcher(answer);
        assertThat(cookie.find()).isTrue();
        assertThat(cookie.group(2)).containsIgnoringCase("httponly").containsIgnoringCase("samesite=lax");
        return cookie.group(1);
    }

    @Test
    void passwordReset_carriedOut_isTold() {
        assertThat(log.told(() ->
                        wordPress.run("reset_password(get_user_by('login', 'editor'), '" + WordPress.PASSWORD + "');")))
                .containsExactly("Bailiff: reset user=editor ip=192.0.2.9");
    }

    @Test
    void decisions_signedAndOfToday_refuseWhereNoAgentAnswers() throws IOException {
        long end = Instant.now().getEpochSecond() + 600;
        Visitor banned = visitor();
        Visitor inBannedNetwork = new Visitor(network, "198.51.100.9");
        Visitor other = visitor();
        String bans = banned.address() + " " + end + "\n198.51.100.0/28 " + end + "\n" + other.address() + " 1000\n";
        agent.close();
        try {
            String signed = Decisions.signed(bans, end, WordPress.KEY);
            Files.writeString(wordPress.decisions(), signed);
            assertThat(banned.logIn("admin", WordPress.PASSWORD)).isEqualTo("200");
            assertThat(inBannedNetwork.logIn("admin", WordPress.PASSWORD)).isEqualTo("200");
            assertThat(other.logIn("admin", WordPress.PASSWORD)).isEqualTo("302");

            for (String unbelievable : List.of(
                    signed.replace(banned.address(), other.address()),
                    Decisions.signed(bans, end, "another secret of sixteen"),
                    Decisions.signed(bans, Instant.now().getEpochSecond() - 1, WordPress.KEY),
                    bans,
                    "",
                    "x".repeat(600_000))) {
                Files.writeString(wordPress.decisions(), unbelievable);
                assertThat(banned.logIn("admin", WordPress.PASSWORD)).isEqualTo("302");
                assertThat(other.logIn("admin", WordPress.PASSWORD)).isEqualTo("302");
            }
        } finally {
            Files.deleteIfExists(wordPress.decisions());
            agent = FakeAgent.at(wordPress.shield());
        }
    }
}
