package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the plugin in WordPress reports of those who come to its doors. */
class TrapTest {

    private static final String LOGIN = "wp.getUsersBlogs";

    private static TrappedSite site;
    private static Network network;
    private static Machine machine;
    private static WordPress wordPress;
    private static TrapLog log;

    @BeforeAll
    static void open() {
        site = TrappedSite.open();
        network = site.network();
        machine = site.machine();
        wordPress = site.wordPress();
        log = site.log();
    }

    @AfterAll
    static void close() {
        if (site != null) {
            site.close();
        }
    }

    private static Visitor visitor() {
        return site.visitor();
    }

    private static List<String> told(Runnable deed) {
        return log.told(deed);
    }

    private static List<String> events(Runnable deed) {
        return log.events(deed);
    }

    @Test
    void xmlrpcLogin_wrongUnknownRight_isToldInTheWordsOfWpFail2ban() {
        Visitor visitor = visitor();
        assertThat(events(() -> visitor.call(LOGIN, "admin", "guess")))
                .containsExactly("XML-RPC authentication failure for admin from " + visitor.address());
        assertThat(events(() -> visitor.call(LOGIN, "nobody", "guess")))
                .containsExactly("XML-RPC authentication attempt for unknown user nobody from " + visitor.address());
        assertThat(events(() -> visitor.call(LOGIN, "admin", WordPress.PASSWORD)))
                .containsExactly("XML-RPC authentication success for admin from " + visitor.address());
    }

    @Test
    void form_wrongUnknownRightEmpty_isToldInTheWordsOfWpFail2ban() {
        Visitor visitor = visitor();
        assertThat(events(() -> visitor.logIn("admin", "guess")))
                .containsExactly("Authentication failure for admin from " + visitor.address());
        assertThat(events(() -> visitor.logIn("nobody", "guess")))
                .containsExactly("Authentication attempt for unknown user nobody from " + visitor.address());
        assertThat(events(() -> visitor.logIn("admin", WordPress.PASSWORD)))
                .containsExactly("Accepted password for admin from " + visitor.address());
        assertThat(events(() -> visitor.logIn("", "guess")))
                .containsExactly("Authentication attempt with empty username from " + visitor.address());
        assertThat(events(() -> visitor.logIn("admin", "")))
                .containsExactly("Authentication attempt with empty password from " + visitor.address());
        assertThat(events(() -> visitor.get("/wp-login.php"))).isEmpty();
    }

    @Test
    void rest_wrongPassword_isToldOnceAlsoOnAPublicRoute() {
        Visitor visitor = visitor();
        assertThat(events(() -> visitor.get("/?rest_route=/wp/v2/users/me", "-u", "admin:guess")))
                .containsExactly("REST authentication failure for admin from " + visitor.address());
        assertThat(events(() -> visitor.get("/?rest_route=/wp/v2/posts", "-u", "nobody:guess")))
                .containsExactly("REST authentication attempt for unknown user nobody from " + visitor.address());
    }

    @Test
    void multicall_manyGuesses_isToldWithTheirNumber() {
        Visitor visitor = visitor();
        List<List<String>> calls = IntStream.range(0, 20)
                .mapToObj(i -> List.of(LOGIN, "admin", "guess" + i))
                .toList();
        List<String> told = told(() -> visitor.multicall(calls));
        assertThat(told)
                .filteredOn(line -> !line.startsWith("Bailiff: "))
                .containsExactly(
                        "XML-RPC authentication failure for admin from " + visitor.address(),
                        "XML-RPC multicall authentication failure from " + visitor.address());
        assertThat(told).contains("Bailiff: multicall logins=20 failed=20 more=18 ip=" + visitor.address());
    }

    @Test
    void multicall_stalePasswordInEveryCall_isOneFailure() {
        Visitor visitor = visitor();
        assertThat(events(() -> visitor.multicall(Collections.nCopies(20, List.of(LOGIN, "admin", "stale")))))
                .containsExactly("XML-RPC authentication failure for admin from " + visitor.address());
    }

    @Test
    void multicall_honestClientWithManyCalls_isOneSuccess() {
        Visitor visitor = visitor();
        assertThat(events(
                        () -> visitor.multicall(Collections.nCopies(20, List.of(LOGIN, "editor", WordPress.PASSWORD)))))
                .containsExactly("XML-RPC authentication success for editor from " + visitor.address());
    }

