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

class TrueNamesTest {

    private static final String CRAWLER = "198.51.100.7";

    private final ManualClock clock = new ManualClock(Site.NOON);
    private final FakeNameServers servers = new FakeNameServers();
    private final TrueNames names = new TrueNames(servers, clock);

    @AfterEach
    void close() {
        servers.answer();
        names.close();
    }

    @Test
    void of_nameThatHasTheAddress_isTrue() throws Exception {
        servers.reverse(CRAWLER, "Crawl-7.Seek.Example.");
        servers.forward("crawl-7.seek.example", "198.51.100.8", CRAWLER);

        assertThat(names.known(address(CRAWLER))).isEmpty();
        assertThat(ask(CRAWLER).names()).containsExactly("crawl-7.seek.example");
        assertThat(names.known(address(CRAWLER))).containsExactly("crawl-7.seek.example");
    }

    @Test
    void of_reverseZoneOfAnAttacker_provesNothing() throws Exception {
        servers.reverse(CRAWLER, "crawl-1.seek.example.");
        servers.forward("crawl-1.seek.example", "198.51.100.1");

        assertThat(ask(CRAWLER)).isEqualTo(new TrueNames.Answer(List.of(), false));
    }

    @Test
    void of_textThatIsNoName_isNotAskedFor() throws Exception {
        servers.reverse(CRAWLER, "crawl 1;rm -rf.example.", "198.51.100.7");

        assertThat(ask(CRAWLER).names()).isEmpty();
        assertThat(servers.asked()).containsExactly(CRAWLER);
    }

    @Test
    void of_manyNames_asksForTheFirstTwo() throws Exception {
        servers.reverse(CRAWLER, "a.example", "b.example", "c.example");

        ask(CRAWLER);

        assertThat(servers.asked()).containsExactly(CRAWLER, "a.example", "b.example");
    }

    @Test
    void of_nameServersDown_isNoProof_andIsAskedAgainAfterAMinute() throws Exception {
        servers.beDown();

        assertThat(ask(CRAWLER).silent()).isTrue();
        ask(CRAWLER);
        assertThat(servers.asked()).hasSize(1);
        clock.pass(Duration.ofMinutes(1));
        ask(CRAWLER);
        assertThat(servers.asked()).hasSize(2);
    }

    @Test
    void of_answered_isRememberedForTwelveHours_andNoForOne() throws Exception {
        String other = "198.51.100.9";
        servers.reverse(CRAWLER, "crawl-7.seek.example");
        servers.forward("crawl-7.seek.example", CRAWLER);
        ask(CRAWLER);
        ask(other);
        int before = servers.asked().size();

        clock.pass(Duration.ofMinutes(61));
        ask(CRAWLER);
        assertThat(servers.asked()).hasSize(before);
        ask(other);
        assertThat(servers.asked()).hasSize(before + 1);
        clock.pass(Duration.ofHours(11));
        assertThat(names.known(address(CRAWLER))).isEmpty();
    }

    @Test
    void of_moreThanMayWait_failsAtOnce() {
        servers.beSlow();

        long refused = IntStream.range(0, 400)
                .mapToObj(i -> names.of(address("198.51." + i / 256 + "." + i % 256)))
                .filter(CompletableFuture::isCompletedExceptionally)
                .count();

        assertThat(refused).isEqualTo(400 - 256 - 8);
    }

    private TrueNames.Answer ask(String address) throws Exception {
        return names.of(address(address)).get(30, TimeUnit.SECONDS);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
