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
    @ValueSource(
            strings = {
                "vm wordpress(b)[1]: Accepted password for admin from 203.0.113.5",
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
