package bailiff.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorLogTest {

    private static final String DATE = "[Sat Apr 09 18:57:18.093525 2016] ";

    private final ErrorLog log = new ErrorLog(ZoneOffset.ofHours(1));

    @ParameterizedTest
    @CsvSource({
        "'[access_compat:error] [pid 4560] [client 203.0.113.9:44442] ', 203.0.113.9",
        "'[authz_core:error] [pid 4560:tid 77] [client 2001:db8::5:44442] ', 2001:db8::5",
        "'[authz_core:error] [pid 4560:tid 77] [client [2001:db8::5]:44442] ', 2001:db8::5",
        "'[error] [client 2001:db8::5:4444] ', 2001:db8::5:4444",
    })
    void read_apachesRefusal_namesWhoAndWhat(String head, String client) {
        ErrorRecord record =
                read(DATE + head + "AH01797: client denied by server configuration: /srv/www/wp-login.php, referer: x");

        assertThat(record.client()).hasToString(client);
        assertThat(record.code()).isEqualTo("AH01797");
        assertThat(record.subject()).isEqualTo("/srv/www/wp-login.php");
        assertThat(record.time()).isEqualTo("2016-04-09T17:57:18.093525Z");
        assertThat(record.isRefusal()).isTrue();
    }

    @Test
    void read_nginxRefusal_namesWhoAndWhat() {
        ErrorRecord record = read("2016/04/09 18:57:18 [error] 22110#22110: *96 access forbidden by rule, client:"
                + " 203.0.113.9, server: , request: \"POST /xmlrpc.php HTTP/1.1\", host: \"blog.example\"");

        assertThat(record.client()).hasToString("203.0.113.9");
        assertThat(record.subject()).isEqualTo("POST /xmlrpc.php HTTP/1.1");
        assertThat(record.isRefusal()).isTrue();
    }

    @Test
    void read_nginxMessageWithAClientsText_blamesNobody() {
        assertThat(readAny(
                        "2016/04/09 18:57:18 [error] 1#1: *9 open() \"/x, client: 8.8.8.8, \" failed (2: No such file),"
                                + " client: 203.0.113.9, server: , request: \"GET / HTTP/1.1\""))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[",
                DATE,
                DATE + "[core:error] [pid 1] AH00001: no client here: [client 203.0.113.9:1] ...............",
                DATE + "[core:notice] [pid 1:tid 2] AH00094: Command line: '/usr/sbin/apache2'",
                "2016/04/09 18:57:18 [notice] 1#1: signal process started ..............................",
            })
    void read_lineWithoutAClient_tellsNothing(String line) {
        assertThat(readAny(line)).isEmpty();
    }

    private ErrorRecord read(String line) {
        return readAny(line).orElseThrow();
    }

    private Optional<ErrorRecord> readAny(String line) {
        return log.read(LogLine.of(line));
    }
}
