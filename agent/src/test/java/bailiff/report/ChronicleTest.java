package bailiff.report;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.AccessRecord;
import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChronicleTest {

    private static final Instant START = Instant.parse("2016-04-09T04:00:00Z");

    private final Chronicle chronicle = new Chronicle(_ -> false);

    @Test
    void add_moreAttemptsThanAreLaidOut_countsAllOfThem() {
        int all = Chronicle.MOST_ATTEMPTS + 1_000;
        for (int i = 0; i < all; i++) {
            chronicle.add(login(IpAddress.ofV4(1 + i % 50), i, "/wp-login.php", 200));
        }

        Findings findings = new Examiner(chronicle, ZoneOffset.UTC).findings(List.of());

        assertThat(chronicle.attempts()).hasSize(Chronicle.MOST_ATTEMPTS);
        assertThat(findings.attempts()).isEqualTo(all);
        assertThat(chronicle.beyond()).isEqualTo(1_000);
    }

    @Test
    void add_moreSourcesThanThereIsRoomFor_countsTheirAttempts() {
        for (int i = 0; i < Sources.MOST + 500; i++) {
            chronicle.add(login(IpAddress.ofV4(1 + i), i, "/xmlrpc.php", 200));
        }

        Findings findings = new Examiner(chronicle, ZoneOffset.UTC).findings(List.of());

        assertThat(findings.sourceCount()).isEqualTo(Sources.MOST);
        assertThat(findings.attempts()).isEqualTo(Sources.MOST + 500);
    }

    @Test
    void add_endlessPathsAndHours_staysWithinItsBounds() {
        for (int i = 0; i < 120_000; i++) {
            chronicle.add(login(IpAddress.ofV4(9), i * 3_600L, "/" + i + "/xmlrpc.php", 200));
        }

        assertThat(chronicle.texts().text(chronicle.attempts().getLast().text()))
                .isEqualTo("(others)");
        assertThat(chronicle.timeline().steps(Timeline.Line.XMLRPC, 1_000_000)).hasSize(Timeline.MOST_HOURS);
        assertThat(chronicle.timeline().total(Timeline.Line.XMLRPC)).isEqualTo(120_000);
    }

    @Test
    void add_customerLineOfIpv6_isOneSource() {
        for (int i = 0; i < 40; i++) {
            chronicle.add(login(new IpAddress(0x2001_0db8_0000_0001L, i), i, "/xmlrpc.php", 200));
        }

        assertThat(new Examiner(chronicle, ZoneOffset.UTC).findings(List.of()).sources())
                .singleElement()
                .satisfies(row -> assertThat(row.network()).hasToString("2001:db8:0:1::/64"));
    }

    @Test
    void add_whoWasLetInAfterAFewFailures_isNoAttacker() {
        for (int i = 0; i < BreakIns.GUESSES - 1; i++) {
            chronicle.add(login(IpAddress.ofV4(5), i, "/wp-login.php", 200));
        }
        chronicle.add(login(IpAddress.ofV4(5), 31, "/wp-login.php", 302));

        Findings findings = new Examiner(chronicle, ZoneOffset.UTC).findings(List.of());

        assertThat(findings.attempts()).isZero();
        assertThat(findings.letIn()).isOne();
        assertThat(findings.breakIns()).isEmpty();
    }

    @Test
    void disguise_neighbours_stayNeighboursAndNothingElse() {
        Disguise disguise = new Disguise(true);

        assertThat(disguise.of(cidr("203.0.113.9"))).hasToString("240.0.0.1");
        assertThat(disguise.of(cidr("198.51.100.9"))).hasToString("240.0.1.1");
        assertThat(disguise.of(cidr("203.0.113.200"))).hasToString("240.0.0.2");
        assertThat(disguise.of(cidr("203.0.113.9"))).hasToString("240.0.0.1");
        assertThat(disguise.of(cidr("2001:db8:7:1::/64"))).hasToString("2001:db8:2:1::/64");
        assertThat(disguise.of(cidr("2001:db8:7:9::/64"))).hasToString("2001:db8:2:2::/64");
    }

    private static Cidr cidr(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    private static AccessRecord login(IpAddress client, long second, String path, int status) {
        return new AccessRecord(
                START.plusSeconds(second), client, "POST", path, "", "HTTP/1.1", status, 614, "", "", "", "");
    }
}
