package bailiff.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AddressEvidenceTest {

    private static final Instant T = Instant.parse("2026-04-09T04:00:00Z");
    private static final IpAddress A = IpAddress.parse("192.0.2.1").orElseThrow();
    private static final IpAddress B = IpAddress.parse("192.0.2.2").orElseThrow();

    private final AddressEvidence evidence =
            new AddressEvidence(new Limits(3, Duration.ofMinutes(10), 64), Room.alone(11));

    @Test
    void record_thirdFailureInsideFindtime_isABan() {
        assertThat(fail(A, 0)).isEqualTo(new Verdict.Nothing(A.alone(), 1));
        assertThat(fail(A, 10)).isEqualTo(new Verdict.Nothing(A.alone(), 2));
        assertThat(fail(A, 600))
                .isEqualTo(new Verdict.Ban(
                        A.alone(), T.plusSeconds(600), 3, "3 failures within 10m (maxretry 3, findtime 10m)"));
    }

    @Test
    void record_firstFailureOneSecondTooOld_isNoBan() {
        fail(A, 0);
        fail(A, 10);

        assertThat(fail(A, 601)).isEqualTo(new Verdict.Nothing(A.alone(), 2));
    }

    @Test
    void record_failuresOfANeighbour_doNotCount() {
        fail(A, 0);
        fail(A, 1);

        assertThat(fail(B, 2)).isInstanceOf(Verdict.Nothing.class);
    }

    @Test
    void record_afterABan_countsFromTheBeginning() {
        fail(A, 0);
        fail(A, 1);
        fail(A, 2);

        assertThat(fail(A, 3)).isEqualTo(new Verdict.Nothing(A.alone(), 1));
    }

    @Test
    void record_lineThatComesLate_countsAtItsOwnTime() {
        fail(A, 0);
        fail(A, 605);

        assertThat(fail(A, 590)).isEqualTo(new Verdict.Nothing(A.alone(), 2));
        assertThat(fail(A, 20)).isInstanceOf(Verdict.Ban.class);
    }

    @Test
    void record_oneLineOfManyAttempts_isABanAtOnce() {
        assertThat(evidence.record(A.alone(), T, 500)).isInstanceOf(Verdict.Ban.class);
    }

    @Test
    void record_addressesOfOneIpv6Network_areOneSource() {
        fail("2001:db8:0:1::1");
        fail("2001:db8:0:1::2");
        fail("2001:db8:0:2::3");

        assertThat(fail("2001:db8:0:1:9::3"))
                .extracting(Verdict::subject)
                .isEqualTo(Cidr.parse("2001:db8:0:1::/64").orElseThrow());
    }

    @Test
    void record_oneLineFromTheFuture_doesNotHideTheFailuresOfNow() {
        fail(A, 1_000_000);
        fail(A, 0);
        fail(A, 1);

        assertThat(fail(A, 2))
                .isEqualTo(new Verdict.Ban(
                        A.alone(), T.plusSeconds(2), 3, "3 failures within 2s (maxretry 3, findtime 10m)"));
    }

    @Test
    void sourceOf_ipv4ClientShownByATranslator_isThatAddressAlone() {
        IpAddress translated = IpAddress.parse("64:ff9b::192.0.2.1").orElseThrow();

        assertThat(evidence.sourceOf(translated)).isEqualTo(translated.alone());
    }

    @Test
    void forgetBefore_sourcesSilentSince_areGone() {
        fail(A, 0);
        fail(B, 300);

        evidence.forgetBefore(T.plusSeconds(100 + 60));

        assertThat(evidence.failing()).isOne();
        assertThat(fail(B, 301)).extracting(Verdict::failures).isEqualTo(2);
    }

    @Test
    void restore_failuresOfAnEarlierRun_countWithTheNext() {
        evidence.restore(A.alone(), T, 1);
        evidence.restore(A.alone(), T.plusSeconds(5), 1);

        assertThat(fail(A, 6)).isInstanceOf(Verdict.Ban.class);
    }

    /** Against the definition: a ban when some stretch of findtime that holds the new failure has maxretry of them. */
    @Test
    void record_anyOrderOfTimes_agreesWithTheDefinition() {
        for (long seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            AddressEvidence subject = new AddressEvidence(new Limits(4, Duration.ofMinutes(10), 64), Room.alone(11));
            List<Long> seen = new ArrayList<>();
            long clock = 0;
            for (int i = 0; i < 60; i++) {
                clock += random.nextInt(300);
                long time = clock - (random.nextInt(4) == 0 ? random.nextInt(60) : 0);
                seen.add(time);
                boolean expected = heaviestStretch(seen, time, 600) >= 4;

                Verdict verdict = subject.record(A.alone(), T.plusSeconds(time), 1);

                assertThat(verdict instanceof Verdict.Ban)
                        .as("seed %d, times %s", seed, seen)
                        .isEqualTo(expected);
                if (expected) {
                    seen.clear();
                }
            }
        }
    }

    private static int heaviestStretch(List<Long> times, long held, long length) {
        List<Long> sorted = new ArrayList<>(times);
        Collections.sort(sorted);
        int most = 0;
        for (long start : sorted) {
            if (start <= held && held <= start + length) {
                most = Math.max(most, (int) sorted.stream()
                        .filter(t -> t >= start && t <= start + length)
                        .count());
            }
        }
        return most;
    }

    private Verdict fail(IpAddress address, int second) {
        return evidence.record(address.alone(), T.plusSeconds(second), 1);
    }

    private Verdict fail(String address) {
        Cidr source = evidence.sourceOf(IpAddress.parse(address).orElseThrow());
        return evidence.record(source, T, 1);
    }
}
