package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How many logins and pingbacks the plugin lets one system.multicall hold, however it is spelled. */
class MulticallTest {

    private static final String LOGIN = "wp.getUsersBlogs";
    private static final String POST = "http://" + Network.SITE + "/?p=1";
    private static final String GUESS = "guess";

    private static TrappedSite site;
    private static TrapLog log;
    private static FakeAgent agent;

    @BeforeAll
    static void open() {
        site = TrappedSite.open();
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

    private static int faults(String answer) {
        return answer.split("<name>faultCode</name>", -1).length - 1;
    }

    @Test
    void pingbacksInAMulticall_onlyTheFirstIsDealtWith() {
        Visitor visitor = visitor();
        List<String> ping = List.of("pingback.ping", "http://203.0.113.254/victim", POST);

        List<String> told = log.told(() -> assertThat(faults(visitor.multicall(Collections.nCopies(40, ping))))
                .isEqualTo(40));

        assertThat(told)
                .hasSize(3)
                .contains(
                        "Pingback error 16 generated from " + visitor.address(),
                        "Blocked multicall pingback attempt from " + visitor.address());
        assertThat(agent.questions()).singleElement().asString().contains("pings=40");
    }

    @Test
    void multicall_differentLogins_noneIsLookedAt() {
        Visitor visitor = visitor();
        List<List<String>> calls =
                List.of(List.of(LOGIN, "editor", WordPress.PASSWORD), List.of(LOGIN, "admin", WordPress.PASSWORD));

        List<String> told =
                log.told(() -> assertThat(faults(visitor.multicall(calls))).isEqualTo(2));

        assertThat(agent.questions()).isEmpty();
        assertThat(told)
                .contains(
                        "XML-RPC multicall authentication failure from " + visitor.address(),
                        "Bailiff: multicall logins=2 failed=2 more=0 ip=" + visitor.address());
    }

    @ParameterizedTest
    @CsvSource({
        "wp.getPage, 1, 2",
        "wp.getOptions, 1, 1",
        "blogger.getUserInfo, k, 1",
        "blogger.getPost, k, 2",
        "metaWeblog.getRecentPosts, 1, 1",
        "metaWeblog.deletePost, k, 2",
        "mt.getCategoryList, 1, 1"
    })
    void multicall_differentLoginsByWhateverMethod_noneIsLookedAt(String method, String filler, int fillers) {
        Visitor visitor = visitor();
        List<List<String>> calls =
                List.of(call(method, filler, fillers, WordPress.PASSWORD), call(method, filler, fillers, GUESS));

        assertThat(faults(visitor.multicall(calls))).isEqualTo(2);
        assertThat(agent.questions()).isEmpty();
    }

    private static List<String> call(String method, String filler, int fillers, String password) {
        return Stream.of(List.of(method), Collections.nCopies(fillers, filler), List.of("admin", password, "1"))
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"entities", "cdata", "comments", "padding", "names", "untyped", "/xmlrpc.php/x", "//xmlrpc.php"})
    void multicall_spelledOddly_isJudgedAsItIsParsed(String spelling) {
        Visitor visitor = visitor();
        List<List<String>> calls =
                List.of(List.of(LOGIN, "admin", WordPress.PASSWORD), List.of(LOGIN, "editor", WordPress.PASSWORD));
        String plain = Visitor.multicallOf(calls);
        String body = switch (spelling) {
            case "entities" -> plain.replace("multicall", "&#109;ulticall").replace("getUsers", "&#x67;etUsers");
            case "cdata" -> plain.replace(LOGIN, "<![CDATA[" + LOGIN + "]]>");
            case "comments" -> plain.replace("getUsersBlogs", "get<!-- x -->UsersBlogs");
            case "padding" -> plain.replace("<params>", "<!--" + "x".repeat(40_000) + "--><params>");
            case "names" -> plain.replace("<methodName>", "<methodName>demo.sayHello</methodName><methodName> \n");
            case "untyped" -> plain.replace("<string>", "").replace("</string>", "");
            default -> plain;
        };

        String answer = visitor.post(spelling.startsWith("/") ? spelling : "/xmlrpc.php", body);

        assertThat(faults(answer)).isEqualTo(2);
        assertThat(answer).doesNotContain("isAdmin");
        assertThat(agent.questions()).isEmpty();
    }

    @Test
    void multicall_ofAnHonestClient_worksHoweverManyCallsItHas() {
        Visitor visitor = visitor();

        String answer = visitor.multicall(Collections.nCopies(1_000, List.of(LOGIN, "editor", WordPress.PASSWORD)));

        assertThat(faults(answer)).isZero();
        assertThat(answer.split("isAdmin", -1)).hasSize(1_001);
        assertThat(agent.questions()).singleElement().asString().doesNotContain("logins=");
    }

    @Test
    void multicall_stalePasswordInEveryCall_isAskedForOnceAndAnsweredLikeWordPress() {
        Visitor visitor = visitor();
        List<List<String>> calls = Collections.nCopies(20, List.of(LOGIN, "admin", "stale"));
        String plain = visitor.multicallWith(List.of("-H", "X-Test-No-Cap: 1"), calls);
        agent.answers("proceed");

        assertThat(visitor.multicall(calls)).isEqualTo(plain);
        assertThat(agent.questions()).hasSize(1);
    }

    @Test
    void multicall_refused_isToldOnce() {
        Visitor visitor = visitor();
        agent.answers("refuse banned 600");

        assertThat(log.told(() -> visitor.multicall(Collections.nCopies(5, List.of(LOGIN, "admin", "stale")))))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("Blocked authentication attempt for admin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<params/>", "<params><param><value><string>x</string></value></param></params>"})
    void multicall_thatIsNone_isLeftToWordPress(String params) {
        String body = "<?xml version=\"1.0\"?><methodCall><methodName>system.multicall</methodName>" + params
                + "</methodCall>";
        Visitor visitor = visitor();
        List<String> noCap = List.of("-H", "X-Test-No-Cap: 1");
        assertThat(visitor.post("/xmlrpc.php", body))
                .isEqualTo(visitor.post("/xmlrpc.php", body, noCap.toArray(String[]::new)));
    }
}
