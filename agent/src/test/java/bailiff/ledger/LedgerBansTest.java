package bailiff.ledger;

import static bailiff.ledger.Samples.JAIL;
import static bailiff.ledger.Samples.NOW;
import static bailiff.ledger.Samples.ban;
import static bailiff.ledger.Samples.failure;
import static bailiff.ledger.Samples.failureOf;
import static bailiff.ledger.Samples.lifted;
import static bailiff.ledger.Samples.network;
import static bailiff.ledger.Samples.openFailures;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.ban.Ban;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a {@link Ledger} knows of bans. */
class LedgerBansTest extends LedgerTests {

    @Override
    Ledger opened() throws LedgerException {
        return Samples.open(file(), SMALL);
    }

    @Test
    void ban_afterFailures_takesTheLastOfThemAsEvidence() throws LedgerException {
        Failure first = failure(A, NOW, "first");
        Failure second = failure(A, NOW, "second");
        Failure third = failure(A, NOW, "third");
        Failure neighbour = failure("203.0.113.10", NOW);
        Failure afterwards = failure(A, NOW, "afterwards");

        ledger.commit(new Batch()
                .failure(first)
                .failure(second)
                .failure(neighbour)
                .failure(third)
                .ban(ban(A, NOW))
                .failure(afterwards));

        BanRecord banned = ledger.active(NOW).getFirst();
        assertThat(ledger.evidence(banned.id())).containsExactly(second, third);
        assertThat(openFailures(ledger, JAIL)).containsExactly(neighbour, afterwards);
    }

    @Test
    void ban_fewerFailuresAskedFor_keepsTheLastOfThem() throws LedgerException {
        Failure first = failure(A, NOW, "first");
        Failure second = failure(A, NOW, "second");

        ledger.commit(new Batch().failure(first).failure(second).ban(ban(A, NOW), 1));

        assertThat(ledger.evidence(ledger.active(NOW).getFirst().id())).containsExactly(second);
    }

    @Test
    void ban_singleAddressOfANetworkThatCounts_spendsTheNetworksFailures() throws LedgerException {
        Failure one = failureOf("2001:db8:0:1::/64", "2001:db8:0:1::1");
        Failure two = failureOf("2001:db8:0:1::/64", "2001:db8:0:1::2");
        Failure apart = failureOf("2001:db8:0:2::/64", "2001:db8:0:2::1");
        ledger.commit(new Batch().failure(one).failure(two).failure(apart));

        ledger.commit(new Batch().ban(ban("2001:db8:0:1::2", NOW)));

        assertThat(openFailures(ledger, JAIL)).containsExactly(apart);
        assertThat(ledger.evidence(ledger.active(NOW).getFirst().id())).containsExactly(one, two);
    }

    @Test
    void active_untilItsEnd_holdsTheBanOfItsJail() throws LedgerException {
        Ban ban = ban(A, NOW);
        ledger.commit(new Batch().ban(ban));

        reopen();

        assertThat(ledger.active(ban.until().minusMillis(1)))
                .extracting(BanRecord::ban)
                .containsExactly(ban);
        assertThat(ledger.active(JAIL, NOW)).hasSize(1);
        assertThat(ledger.active("sshd", NOW)).isEmpty();
        assertThat(ledger.active(ban.until())).isEmpty();
    }

    @Test
    void active_banForEver_isThereInAThousandYears() throws LedgerException {
        Ban forEver = ban(A, NOW, Instant.MAX);
        ledger.commit(new Batch().ban(forEver));

        Instant later = NOW.plus(Duration.ofDays(365_000));

        assertThat(ledger.active(later)).extracting(BanRecord::ban).containsExactly(forEver);
        assertThat(ledger.over(later, 10)).isEmpty();
    }

    @Test
    void ban_ofASubjectThatIsBanned_replacesTheBan() throws LedgerException {
        Ban shorter = ban(A, NOW, NOW.plusSeconds(60));
        Ban longer = ban(A, NOW.plusSeconds(10), NOW.plusSeconds(600));
        ledger.commit(new Batch().ban(shorter));

        ledger.commit(new Batch().ban(longer));

        assertThat(ledger.active(NOW)).extracting(BanRecord::ban).containsExactly(longer);
        assertThat(ledger.history(network(A), 10))
                .extracting(BanRecord::ending)
                .containsExactly(Ending.RUNNING, new Ending.Replaced(NOW.plusSeconds(10)));
        assertThat(ledger.banCount(JAIL, network(A))).isEqualTo(1);
    }

    @Test
    void ban_afterItsForerunnersTimeWasUp_leavesNothingToExpireButTheNewOne() throws LedgerException {
        Ban forerunner = ban(A, NOW, NOW.plusSeconds(60));
        ledger.commit(new Batch().ban(forerunner));

        ledger.commit(new Batch().ban(ban(A, NOW.plusSeconds(90), NOW.plusSeconds(150))));

        assertThat(ledger.over(NOW.plusSeconds(90), 10)).isEmpty();
        assertThat(ledger.history(network(A), 10))
                .extracting(BanRecord::ending)
                .containsExactly(Ending.RUNNING, new Ending.Expired(NOW.plusSeconds(60)));
        assertThat(ledger.banCount(JAIL, network(A))).isEqualTo(2);
    }

