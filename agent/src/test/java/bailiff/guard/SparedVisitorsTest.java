package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.config.Crawler;
import bailiff.enforce.Change;
import bailiff.ledger.Ledger;
import bailiff.net.IpAddress;
import bailiff.shield.Question;
import bailiff.source.ChangeWatcher;
import bailiff.source.SyslogSockets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Search engines and proxies in front of jails that run. */
class SparedVisitorsTest {

    private static final String GOOGLE = "198.51.100.7";
    private static final String CRAWL = "crawl-198-51-100-7.googlebot.com";
    private static final String AGENT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)";

    @TempDir
    Path directory;

    private final FakeNameServers servers = new FakeNameServers();
    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private Site site;
    private Ledger ledger;
    private ChangeWatcher watcher;
    private HostNames hosts;
    private Visitors visitors;
    private Jails jails;

    @BeforeEach
    void run() throws IOException {
        site = new Site(directory.resolve("site"));
        hosts = new HostNames(new FakeResolver(), site.clock);
        ledger = Ledger.open(directory.resolve("ledger.sqlite3"), site.clock);
        watcher = ChangeWatcher.start(Duration.ofSeconds(1));
        visitors = servers.visitorsOf(directory, site.clock);
        Files.createDirectories(directory.resolve("root/run/systemd/sessions"));
        Files.createDirectories(directory.resolve("etc/nginx"));
        Path etc = site.log().resolveSibling("etc");
        for (String name : List.of("search-engines", "googlebot", "bingbot", "applebot", "yandex", "baidu")) {
            Files.createDirectories(etc.resolve("services.d"));
            try (var in = Crawler.class.getResourceAsStream("services.d/" + name + ".conf")) {
                Files.write(etc.resolve("services.d/" + name + ".conf"), in.readAllBytes());
            }
        }
        Files.createDirectories(etc.resolve("filter.d"));
        Files.writeString(
                etc.resolve("filter.d/missing.conf"), "[Definition]\nfailregex = ^<HOST> .* 404 \"[^\"]*\"$\n");
        site.configure("""
                [web]
                enabled = true
                filter = missing
                port = http,https
                services = search-engines
                logpath = %s
                [requests]
                enabled = true
                evidence = access
                filter = missing
                port = http,https
                services = search-engines
                logpath = %s
                """.formatted(site.log(), requests()) + site.jail("wordpress", ""));
        jails = new Jails(new Jails.Shared(
                ledger,
                watcher,
                new SyslogSockets(directory),
                new Lookout(site.clock),
                new Sanctuary(directory.resolve("root"), Map.of(), hosts),
                hosts,
                visitors,
                changes::addAll,
                SiteWatch.in(directory, site.clock),
                site.heard,
                site.clock));
        jails.run(Plan.of(site.configuration().read()));
    }

    @AfterEach
    void close() throws IOException {
        servers.answer();
        jails.stop();
        watcher.close();
        hosts.close();
        visitors.names().close();
        ledger.close();
    }

    @Test
    void claim_ofTheTrueSearchEngine_isNeverBanned() throws Exception {
        servers.reverse(GOOGLE, CRAWL + ".");
        servers.forward(CRAWL, GOOGLE);

        missing(GOOGLE, AGENT, 20);

        site.awaitHeard("ignored " + GOOGLE + " by service " + CRAWL, 20);
        assertThat(changes).isEmpty();
        assertThat(jails.verified(address(GOOGLE))).contains(CRAWL + ", of the verified service googlebot");
    }

    @Test
    void claim_ofAnAddressWithoutSuchAName_isBannedAsEver() throws Exception {
        servers.reverse(GOOGLE, "dsl-7.provider.example");
        servers.forward("dsl-7.provider.example", GOOGLE);

        missing(GOOGLE, AGENT, 3);

        site.awaitHeard("banned " + GOOGLE);
    }

    @Test
    void claim_withAReverseZoneOfItsOwn_isBannedAsEver() throws Exception {
        servers.reverse(GOOGLE, CRAWL);
        servers.forward(CRAWL, "198.51.100.1");

        missing(GOOGLE, AGENT, 3);

        site.awaitHeard("banned " + GOOGLE);
    }

    @Test
    void claim_whileTheAnswerIsAwaited_isHeldAndTheOthersAreJudgedMeanwhile() throws Exception {
        servers.beSlow();
        missing(GOOGLE, AGENT, 3);
        missing("203.0.113.77", "curl/8.0", 3);

        site.awaitHeard("banned 203.0.113.77");
        assertThat(site.heard.count("banned " + GOOGLE)).isZero();

        servers.answer();
        site.awaitHeard("banned " + GOOGLE);
    }

    @Test
    void claim_withoutAnAnswerInTime_isNotBelieved_andTheBanEndsWhenItComes() throws Exception {
        servers.reverse(GOOGLE, CRAWL);
        servers.forward(CRAWL, GOOGLE);
        servers.beSlow();
        missing(GOOGLE, AGENT, 3);
        Site.await("the question", () -> !servers.asked().isEmpty());
        site.clock.pass(Claims.PATIENCE.plusSeconds(1));

        site.awaitHeard("banned " + GOOGLE);
        assertThat(doubts("web")).anyMatch(doubt -> doubt.contains("3 lines claim to be a search engine's"));

        servers.answer();
        site.awaitHeard("unbanned " + GOOGLE);
    }

    @Test
    void claim_beyondThoseThatAreHeld_counts_andTheBanEndsWhenTheAnswerComes() throws Exception {
        servers.reverse(GOOGLE, CRAWL);
        servers.forward(CRAWL, GOOGLE);
        servers.beSlow();
        missing(GOOGLE, AGENT, Claims.MOST_HELD + 3);
        site.awaitHeard("banned " + GOOGLE);

        servers.answer();

        site.awaitHeard("unbanned " + GOOGLE);
    }

    @Test
    void claim_withNameServersThatAreDown_isNotBelieved_andStatusSaysSo() throws Exception {
        servers.beDown();

        missing(GOOGLE, AGENT, 3);

        site.awaitHeard("banned " + GOOGLE);
        assertThat(doubts("web")).anyMatch(doubt -> doubt.contains("no name server answered"));
        site.clock.pass(Duration.ofHours(2));
        assertThat(doubts("web")).isEmpty();
    }

    @Test
    void line_thatClaimsNothing_hasNobodyAsked() throws Exception {
        missing(GOOGLE, "Mozilla/5.0 Firefox/140.0", 3);

        site.awaitHeard("banned " + GOOGLE);
        assertThat(servers.asked()).isEmpty();
    }

    @Test
    void proxy_fiveAccountsLoggedInThroughIt_isNotBanned_andTheOwnerIsTold() throws Exception {
        for (String user : List.of("anna", "ben", "clara", "dora", "emil")) {
            login(user, "203.0.113.9");
        }
        site.awaitHeard("seen Credited", 5);

        for (int i = 0; i < 40; i++) {
            site.fail("203.0.113.9");
        }

        site.awaitHeard("ignored 203.0.113.9 by proxy", 40);
        assertThat(changes).isEmpty();
        assertThat(visitors.proxies().problems())
                .singleElement()
                .asString()
                .startsWith(
                        "203.0.113.9 looks like a proxy, a CDN or a network of many people: 5 accounts came through")
                .contains("nginx: 'set_real_ip_from 203.0.113.9;', 'real_ip_header X-Forwarded-For;'")
                .contains("define('BAILIFF_PROXIES', '203.0.113.9')")
                .doesNotContain("Apache");
        site.clock.pass(ProxyWatch.TOLD_FOR.plusSeconds(1));
        assertThat(visitors.proxies().problems()).isEmpty();
    }

    @Test
    void proxy_sixteenUserAgentsWithoutALogin_areNoProxy() throws Exception {
        for (int i = 0; i < 500; i++) {
            visitors.proxies().browser(address("203.0.113.9"), "Mozilla/5.0 Firefox/" + i);
        }

        for (int i = 0; i < 3; i++) {
            site.fail("203.0.113.9");
        }

        site.awaitHeard("banned 203.0.113.9");
    }

    @Test
    void proxy_privateAddressOfSomeBrowsers_isNotBanned_andTheOwnerIsTold() throws Exception {
        visitors.proxies().browser(address("10.1.2.3"), "Mozilla/5.0 Firefox/140.0");
        visitors.proxies().browser(address("10.1.2.3"), "Mozilla/5.0 Safari/605.1");
        visitors.proxies().browser(address("10.1.2.3"), "Mozilla/5.0 Chrome/141.0");
        for (int i = 0; i < 10; i++) {
            site.fail("10.1.2.3");
        }

        site.awaitHeard("ignored 10.1.2.3 by proxy", 10);
        assertThat(visitors.proxies().problems())
                .singleElement()
                .asString()
                .startsWith("10.1.2.3 is a private address: a proxy");
    }

    @Test
    void proxy_privateAddressThatIsOneAttackers_isBanned() throws Exception {
        for (int i = 0; i < 3; i++) {
            site.fail("10.1.2.3");
        }

        site.awaitHeard("banned 10.1.2.3");
    }

    @Test
    void proxy_learnt_isKnownAfterARestart() throws Exception {
        for (String user : List.of("anna", "ben", "clara", "dora", "emil")) {
            visitors.proxies().success(address("203.0.113.9"), user);
        }
        visitors.proxies().save();

        ProxyWatch again = ProxyWatch.in(directory, new WebServers(directory), site.clock);

        assertThat(again.explanation(address("203.0.113.9"))).isPresent();
        assertThat(again.explanation(address("203.0.113.10"))).isEmpty();
    }

    @Test
    void claim_inAnAccessLogOfTheTrueSearchEngine_isNeverBannedByEvidence() throws Exception {
        servers.reverse(GOOGLE, CRAWL);
        servers.forward(CRAWL, GOOGLE);
        servers.beSlow();
        posts(GOOGLE, AGENT, 20);
        Site.await("the question", () -> !servers.asked().isEmpty());
        servers.answer();

        posts("203.0.113.77", AGENT, 20);

        site.awaitHeard("ignored " + GOOGLE + " by service " + CRAWL, 20);
        site.awaitHeard("banned 203.0.113.77");
        assertThat(site.heard.count("banned " + GOOGLE)).isZero();
    }

    @Test
    void claim_inAnAccessLogThatIsNotTrue_isBannedByEvidenceWhenTheAnswerComes() throws Exception {
        servers.beSlow();
        posts(GOOGLE, AGENT, 20);
        Site.await("the question", () -> !servers.asked().isEmpty());
        assertThat(site.heard.count("banned " + GOOGLE)).isZero();

        servers.answer();

        site.awaitHeard("banned " + GOOGLE);
    }

    @Test
    void browsers_ofAccessLogAndShield_makeACrowd_whichWithTwoAccountsIsNotBanned() throws Exception {
        var shield = new BrowserOpinion(visitors.proxies());
        for (int i = 0; i < 40; i++) {
            request("GET", "203.0.113.9", "Mozilla/5.0 Firefox/" + i, 1, 200);
            ask(shield, "203.0.113.10", " form=1 agent=Mozilla/5.0%20Firefox/" + i);
            request("GET", "203.0.113.11", "Mozilla/5.0 Firefox/" + i, 1, 404);
            ask(shield, "203.0.113.12", " form=0 agent=Mozilla/5.0%20Firefox/" + i);
        }
        login("anna", "203.0.113.13");
        login("ben", "203.0.113.13");

        Site.await("the proxy", () -> isProxy("203.0.113.9"));
        assertThat(isProxy("203.0.113.10")).isTrue();
        assertThat(isProxy("203.0.113.11")).isFalse();
        assertThat(isProxy("203.0.113.12")).isFalse();
    }

    private boolean isProxy(String client) {
        return visitors.proxies().explanation(address(client)).isPresent();
    }

    private void ask(BrowserOpinion shield, String client, String facts) {
        byte[] words = ("ask ip=" + client + " door=login site=blog.example.test user=anna" + facts)
                .getBytes(StandardCharsets.US_ASCII);
        shield.answered(Question.parse(words, 0, words.length).orElseThrow(), false, site.clock.instant());
    }

    private Path requests() {
        return site.log().resolveSibling("access.log");
    }

    private void posts(String client, String agent, int times) throws IOException {
        request("POST", client, agent, times, 200);
    }

    private void request(String method, String client, String agent, int times, int status) throws IOException {
        String line = client + " - - [09/Apr/2026:12:00:00 +0000] \"" + method + " /wp-login.php HTTP/1.1\" " + status
                + " 5000 \"-\" \"" + agent + "\"\n";
        Files.writeString(requests(), line.repeat(times), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private List<String> doubts(String jail) throws Exception {
        return jails.named(jail).orElseThrow().ask(JailKeeper::doubts).get();
    }

    private void missing(String address, String agent, int times) throws IOException {
        for (int i = 0; i < times; i++) {
            site.write(
                    address + " - - [09/Apr/2026:12:00:00 +0000] \"GET /no/" + i + " HTTP/1.1\" 404 \"" + agent + "\"");
        }
    }

    private void login(String user, String address) throws IOException {
        site.write(site.clock.instant() + " vps wordpress(blog.example.test)[4711]: Accepted password for " + user
                + " from " + address);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