    @Test
    void xmlrpcDisabled_login_isToldThoughWordPressFiresNoHook() {
        Visitor visitor = visitor();
        assertThat(events(() ->
                        visitor.callWith(List.of("-H", "X-Test-Disabled: 1"), LOGIN, "admin", WordPress.PASSWORD)))
                .containsExactly("XML-RPC authentication failure for admin from " + visitor.address());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ADMIN",
                "admin@example.test",
                "adm\u200bin",
                "\uff41dmin",
                "<b>admin</b>",
                "admin<i x>",
                "ad%41min",
                " admin ",
                "\u24d0dmin"
            })
    void spellingsOfOneAccount_areToldAsThatAccount(String spelling) {
        Visitor visitor = visitor();
        assertThat(events(() -> visitor.call(LOGIN, spelling, "guess")))
                .containsExactly("XML-RPC authentication failure for admin from " + visitor.address());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin from 8.8.8.8",
                "x from 8.8.8.8\nNov 21 10:00:00 vm wordpress(x)[1]: Authentication failure for admin from 8.8.8.8",
                "x\u2028from 8.8.8.8",
                "x\u202e8.8.8.8 morf",
                "x ip=8.8.8.8",
                "\u0085\ufeff%00",
                "'\"\\`$(id)",
                "<methodCall>"
            })
    void hostileName_isOneWordAndBlamesOnlyTheSender(String name) {
        Visitor visitor = visitor();
        assertThat(told(() -> visitor.call(LOGIN, name, "guess")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .matches("[\\x20-\\x7e]+")
                        .doesNotContain("from 8.8.8.8")
                        .doesNotContain("ip=8.8.8.8")
                        .containsPattern("(from |ip=)" + visitor.address() + "$"));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 7_900, 8_096, 300_000})
    void endlessName_isToldInAShortLineThatNamesTheSender(int length) {
        Visitor visitor = visitor();
        String name = "x".repeat(length) + " from 8.8.8.8";
        assertThat(told(() -> visitor.call(LOGIN, name, "guess")))
                .hasSize(2)
                .allSatisfy(line ->
                        assertThat(line).hasSizeLessThan(400).containsPattern("(from |ip=)" + visitor.address() + "$"));
    }

    @Test
    void pingback_ofNoSite_isToldWithItsTrueCodeAndWhetherARequestLeft() {
        Visitor visitor = visitor();
        String post = "http://" + Network.SITE + "/?p=1";
        assertThat(told(() -> visitor.call("pingback.ping", "http://" + Network.GATEWAY + ":81/x", post)))
                .contains("Pingback error 0 generated from " + visitor.address());
        assertThat(told(() -> visitor.call("pingback.ping", "http://203.0.113.254/victim", post)))
                .containsExactly(
                        "Pingback error 16 generated from " + visitor.address(),
                        "Bailiff: pingback code=16 sent=1 source=http://203.0.113.254/victim target="
                                + "http://192.0.2.1/%3Fp%3D1 ip=" + visitor.address());
        assertThat(told(() -> visitor.call("pingback.ping", "http://203.0.113.254/victim", post + "99")))
                .contains("Pingback error 33 generated from " + visitor.address())
                .anyMatch(line -> line.startsWith("Bailiff: pingback code=33 sent=0"));
    }

    @Test
    void pingbacksInAMulticall_areToldOneByOneAndTogether() {
        Visitor visitor = visitor();
        List<String> ping = List.of("pingback.ping", "http://203.0.113.254/victim", "http://" + Network.SITE + "/?p=1");
        List<String> told =
                told(() -> visitor.multicallWith(List.of("-H", "X-Test-No-Cap: 1"), Collections.nCopies(3, ping)));
        assertThat(told)
                .filteredOn(line -> line.startsWith("Pingback error 16"))
                .hasSize(3);
        assertThat(told).contains("Bailiff: reflected requests=3 ip=" + visitor.address());
    }

    @Test
    void seekingUsers_isAFactAndNoFailure() {
        Visitor visitor = visitor();
        for (String path : List.of("/?author=1", "/?rest_route=/wp/v2/users", "/?sitemap=users")) {
            assertThat(told(() -> visitor.get(path)))
                    .singleElement()
                    .asString()
                    .startsWith("Bailiff: enumeration door=");
        }
        assertThat(told(() -> visitor.get("/?p=1"))).isEmpty();
    }

    @Test
    void passwordReset_ofAnUnknownUser_isTold() {
        Visitor visitor = visitor();
        assertThat(events(() -> visitor.get("/wp-login.php?action=lostpassword", "--data", "user_login=nobody")))
                .containsExactly("Failed password reset for unknown user nobody from " + visitor.address());
        assertThat(events(() -> visitor.get("/wp-login.php?action=lostpassword", "--data", "user_login=admin")))
                .containsExactly("Password reset requested for admin from " + visitor.address());
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, 192.0.2.254",
        "'8.8.8.8, 198.51.100.7', 198.51.100.7",
        "'8.8.8.8, 198.51.100.7, 192.0.2.254', 198.51.100.7",
        "'8.8.8.8, [2001:db8::7]:4711', 2001:db8::7"
    })
    void forwardedFor_countsOnlyFromAProxyAndFromTheRight(String header, String expected) {
        boolean isProxied = !expected.equals("192.0.2.254");
        Visitor direct = visitor();
        List<String> told = events(() -> {
            if (isProxied) {
                network.curl(
                                Network.GATEWAY,
                                "-H",
                                "X-Forwarded-For: " + header,
                                "--data",
                                "log=admin&pwd=x",
                                Network.url(Network.GATEWAY, 80, "/wp-login.php"))
                        .good();
            } else {
                direct.get("/wp-login.php", "-H", "X-Forwarded-For: " + header, "--data", "log=admin&pwd=x");
            }
        });
        assertThat(told)
                .containsExactly("Authentication failure for admin from " + (isProxied ? expected : direct.address()));
    }

    @Test
    void forwardedFor_thatIsNoAddress_blamesNobodyAndNotTheProxy() {
        assertThat(told(() -> network.curl(
                                Network.GATEWAY,
                                "-H",
                                "X-Forwarded-For: 8.8.8.8, unknown",
                                "--data",
                                "log=admin&pwd=x",
                                Network.url(Network.GATEWAY, 80, "/wp-login.php"))
                        .good()))
                .singleElement()
                .asString()
                .endsWith("ip=unknown");
    }

    @Test
    void syslogGone_lineGoesToTheFileAndThePageIsServed() throws IOException {
        Visitor visitor = visitor();
        wordPress.stopLog();
        try {
            assertThat(visitor.logIn("admin", "guess")).isEqualTo("200");
            assertThat(Files.readString(wordPress.fallback()))
                    .containsPattern(
                            "(?m) wordpress\\(192\\.0\\.2\\.1\\)\\[\\d+\\]: Authentication failure for admin from "
                                    + visitor.address() + "$");
        } finally {
            wordPress.startLog();
        }
    }

    @Test
    void syslogGone_guardBansByItsOwnSocketAndEachLineGoesOutOnce() throws IOException {
        Visitor attacker = visitor();
        machine.startGuard();
        wordPress.stopLog();
        try {
            attacker.multicall(IntStream.range(0, 9)
                    .mapToObj(i -> List.of(LOGIN, "admin", "guess" + i))
                    .toList());
            network.awaitInKernel(attacker.address());
            String evidence = machine.bailiff("why", attacker.address()).good().out();
            assertThat(evidence.lines().filter(line -> line.contains("XML-RPC authentication failure for admin")))
                    .hasSize(1);
            assertThat(String.valueOf(machine.status("wordpress").get("sources")))
                    .containsPattern("path=unix:/run/bailiff/trap.sock, state=followed, reason=, behind=0, lines=4");
            assertThat(Files.readString(wordPress.fallback())).doesNotContain(attacker.address());
        } finally {
            wordPress.startLog();
            machine.bailiff("stop");
        }
    }

    @Test
    void syslogGoneAndGuardKilled_lineGoesToTheFileOnceAndTheNextGuardTakesTheSocketAgain() throws IOException {
        Visitor visitor = visitor();
        machine.startGuard();
        wordPress.stopLog();
        try {
            machine.killGuard();
            assertThat(wordPress.agent()).as("left by the dead guard").exists();
            assertThat(visitor.logIn("admin", "guess")).isEqualTo("200");
            assertThat(Files.readString(wordPress.fallback()).lines())
                    .filteredOn(line -> line.contains(" for admin from " + visitor.address()))
                    .hasSize(1);

            machine.startGuard();
            visitor.multicall(IntStream.range(0, 9)
                    .mapToObj(i -> List.of(LOGIN, "admin", "guess" + i))
                    .toList());
            network.awaitInKernel(visitor.address());
        } finally {
            wordPress.startLog();
            machine.bailiff("stop");
        }
        assertThat(wordPress.agent()).as("taken away at the end").doesNotExist();
    }

    @Test
    void guard_oneMulticallWithManyGuesses_isBannedAtOnceAndAStaleClientIsNot() {
        Visitor attacker = visitor();
        Visitor stale = visitor();
        machine.startGuard();
        try {
            stale.multicall(Collections.nCopies(20, List.of(LOGIN, "admin", "stale")));
            attacker.multicall(IntStream.range(0, 9)
                    .mapToObj(i -> List.of(LOGIN, "admin", "guess" + i))
                    .toList());
            network.awaitInKernel(attacker.address());
            assertThat(network.holds(stale.address())).isFalse();
        } finally {
            machine.bailiff("stop");
        }
    }

    @Test
    void guard_builtInJail_bansWhoGuessesOverXmlrpcAndNotWhoMistypesTwice() {
        Visitor attacker = visitor();
        Visitor owner = visitor();
        machine.startGuard();
        try {
            owner.call(LOGIN, "admin", "typo");
            owner.call(LOGIN, "admin", "tipo");
            owner.call(LOGIN, "admin", WordPress.PASSWORD);
            for (int i = 0; i < 7; i++) {
                attacker.call(LOGIN, "admin", "guess" + i);
            }
            network.awaitInKernel(attacker.address());
            assertThat(network.isDropped(attacker.address(), 80)).isTrue();
            assertThat(network.holds(owner.address())).isFalse();
        } finally {
            machine.bailiff("stop");
        }
    }
}
