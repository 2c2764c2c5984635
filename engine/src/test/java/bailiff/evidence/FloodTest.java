package bailiff.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever fails from as many addresses as he likes cannot have others forgotten for it. */
class FloodTest {

    private static final Instant T = Instant.parse("2026-04-09T04:00:00Z");
    private static final Cidr ATTACKER = Cidr.parse("192.0.2.1").orElseThrow();
    private static final Limits LIMITS = new Limits(5, Duration.ofHours(1), 64);
    private static final int ROOM = 8_000;
    private static final int SHARE = ROOM / 8;

    private final AddressEvidence small = new AddressEvidence(LIMITS, Room.alone(11), ROOM);

    @ParameterizedTest
    @EnumSource(names = {"WINDOW", "RATE"})
    void record_fiveMillionSingleFailures_leaveTheAttackerWithFourOfFive(Counting counting) {
        AddressEvidence evidence = new AddressEvidence(LIMITS.counting(counting), Room.alone(11));
        fail(evidence, ATTACKER, 4);

        for (int i = 0; i < 5_000_000; i++) {
            evidence.record(network(i), T, 1);
        }

        assertThat(evidence.failing()).isEqualTo(AddressEvidence.MOST_SOURCES);
        assertThat(evidence.forgotten()).isEqualTo(5_000_001 - AddressEvidence.MOST_SOURCES);
        assertThat(evidence.record(ATTACKER, T, 1)).isInstanceOf(Verdict.Ban.class);
    }

    @Test
    void record_moreThanThereIsRoomFor_forgetsTheOneOfFewestFailuresThatFailedLongestAgo() {
        small.record(address(0), T, 1);
        small.record(address(1), T, 1);
        small.record(address(0), T, 1);
        for (int i = 2; i < ROOM + 1; i++) {
            small.record(address(i), T, 1);
        }

        assertThat(small.forgotten()).isOne();
        assertThat(small.record(address(0), T, 1).failures()).isEqualTo(3);
        assertThat(small.record(address(1), T, 1).failures()).as("forgotten").isOne();
    }

    @Test
    void record_roomThatJailsShareIsUsedUp_forgetsAsIfItWereItsOwnAndGivesItBackLater() {
        int[] left = {100_000};
        Room room = new Room(11, new Room.Allowance() {
            @Override
            public boolean take(int sources) {
                boolean given = left[0] >= sources;
                left[0] -= given ? sources : 0;
                return given;
            }

            @Override
            public void giveBack(int sources) {
                left[0] += sources;
            }
        });
        AddressEvidence evidence = new AddressEvidence(LIMITS, room);
        for (int i = 0; i < 300_000; i++) {
            evidence.record(address(i), T, 1);
        }

        assertThat(evidence.failing()).isBetween(100_000, 120_000);
        assertThat(evidence.forgotten()).isEqualTo(300_000L - evidence.failing());

        evidence.forgetBefore(T.plus(Duration.ofHours(2)));
        evidence.close();

        assertThat(evidence.failing()).isZero();
        assertThat(left[0]).isEqualTo(100_000);
    }

    @Test
    void record_roomTakenBySourcesOfManyFailures_newcomersStillAddUp() {
        for (int i = 0; i < ROOM; i++) {
            fail(small, address(i), 4);
        }

        for (int i = 0; i < 4; i++) {
            assertThat(small.record(ATTACKER, T, 1).failures()).isEqualTo(i + 1);
            for (int other = 0; other < SHARE - 10; other++) {
                small.record(address(ROOM + i * SHARE + other), T, 1);
            }
        }

        assertThat(small.record(ATTACKER, T, 1)).isInstanceOf(Verdict.Ban.class);
    }

    @Test
    void record_floodOfIpv6Networks_leavesIpv4SourcesAlone() {
        small.record(ATTACKER, T, 1);
        for (int i = 0; i < 10 * ROOM; i++) {
            small.record(network(i), T, 1);
        }

        assertThat(small.record(ATTACKER, T, 1).failures()).isEqualTo(2);
    }

    /** The stated price: more than a share of other sources with as many failures each. */
    @Test
    void record_moreThanAShareOfEqualSources_forgetsTheAttacker() {
        fail(small, ATTACKER, 4);
        for (int i = 0; i < ROOM; i++) {
            fail(small, address(i), 4);
        }

        assertThat(small.record(ATTACKER, T, 1).failures()).isOne();
    }

    /** A log whose times go back has no failure that is too old beside the next: what is kept is bounded all the same. */
    @Test
    void record_timesThatGoBackForEver_keepSoManyAndNoMore() {
        for (int i = 0; i < 100_000; i++) {
            assertThat(small.record(ATTACKER, T.minus(Duration.ofHours(2L * i)), 1)
                            .failures())
                    .isOne();
        }

        assertThat(small.failing()).isOne();
    }

    @Test
    void record_moreFailuresThanTheAnnexHolds_forgetsSourcesAndStillBans() {
        Limits many = new Limits(50, Duration.ofHours(1), 64);
        WindowCounter counter = new WindowCounter(many, new Sources.Terms(ROOM, new Ranks(50), Room.alone(11)), 20_000);
        for (int i = 0; i < ROOM; i++) {
            for (int failure = 0; failure < 30; failure++) {
                counter.record(address(i), T, 1, 50);
            }
        }

        assertThat(counter.sources().forgotten()).isPositive();
        for (int failure = 1; failure < 50; failure++) {
            assertThat(counter.record(ATTACKER, T, 1, 50)).isInstanceOf(Verdict.Nothing.class);
        }
        assertThat(counter.record(ATTACKER, T, 1, 50)).isInstanceOf(Verdict.Ban.class);
    }

    private static void fail(AddressEvidence evidence, Cidr source, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(evidence.record(source, T, 1)).isInstanceOf(Verdict.Nothing.class);
        }
    }

    private static Cidr address(int number) {
        return IpAddress.ofV4(0x0a00_0000 + number).alone();
    }

    private static Cidr network(int number) {
        return new IpAddress(0x20010db8L << 32 | number, 0).prefix(64);
    }
}
