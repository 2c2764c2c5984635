package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.filter.Sighting;
import bailiff.line.LogLine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamedFailuresTest {

    private final ManualClock clock = new ManualClock(Site.NOON);
    private final FakeResolver resolver = new FakeResolver();
    private final HostNames names = new HostNames(resolver, clock);
    private final List<String> blamed = new ArrayList<>();
    private int lost;

    @AfterEach
    void close() {
        resolver.answer();
        names.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "warn"})
    void settle_nameWithTwoAddresses_blamesBoth(String usedns) throws Exception {
        resolver.know("a.example", "192.0.2.1", "2001:db8::1");
        NamedFailures failures = failures(usedns);

        assertThat(add(failures, "a.example")).isTrue();
        Site.await("both", () -> settle(failures) == 2);

        assertThat(blamed)
                .containsExactly("a.example 192.0.2.1 line of a.example", "a.example 2001:db8::1 line of a.example");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no", "raw"})
    void add_namesThatAreNotLookedUp_blameNobody(String usedns) {
        assertThat(add(failures(usedns), "a.example")).isFalse();
        assertThat(resolver.asked()).isEmpty();
    }

    @Test
    void settle_nameWithoutAddress_isLostAndCounted() throws Exception {
        NamedFailures failures = failures("warn");
        add(failures, "none.example");

        Site.await("it is lost", () -> {
            settle(failures);
            return lost == 1;
        });
        assertThat(blamed).isEmpty();
    }

    @Test
    void settle_silentServer_neverWaitsAndGivesUpAfterHalfAMinute() {
        resolver.beSilent();
        NamedFailures failures = failures("warn");
        add(failures, "slow.example");
        assertThat(settle(failures)).isZero();
        assertThat(lost).isZero();

        clock.pass(Duration.ofSeconds(31));
        settle(failures);

        assertThat(lost).isOne();
    }

    @Test
    void add_floodOfNamesAtASilentServer_isBounded() {
        resolver.beSilent();
        NamedFailures failures = failures("warn");

        int taken = 0;
        for (int i = 0; i < 5_000; i++) {
            taken += add(failures, "n" + i + ".example") ? 1 : 0;
        }

        assertThat(taken).isBetween(200, 1_000);
    }

    private NamedFailures failures(String usedns) {
        return new NamedFailures("web", usedns, names, clock);
    }

    private static boolean add(NamedFailures failures, String host) {
        Sighting sighting = new Sighting(Site.NOON, host, 0, 1, Map.of("dns", host));
        return failures.add(sighting, LogLine.of("line of " + host), true);
    }

    private int settle(NamedFailures failures) {
        lost += failures.settle(
                (sighting, address, line, _) -> blamed.add(sighting.host() + " " + address + " " + line.text()));
        return blamed.size();
    }
}
