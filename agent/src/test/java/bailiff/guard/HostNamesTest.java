package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.IpAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    private final ManualClock clock = new ManualClock(Site.NOON);
    private final FakeResolver resolver = new FakeResolver();
    private final HostNames names = new HostNames(resolver, clock);

    @AfterEach
    void close() {
        resolver.answer();
        names.close();
    }

    @Test
    void lookUp_knownName_isAskedForOnceInFiveMinutes() throws Exception {
        resolver.know("a.example", "192.0.2.1", "2001:db8::1");

        assertThat(addresses("a.example")).containsExactly("192.0.2.1", "2001:db8::1");
        clock.pass(Duration.ofMinutes(4));
        addresses("a.example");
        assertThat(resolver.asked()).hasSize(1);

        clock.pass(Duration.ofMinutes(1));
        addresses("a.example");
        assertThat(resolver.asked()).hasSize(2);
    }

    @Test
    void lookUp_unknownName_isRememberedToo() throws Exception {
        assertThat(addresses("none.example")).isEmpty();
        assertThat(addresses("none.example")).isEmpty();

        assertThat(resolver.asked()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.2", "127.1", "0x7f.1", "1.2.3.4", "a.0x10", "", ".", "a..b", "-n=x y", "a\nb", "7"})
    void lookUp_whatIsNoName_isNotAskedFor(String text) throws Exception {
        assertThat(addresses(text)).isEmpty();

        assertThat(resolver.asked()).isEmpty();
    }

    @Test
    void lookUp_nameWithThousandsOfAddresses_givesSixteen() throws Exception {
        resolver.know(
                "many.example",
                IntStream.range(0, 1_000)
                        .mapToObj(i -> "10.0." + i / 250 + "." + i % 250)
                        .toArray(String[]::new));

        assertThat(addresses("many.example")).hasSize(HostNames.MOST_ADDRESSES);
    }

    @Test
    void lookUp_manyNamesAtASilentServer_failsInsteadOfPilingUp() {
        resolver.beSilent();

        List<CompletableFuture<List<IpAddress>>> asked = IntStream.range(0, 2_000)
                .mapToObj(i -> names.lookUp("n" + i + ".example"))
                .toList();

        assertThat(asked.stream().filter(CompletableFuture::isCompletedExceptionally))
                .hasSizeBetween(1_700, 1_750);
        assertThat(asked.stream().filter(future -> !future.isDone())).hasSizeBetween(250, 300);
    }

    private List<String> addresses(String name) throws Exception {
        return names.lookUp(name).get(10, TimeUnit.SECONDS).stream()
                .map(IpAddress::toString)
                .toList();
    }
}