    @Test
    void expired_banWhoseTimeIsUp_isToldOfOnceEvenOverARestart() throws LedgerException {
        Ban ban = ban(A, NOW);
        ledger.commit(new Batch().ban(ban));
        reopen();

        List<BanRecord> over = ledger.over(ban.until(), 10);
        ledger.commit(new Batch().expired(JAIL, ban.subject(), ban.until()));

        assertThat(over).extracting(BanRecord::ban).containsExactly(ban);
        assertThat(ledger.over(ban.until(), 10)).isEmpty();
        assertThat(ledger.history(ban.subject(), 1).getFirst().ending()).isEqualTo(new Ending.Expired(ban.until()));
    }

    @Test
    void expired_banThatWasProlongedMeanwhile_keepsRunning() throws LedgerException {
        Ban prolonged = ban(A, NOW.plusSeconds(3_600), NOW.plusSeconds(7_200));
        ledger.commit(new Batch().ban(ban(A, NOW)).ban(prolonged));

        ledger.commit(new Batch().expired(JAIL, prolonged.subject(), NOW.plusSeconds(3_601)));

        assertThat(ledger.active(NOW)).extracting(BanRecord::ban).containsExactly(prolonged);
        assertThat(ledger.banCount(JAIL, prolonged.subject())).isEqualTo(2);
    }

    @Test
    void lifted_ban_isOverWithNameAndReasonAndDoesNotCountAsOne() throws LedgerException {
        ledger.commit(new Batch().ban(ban(A, NOW)));

        ledger.commit(new Batch().lifted(JAIL, network(A), lifted(NOW)));

        assertThat(ledger.active(NOW)).isEmpty();
        assertThat(ledger.history(network(A), 1).getFirst().ending())
                .isEqualTo(new Ending.Lifted(NOW, "bailiff unban (root)", "the owner's office"));
        assertThat(ledger.banCount(JAIL, network(A))).isZero();
    }

    @Test
    void enforced_ban_tellsWhatTheFirewallDid() throws LedgerException {
        ledger.commit(new Batch()
                .ban(ban("192.0.2.1", NOW))
                .ban(ban("192.0.2.2", NOW))
                .ban(ban("192.0.2.3", NOW)));

        ledger.commit(new Batch()
                .enforced(JAIL, network("192.0.2.1"), Enforcement.IN_FORCE)
                .enforced(JAIL, network("192.0.2.2"), new Enforcement.NotEnforced("nft is not installed")));

        assertThat(ledger.active(NOW))
                .extracting(BanRecord::enforcement)
                .containsExactly(
                        Enforcement.IN_FORCE, new Enforcement.NotEnforced("nft is not installed"), Enforcement.PENDING);
    }

    @Test
    void history_networkInsideOrAroundABan_findsIt() throws LedgerException {
        Ban v4 = ban("198.51.100.0/24", NOW);
        Ban v6 = ban("2001:db8:0:1::/64", NOW.plusSeconds(1));
        ledger.commit(new Batch().ban(v4).ban(v6));

        assertThat(ledger.history(network("198.51.100.77"), 9))
                .extracting(BanRecord::ban)
                .containsExactly(v4);
        assertThat(ledger.history(network("198.51.0.0/16"), 9))
                .extracting(BanRecord::ban)
                .containsExactly(v4);
        assertThat(ledger.history(network("2001:db8:0:1::5"), 9))
                .extracting(BanRecord::ban)
                .containsExactly(v6);
        assertThat(ledger.history(network("2001:db8::/32"), 9))
                .extracting(BanRecord::ban)
                .containsExactly(v6);
        assertThat(ledger.history(network("198.51.101.1"), 9)).isEmpty();
    }

    @Test
    void purge_endedBans_keepsRunningOnesAndTheLatest() throws LedgerException {
        Batch batch = new Batch().ban(ban("192.0.2.100", NOW, Instant.MAX));
        for (int i = 0; i < 6; i++) {
            Ban ban = ban("192.0.2." + i, NOW, NOW.plusSeconds(i));
            batch.failure(failure("192.0.2." + i, NOW)).ban(ban).expired(JAIL, ban.subject(), ban.until());
        }
        ledger.commit(batch);
        long purged = ledger.history(network("192.0.2.0"), 1).getFirst().id();

        int dropped = ledger.purge(NOW.plusSeconds(1));

        assertThat(dropped).isEqualTo(3);
        assertThat(ledger.history(network("192.0.2.0/24"), 99))
                .extracting(banned -> banned.ban().subject().toString())
                .containsExactlyInAnyOrder("192.0.2.3", "192.0.2.4", "192.0.2.5", "192.0.2.100");
        assertThat(ledger.evidence(purged)).isEmpty();
        assertThat(ledger.totals()).containsEntry(JAIL, new Totals(6, 7, 0));
    }

    private void reopen() throws LedgerException {
        ledger.close();
        openLedger();
    }
}
