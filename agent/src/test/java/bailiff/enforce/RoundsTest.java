package bailiff.enforce;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import bailiff.net.PortRange;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundsTest {

    private static final Fence WEB = new Fence("web", Protocol.TCP, List.of(PortRange.of(80)));

    private final ManualClock clock = new ManualClock();
    private final FakeFirewall firewall = new FakeFirewall();
    private final LedgerOfTest ledger = new LedgerOfTest();
    private final Rounds rounds = new Rounds(firewall, ledger, clock, new SplittableRandom(1), 100);

    @Test
    void turn_first_restoresActiveBansAndRemovesStrays() {
        firewall.bans.put("web", new HashSet<>(Set.of(network("192.0.2.9"))));
        ledger.ban(add("192.0.2.1"));
        ledger.ban(new Change.Add("jail of yesterday", network("192.0.2.2"), Instant.MAX));

        turn();

        assertThat(firewall.bans).containsOnlyKeys("web").containsEntry("web", Set.of(network("192.0.2.1")));
        assertThat(ledger.inForce).contains(add("192.0.2.1"));
        assertThat(ledger.failed).isEmpty();
        assertThat(rounds.state(0).verified()).isTrue();
    }

    @Test
    void turn_changesOfOneBatch_areAppliedTogetherAndTheLastOneCounts() {
        turn();
        firewall.calls.clear();

        turn(add("192.0.2.1"), add("192.0.2.2"), new Change.Remove("web", network("192.0.2.1")));

        assertThat(firewall.calls).containsExactly("apply 2");
        assertThat(firewall.bans).containsEntry("web", Set.of(network("192.0.2.2")));
        assertThat(rounds.state(0).done()).isEqualTo(2);
    }

    @Test
    void turn_refusedChange_isToldOnceAndTriedAgainAfterGrowingPauses() {
        turn();
        firewall.refused.add(network("192.0.2.1"));

        turn(ledger.ban(add("192.0.2.1")), ledger.ban(add("192.0.2.2")));
        int attempts = attemptsWithin(Duration.ofSeconds(63));

        assertThat(attempts).as("after 1, 2, 4, 8, 16, 32 s").isEqualTo(6);
        assertThat(ledger.failed).containsExactly("192.0.2.1 refused");
        assertThat(ledger.inForce).containsExactly(add("192.0.2.2"));
        assertThat(rounds.state(3).pending()).isEqualTo(4);
        assertThat(rounds.state(0).health()).isInstanceOfSatisfying(EnforcerState.Failing.class, failing -> {
            assertThat(failing.why()).isEqualTo("refused");
            assertThat(failing.since()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        });
    }

    @Test
    void turn_refusedChangeThatIsTakenAtLast_isSoundAgain() {
        turn();
        firewall.refused.add(network("192.0.2.1"));
        turn(ledger.ban(add("192.0.2.1")));

        firewall.refused.clear();
        clock.advance(Duration.ofSeconds(1));
        turn();

        assertThat(ledger.inForce).containsExactly(add("192.0.2.1"));
        assertThat(rounds.state(0).health()).isEqualTo(new EnforcerState.Sound());
        assertThat(rounds.state(0).pending()).isZero();
    }

    @Test
    void turn_banThatEndsWhileItIsRefused_isForgotten() {
        turn();
        firewall.refused.add(network("192.0.2.1"));
        turn(new Change.Add("web", network("192.0.2.1"), clock.instant().plusSeconds(3)));

        clock.advance(Duration.ofSeconds(3));
        turn();

        assertThat(rounds.state(0).pending()).isZero();
        assertThat(rounds.state(0).health()).isEqualTo(new EnforcerState.Sound());
    }

    @Test
    void turn_tableRemovedBySomebody_isBackWithAllBansAtTheNextLook() {
        ledger.ban(add("192.0.2.1"));
        turn();

        firewall.vanish();
        clock.advance(Rounds.LOOK_EVERY);
        turn();

        assertThat(firewall.bans).containsEntry("web", Set.of(network("192.0.2.1")));
    }

    @Test
    void turn_banWhenALookIsDue_comesFirst() {
        turn();
        clock.advance(Rounds.LOOK_EVERY);
        firewall.calls.clear();

        turn(add("192.0.2.1"));
        turn();

        assertThat(firewall.calls).containsExactly("apply 1", "standing");
    }

    @Test
    void turn_bansWithoutEnd_stillLooksAfterTwiceThePeriod() {
        turn();
        firewall.calls.clear();

        for (int i = 1; i <= 31; i++) {
            clock.advance(Duration.ofSeconds(1));
            turn(add("192.0.2." + i));
        }

        assertThat(firewall.calls).containsOnlyOnce("standing");
    }

    @Test
    void turn_banIntoATableThatHasGone_isInForceOneRoundLater() {
        turn();
        firewall.vanish();
        clock.advance(Duration.ofSeconds(1));

        turn(ledger.ban(add("192.0.2.1")));
        assertThat(rounds.rest()).isZero();
        turn();

        assertThat(firewall.bans).containsEntry("web", Set.of(network("192.0.2.1")));
        assertThat(rounds.state(0).health()).isEqualTo(new EnforcerState.Sound());
    }

    @Test
    void turn_fencesThatCannotBeRaised_keepsChangesUntilTheyCan() {
        firewall.raiseRefusal = "not permitted";
        turn(ledger.ban(add("192.0.2.1")));
        assertThat(ledger.failed).containsExactly("192.0.2.1 not permitted");
        assertThat(rounds.state(0).verified()).isFalse();
        assertThat(rounds.rest()).isEqualTo(Duration.ofSeconds(1));

        firewall.raiseRefusal = "";
        clock.advance(Duration.ofSeconds(1));
        turn();

        assertThat(firewall.bans).containsEntry("web", Set.of(network("192.0.2.1")));
        assertThat(ledger.inForce).containsExactly(add("192.0.2.1"));
    }

    @Test
    void turn_otherFences_areRaisedAtOnce() {
        turn();

        rounds.turn(new Inbox.Delivery(
                List.of(new Fence("ssh", Protocol.TCP, List.of(PortRange.of(22)))), List.of(), false, false));

        assertThat(firewall.bans).containsOnlyKeys("ssh");
    }

    @Test
    void turn_nothingToDo_asksTheFirewallEveryFifteenSecondsOnly() {
        turn();
        firewall.calls.clear();

        for (int i = 0; i < 60; i++) {
            clock.advance(Duration.ofSeconds(1));
            turn();
        }

        assertThat(firewall.calls).hasSize(4).containsOnly("standing");
        assertThat(rounds.rest()).isEqualTo(Rounds.LOOK_EVERY);
    }

    @Test
    void turn_firewallThatTakesNothing_isNotAskedForEveryBanOfTheLedger() {
        for (int i = 0; i < 10_000; i++) {
            Change.Add ban =
                    new Change.Add("web", IpAddress.ofV4(0x0a00_0000 + i).alone(), Instant.MAX);
            firewall.refused.add(ledger.ban(ban).subject());
        }
        turn();
        assertThat(firewall.calls).containsOnlyOnce("apply 4096");

        firewall.refused.clear();
        clock.advance(Duration.ofSeconds(1));
        turn();

        assertThat(firewall.bans.get("web")).hasSize(10_000);
        assertThat(ledger.inForce).hasSize(10_000);
        assertThat(rounds.state(0).health()).isEqualTo(new EnforcerState.Sound());
    }

    @Test
    void turn_moreStraysThanAreEndedTogether_areAllGoneInTheEnd() {
        Set<Cidr> strays = new HashSet<>();
        for (int i = 0; i < Rounds.MOST_STRAYS + 5; i++) {
            strays.add(IpAddress.ofV4(0x0a00_0000 + i).alone());
        }
        firewall.bans.put("web", strays);

        turn();
        assertThat(firewall.bans.get("web")).hasSize(5);
        turn();

        assertThat(firewall.bans.get("web")).isEmpty();
    }

    @Test
    void turn_randomTroubles_endsWithTheLedgersBans() {
        for (long seed = 0; seed < 300; seed++) {
            new Storm(seed).run();
        }
    }

    private void turn(Change... changes) {
        rounds.turn(new Inbox.Delivery(List.of(WEB), List.of(changes), false, false));
    }

    private int attemptsWithin(Duration time) {
        firewall.calls.clear();
        for (Instant end = clock.instant().plus(time); clock.instant().isBefore(end); ) {
            clock.advance(Duration.ofMillis(500));
            turn();
        }
        return (int) firewall.calls.stream().filter("apply 1"::equals).count();
    }

    private static Change.Add add(String text) {
        return new Change.Add("web", network(text), Instant.MAX);
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    /**
     * Bans, unbans, refusals, losses and lost news in random order; when the storm is over, all must be as it should.
     */
    private static final class Storm {
        private final SplittableRandom random;
        private final long seed;
        private final ManualClock clock = new ManualClock();
        private final FakeFirewall firewall = new FakeFirewall();
        private final LedgerOfTest ledger = new LedgerOfTest();
        private final Rounds rounds = new Rounds(firewall, ledger, clock, new SplittableRandom(2), 5);

        Storm(long seed) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
        }

        void run() {
            for (int i = 0; i < 200; i++) {
                trouble();
                List<Change> news = new ArrayList<>();
                for (int n = random.nextInt(4); n > 0; n--) {
                    news.add(news());
                }
                boolean lost = random.nextInt(10) == 0;
                rounds.turn(new Inbox.Delivery(List.of(WEB), lost ? List.of() : news, lost, false));
            }
            calm();
            Set<Cidr> wanted = new HashSet<>();
            ledger.active.keySet().forEach(place -> wanted.add(place.subject()));
            assertThat(firewall.bans.get("web")).as("seed %d", seed).isEqualTo(wanted);
            assertThat(rounds.state(0).health()).as("seed %d", seed).isEqualTo(new EnforcerState.Sound());
            assertThat(rounds.state(0).pending()).as("seed %d", seed).isZero();
        }

        private void trouble() {
            clock.advance(Duration.ofMillis(random.nextInt(3_000)));
            switch (random.nextInt(12)) {
                case 0 -> firewall.vanish();
                case 1 -> firewall.raiseRefusal = "not now";
                case 2 -> firewall.refused.add(subject());
                case 3, 4 -> firewall.refused.clear();
                case 5, 6 -> firewall.raiseRefusal = "";
                default -> clock.advance(Duration.ofMillis(1));
            }
        }

        private Change news() {
            Cidr subject = subject();
            return random.nextBoolean()
                    ? ledger.ban(new Change.Add("web", subject, Instant.MAX))
                    : ledger.unban("web", subject);
        }

        private Cidr subject() {
            return network("192.0.2." + random.nextInt(20));
        }

        private void calm() {
            firewall.refused.clear();
            firewall.raiseRefusal = "";
            for (int i = 0; i < 30; i++) {
                clock.advance(Duration.ofSeconds(5));
                rounds.turn(new Inbox.Delivery(List.of(WEB), List.of(), false, false));
            }
        }
    }
}
