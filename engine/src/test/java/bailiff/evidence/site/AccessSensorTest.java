package bailiff.evidence.site;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.AccessLog;
import bailiff.line.AccessRecord;
import bailiff.line.LogLine;
import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessSensorTest {

    private static final String FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Firefox/127.0";
    private static final String A = "192.0.2.1";

    private final AccessLog records = new AccessLog(ZoneOffset.UTC);
    private final AccessSensor sensor =
            new AccessSensor(new SiteEvidence(Allowance.USUAL, new CidrSet(List.<Cidr>of())));
    private int second;

    @BeforeEach
    void othersRead() {
        for (int i = 0; i < 60; i++) {
            read("203.0.113." + i, "GET / HTTP/1.1", 200, 9_000, "-", FIREFOX);
            read("203.0.113." + i, "GET /style.css HTTP/1.1", 200, 900, "-", FIREFOX);
        }
    }

    @Test
    void read_formSentByWhoNeverFetchedIt_isBlind() {
        assertThat(conduct(login())).isEqualTo(Conduct.BLIND);
    }

    @Test
    void read_formSentByWhoFetchedNothingElse_isBare() {
        read(A, "GET /wp-login.php HTTP/1.1", 200, 5_000, "-", FIREFOX);

        assertThat(conduct(login())).isEqualTo(Conduct.BARE);
    }

    @Test
    void read_formSentByABrowserThatFetchedItsStyles_isBrowsing() {
        read(A, "GET /wp-login.php HTTP/1.1", 200, 5_000, "-", FIREFOX);
        read(A, "GET /wp-admin/css/login.min.css?ver=6.1 HTTP/1.1", 304, 0, "-", FIREFOX);

        assertThat(conduct(login())).isEqualTo(Conduct.BROWSING);
    }

    @Test
    void read_stylesThatWereRefused_areNoVisit() {
        read(A, "GET /wp-admin/css/login.min.css HTTP/1.1", 403, 0, "-", FIREFOX);

        assertThat(conduct(login())).isEqualTo(Conduct.BLIND);
    }

    @Test
    void read_siteWhoseStylesComeFromElsewhere_saysNothingOfWhoFetchesNone() {
        AccessSensor fresh = new AccessSensor(new SiteEvidence(Allowance.USUAL, new CidrSet(List.<Cidr>of())));
        for (int i = 0; i < 100; i++) {
            fresh.read(request("203.0.113." + i, "GET /page/ HTTP/1.1", 200, 9_000, "-", FIREFOX));
            fresh.read(request("203.0.113." + i, "GET /favicon.ico HTTP/1.1", 200, 900, "-", FIREFOX));
        }
        fresh.read(request(A, "GET /wp-login.php HTTP/1.1", 200, 5_000, "-", FIREFOX));

        assertThat(fresh.read(request(A, "POST /wp-login.php HTTP/1.1", 200, 5_000, "-", FIREFOX)))
                .hasValueSatisfying(attempt -> assertThat(conduct(attempt)).isEqualTo(Conduct.UNTOLD));
    }

    /** Scanners fetch thousands of pages and no style: that says nothing of what browsers fetch. */
    @Test
    void read_siteWithAScannerOfManyPages_stillTellsWhoFetchesNoStyles() {
        for (int i = 0; i < 2_000; i++) {
            read("198.51.100.9", "GET /page/" + i + "/ HTTP/1.1", 200, 9_000, "-", FIREFOX);
        }
        read(A, "GET /wp-login.php HTTP/1.1", 200, 5_000, "-", FIREFOX);

        assertThat(conduct(login())).isEqualTo(Conduct.BARE);
    }

    @Test
    void read_logOfWhatWasSentAlone_saysNothingOfConduct() {
        AccessSensor fresh = new AccessSensor(new SiteEvidence(Allowance.USUAL, new CidrSet(List.<Cidr>of())));
        for (int i = 0; i < 100; i++) {
            fresh.read(request("203.0.113." + i, "POST /wp-cron.php HTTP/1.1", 200, 0, "-", FIREFOX));
        }

        assertThat(fresh.read(request(A, "POST /wp-login.php HTTP/1.1", 200, 5_000, "-", FIREFOX)))
                .hasValueSatisfying(attempt -> assertThat(conduct(attempt)).isEqualTo(Conduct.UNTOLD));
    }

    @Test
    void read_logThatHoldsLoginsAlone_saysNothingOfConduct() {
        AccessSensor fresh = new AccessSensor(new SiteEvidence(Allowance.USUAL, new CidrSet(List.<Cidr>of())));

        assertThat(fresh.read(request(A, "POST /wp-login.php HTTP/1.1", 200, 5_000, "-", FIREFOX))
                        .orElseThrow()
                        .request()
                        .conduct())
                .isEqualTo(Conduct.UNTOLD);
    }

    @ParameterizedTest
    @CsvSource({
        "POST /wp-login.php HTTP/1.1, 200, FAILURE",
        "POST /blog/wp-login.php?redirect_to=x HTTP/1.1, 200, FAILURE",
        "POST //wp-login.php HTTP/1.0, 403, REFUSED",
        "POST /wp-login.php HTTP/1.1, 404, REFUSED",
        "POST /wp-login.php HTTP/1.1, 500, BROKEN",
        "POST /xmlrpc.php HTTP/1.1, 429, BROKEN",
        "POST /%78mlrpc.php HTTP/1.1, 200, FAILURE",
    })
    void read_answer_isTheOutcome(String request, int status, Outcome outcome) {
        assertThat(read(A, request, status, 403, "-", FIREFOX)
                        .orElseThrow()
                        .login()
                        .outcome())
                .isEqualTo(outcome);
    }

    @Test
    void read_redirection_isASuccessOfWhoSawTheFormOnly() {
        read(A, "GET /wp-login.php HTTP/1.1", 200, 5_000, "-", FIREFOX);

        assertThat(read(A, "POST /wp-login.php HTTP/1.1", 302, 0, "-", FIREFOX)
                        .orElseThrow()
                        .login()
                        .outcome())
                .isEqualTo(Outcome.SUCCESS);
        assertThat(read("192.0.2.9", "POST /wp-login.php HTTP/1.1", 302, 0, "-", FIREFOX)
                        .orElseThrow()
                        .login()
                        .outcome())
                .isEqualTo(Outcome.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /wp-login.php HTTP/1.1, -",
        "POST /wp-login.php?action=lostpassword HTTP/1.1, -",
        "POST /wp-comments-post.php HTTP/1.1, -",
        "GET /?x=POST+/xmlrpc.php HTTP/1.1, http://example.test/xmlrpc.php",
    })
    void read_whatIsNoLogin_isNoAttempt(String request, String referer) {
        assertThat(read(A, request, 200, 403, referer, FIREFOX)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "wp-android/24.9, -, CLIENT",
        "The Incutio XML-RPC PHP Library, -, CLIENT",
        "Mozilla/5.0, -, FOREIGN",
        "-, -, FOREIGN",
        "python-requests/2.31, -, FOREIGN",
        "wp-android/24.9, http://example.test/xmlrpc.php, FOREIGN",
    })
    void read_callOfXmlrpc_isThatOfAProgramOrNot(String agent, String referer, Conduct conduct) {
        assertThat(read(A, "POST /xmlrpc.php HTTP/1.1", 200, 403, referer, agent)
                        .orElseThrow()
                        .request()
                        .conduct())
                .isEqualTo(conduct);
    }

    @Test
    void read_lengthOfAFaultThatThreeStrangersHad_isAFaultOfProgramsToo() {
        assertThat(outcomeOfCall("wp-android/24.9")).isEqualTo(Outcome.UNKNOWN);

        for (int i = 0; i < 3; i++) {
            read("198.51.100." + i, "POST /xmlrpc.php HTTP/1.1", 200, 447, "-", FIREFOX);
        }

        assertThat(outcomeOfCall("wp-android/24.9")).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void read_programThatNeverHasButTheSameShortAnswers_isGuessing() {
        for (int i = 0; i < 7; i++) {
            assertThat(outcomeOfCall("wp-android/24.9")).isEqualTo(Outcome.UNKNOWN);
        }

        assertThat(outcomeOfCall("wp-android/24.9")).isEqualTo(Outcome.FAILURE);
    }

    @Test
    void read_programThatHasLongAnswersToo_isNotGuessing() {
        read(A, "POST /xmlrpc.php HTTP/1.1", 200, 5_000, "-", "wp-android/24.9");
        for (int i = 0; i < 20; i++) {
            assertThat(outcomeOfCall("wp-android/24.9")).isEqualTo(Outcome.UNKNOWN);
        }
    }

    /** Each time that it changes a post, it tells again of the same link, and has the same answer. */
    @Test
    void read_blogThatTellsOfItsLinks_isNotGuessing() {
        for (int i = 0; i < 20; i++) {
            assertThat(outcomeOfCall("WordPress/6.4; https://blog.example")).isEqualTo(Outcome.UNKNOWN);
        }
    }

    @Test
    void read_addressOfManyBrowsers_isACrowd() {
        for (int i = 0; i < 60; i++) {
            read(A, "GET /logo.png HTTP/1.1", 200, 900, "-", FIREFOX + i);
        }

        assertThat(login().request().crowd()).isTrue();
        assertThat(read("192.0.2.9", "POST /wp-login.php HTTP/1.1", 200, 5_000, "-", FIREFOX)
                        .orElseThrow()
                        .request()
                        .crowd())
                .isFalse();
    }

    private Outcome outcomeOfCall(String agent) {
        return read(A, "POST /xmlrpc.php HTTP/1.1", 200, 447, "-", agent)
                .orElseThrow()
                .login()
                .outcome();
    }

    private Attempt login() {
        return read(A, "POST /wp-login.php HTTP/1.1", 200, 5_000, "-", FIREFOX).orElseThrow();
    }

    private static Conduct conduct(Attempt attempt) {
        return attempt.request().conduct();
    }

    private Optional<Attempt> read(String client, String request, int status, int bytes, String referer, String agent) {
        return sensor.read(request(client, request, status, bytes, referer, agent));
    }

    private AccessRecord request(String client, String request, int status, int bytes, String referer, String agent) {
        String time = String.format("%02d:%02d:%02d", second / 3_600, second / 60 % 60, second % 60);
        second++;
        return records.read(LogLine.of(client + " - - [01/Mar/2026:" + time + " +0000] \"" + request + "\" " + status
                        + " " + bytes + " \"" + referer + "\" \"" + agent + "\""))
                .orElseThrow();
    }
}
