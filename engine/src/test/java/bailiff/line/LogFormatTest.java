package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFormatTest {

    private static final String TIME = "[09/Apr/2016:18:57:18 +0100]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "%v %{X-Forwarded-For}i %l %u %t \\\"%r\\\" %>s %O | s.example 8.8.8.8, 203.0.113.9 - - " + TIME
                        + " \"POST //xmlrpc.php HTTP/1.1\" 200 403",
                "%t %a %m %U%q %H %s %b | " + TIME + " 203.0.113.9 POST /%78mlrpc.php?x=y HTTP/1.1 200 403",
                "$remote_addr $http_x_forwarded_for [$time_local] $status \"$request\" $bytes_sent | 203.0.113.9 8.8.8.8 "
                        + TIME + " 200 \"POST /xmlrpc.php HTTP/1.1\" 403",
                "$time_local $remote_addr $request_method $request_uri $status $body_bytes_sent | 09/Apr/2016:18:57:18 +0100"
                        + " 203.0.113.9 POST /./xmlrpc.php 200 403",
                "%{%Y-%m-%dT%H:%M:%S%z}t %h \\\"%r\\\" %s %B %D | 2016-04-09T18:57:18+0100 203.0.113.9"
                        + " \"POST /a/../xmlrpc.php HTTP/1.1\" 200 403 5123",
            })
    void read_customFormat_takesWhatItNames(String format, String line) {
        Optional<LogFormat> form = LogFormat.of(format, ZoneOffset.UTC);

        AccessRecord record = form.orElseThrow().read(LogLine.of(line)).orElseThrow();

        assertThat(record.client()).hasToString("203.0.113.9");
        assertThat(record.path()).isEqualTo("/xmlrpc.php");
        assertThat(record.method()).isEqualTo("POST");
        assertThat(record.status()).isEqualTo(200);
        assertThat(record.bytes()).isEqualTo(403);
        assertThat(record.time()).isEqualTo("2016-04-09T17:57:18Z");
    }

    @Test
    void read_fieldsBetweenBars_areTakenApart() {
        LogFormat form = LogFormat.of("$time_iso8601|$remote_addr|$request_uri|$status", ZoneOffset.UTC)
                .orElseThrow();

        assertThat(form.read(LogLine.of("2016-04-09T18:57:18+01:00|203.0.113.9|/xmlrpc.php|403")))
                .map(AccessRecord::status)
                .contains(403);
    }

    @Test
    void read_userThatWritesAClientsFields_isStillTheUser() {
        LogFormat form = LogFormat.of("%h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"", ZoneOffset.UTC)
                .orElseThrow();

        AccessRecord record = form.read(LogLine.of("203.0.113.9 - a [b " + TIME
                        + " \"GET / HTTP/1.1\" 401 5 \"x\\\" 200\" \"POST /wp-login.php\""))
                .orElseThrow();

        assertThat(record.user()).isEqualTo("a [b");
        assertThat(record.status()).isEqualTo(401);
        assertThat(record.referer()).isEqualTo("x\\\" 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%h", "%h %t %r", "%h%m %t %r %s", "$remote_addr $status $request"})
    void of_formatThatDoesNotTellEnough_isNone(String format) {
        assertThat(LogFormat.of(format, ZoneOffset.UTC)).isEmpty();
    }
}
