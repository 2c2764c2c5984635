package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.config.ConfigReader;
import bailiff.config.FilterReading;
import bailiff.config.Host;
import bailiff.filter.Filter;
import bailiff.filter.Outcome;
import bailiff.filter.RegexException;
import bailiff.filter.Sighting;
import bailiff.line.LogLine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter that comes with the program, on the lines that WordPress sites write. */
class BuiltInFilterTest {

    private static final String TIME = "2026-11-20T11:03:14.980470+00:00 ";
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    /** RFC 3164, RFC 5424, the journal in short-iso, without a host, and tags as plugins write them. */
    private static final List<String> FRAMES = List.of(
            "vm wordpress(blog.example)[7950]: ",
            "vm wordpress(blog.example) 7950 - -  ",
            "vm wp(blog.example:8081)[1]: ",
            "vm wordpress[1]: ",
            "vm wordpress: ",
            "wordpress(blog.example)[7950]: ");

    @TempDir
    Path empty;

    private Filter filter = unset();

    @BeforeEach
    void compile() throws RegexException {
        FilterReading reading = ConfigReader.overBuiltIn(empty, Host.local()).filter("wordpress");
        filter = Filter.compile(((FilterReading.Usable) reading).filter());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vm wordpress(blog.example)[7950]: Authentication failure for admin from 203.0.113.5 | 203.0.113.5 | admin",
                "vm wordpress(blog.example) 7950 - -  Authentication failure for admin from 2001:db8::5 | 2001:db8::5 | admin",
                "vm wp(blog:8081)[1]: XML-RPC authentication attempt for unknown user bob from 203.0.113.5 | 203.0.113.5 | bob",
                "vm wordpress(blog: 8080)[79]: Authentication failure for admin from 203.0.113.5 | 203.0.113.5 | admin",
                "vm wordpress(blog 79 - - 8080)[79]: Authentication failure for admin from 203.0.113.5 | 203.0.113.5 | admin",
                "vm wordpress[1]: Authentication failure for admin on blog.example/de from 203.0.113.5 | 203.0.113.5 | admin",
                "vm wordpress(b)[1]: Authentication failure for admin from 8.8.8.8 from 203.0.113.5 | 203.0.113.5 | admin from 8.8.8.8",
                "vm wordpress(x))[5014]: Authentication failure for a from 203.0.113.5 | 203.0.113.5 | a",
            })
    void apply_failure_blamesTheLastAddress(String line, String address, String user) {
        Sighting sighting = sighting(line);

        assertThat(sighting.address()).hasToString("Optional[" + address + "]");
        assertThat(sighting.user().orElse("")).startsWith(user);
    }

    @Test
    void apply_foldedLine_countsEveryAttempt() {
        Sighting sighting = sighting(
                "vm wordpress(b)[1]: message repeated 7 times: [ Authentication failure for a from 203.0.113.5]");

        assertThat(sighting.attempts()).isEqualTo(7);
        assertThat(sighting.host()).isEqualTo("203.0.113.5");
    }

    @Test
    void apply_userWhoCallsHimselfAFoldedLine_countsOnce() {
        assertThat(sighting(
                                "vm wordpress(b)[1]: Authentication failure for message repeated 9 times: [ x from 203.0.113.5")
                        .attempts())
                .isOne();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Authentication failure for admin from 203.0.113.5                              | 1",
                "Authentication attempt for unknown user bob from 203.0.113.5                   | 2",
                "XML-RPC authentication attempt for unknown user bob from 203.0.113.5           | 2",
                "REST authentication attempt for unknown user bob from 203.0.113.5              | 2",
                "Blocked authentication attempt for admin from 203.0.113.5                      | 1",
                "Bailiff: multicall logins=9 failed=9 more=7 ip=203.0.113.5                     | 7",
                "message repeated 3 times: [ Authentication attempt for unknown user b from 203.0.113.5] | 6",
                "Authentication failure for x (repeat) for y from 203.0.113.5                   | 1",
            })
    void apply_failure_weighs(String message, int attempts) {
        for (String frame : FRAMES) {
            assertThat(sighting(frame + message).attempts()).as(frame).isEqualTo(attempts);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accepted password for anna from 203.0.113.5",
                "XML-RPC authentication success for anna from 203.0.113.5",
                "Bailiff: reset user=anna ip=203.0.113.5",
            })
    void apply_success_speaksForItsAddress(String message) {
        for (String frame : FRAMES) {
            assertThat(filter.apply(LogLine.of(TIME + frame + message), NOW))
                    .as(frame)
                    .isInstanceOfSatisfying(Outcome.Credited.class, success -> {
                        assertThat(success.sighting().host()).isEqualTo("203.0.113.5");
                        assertThat(success.sighting().user()).contains("anna");
                    });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accepted password for anna from 8.8.8.8 and more",
                "Note: Accepted password for anna from 8.8.8.8",
                "Bailiff: reset user=anna from ip=8.8.8.8",
                "Authentication failure for Accepted password for anna from 203.0.113.5",
            })
    void apply_whatLooksLikeASuccess_isNone(String message) {
        for (String frame : FRAMES) {
            assertThat(filter.apply(LogLine.of(TIME + frame + message), NOW))
                    .as(frame)
                    .isNotInstanceOf(Outcome.Credited.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "wordpress(blog.example)[1]:, blog.example",
        "wordpress(blog.example/de)[1]:, blog.example/de",
        "wordpress(blog.example) 7950 - - , blog.example",
        "wp(BLOG:8081)[1]:, BLOG",
        "wordpress(blog: 8080)[79]:, blog",
        "wordpress([::1])[1]:, ''",
        "wordpress(x))[5014]:, x",
        "wordpress[1]:, ''",
        "wordpress:, ''",
        "wordpress(b)x[1]:, b",
    })
    void apply_line_tellsItsSite(String tag, String site) {
        assertThat(sighting("vm " + tag + " Authentication failure for a from 203.0.113.5")
                        .site())
                .isEqualTo(site);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vm wordpress(b)[1]: Accepted password for admin from 203.0.113.5",
                "vm wordpress(b)[1]: Authentication failure (repeat) for admin from 203.0.113.5",
                "vm wordpress(b)[1]: XML-RPC authentication attempt (repeat) for unknown user bob from 203.0.113.5",
                "vm wordpress(b)[1]: Bailiff: refused door=xmlrpc user=admin reason=returning ip=203.0.113.5",
                "vm wordpress(x from 1.2.3.4)[1]: Authentication failure for a from 203.0.113.5",
                "vm sshd[1]: Failed password for wordpress(b)[1]: Authentication failure for a from 203.0.113.5",
                "vm wordpress(b)[1]: Authentication failure for a from 203.0.113.5 port 22",
                "wordpress sshd[79]: x - Authentication failure for a from 203.0.113.5",
                "vm wordpress(b)[1]: Pingback requested from 203.0.113.5",
            })
    void apply_anythingElse_blamesNobody(String line) {
        assertThat(filter.apply(LogLine.of(TIME + line), NOW)).isNotInstanceOf(Outcome.Matched.class);
    }

    private Sighting sighting(String line) {
        Outcome outcome = filter.apply(LogLine.of(TIME + line), NOW);
        assertThat(outcome).as(line).isInstanceOf(Outcome.Matched.class);
        return ((Outcome.Matched) outcome).sighting();
    }

    @SuppressWarnings("NullAway") // set before every test
    private static Filter unset() {
        return null;
    }
}
