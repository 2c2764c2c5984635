package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.acceptance.Burst.Truth;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Attacks and honest work side by side on a real site, under a guard that nobody has configured: who is told of, refused,
 * banned, and who is hurt.
 */
class BurstsTest {

    private static final Campaign CAMPAIGN = new Campaign();

    @BeforeAll
    static void run() {
        CAMPAIGN.run();
    }

    @AfterAll
    static void close() {
        CAMPAIGN.close();
    }

    static Stream<Burst> attacks() {
        return CAMPAIGN.bursts(Truth.ATTACK);
    }

    static Stream<Burst> returningAttacks() {
        return CAMPAIGN.bursts(Truth.RETURNING_ATTACK);
    }

    static Stream<Burst> honestWork() {
        return CAMPAIGN.bursts(Truth.HONEST);
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void attack_eachRequestThatWordPressAnswered_isToldOfItsSender(Burst burst) {
        Campaign.Result result = CAMPAIGN.result(burst);

        assertThat(result.failure()).as(burst.name()).isNull();
        assertThat(result.guests())
                .as(burst.name())
                .anyMatch(guest -> CAMPAIGN.hearing().count(guest.address(), burst.told()) > 0);
        assertThat(result.guests())
                .as(burst.name())
                .allSatisfy(guest -> assertThat(CAMPAIGN.hearing().count(guest.address(), burst.told()))
                        .as("of " + guest.address() + " there is told: "
                                + CAMPAIGN.hearing().of(guest.address()))
                        .isGreaterThanOrEqualTo(guest.answered()));
    }

    @ParameterizedTest
    @MethodSource("returningAttacks")
    void returningAttack_firstAttempt_isRefusedOrDropped(Burst burst) {
        Campaign.Result result = CAMPAIGN.result(burst);

        assertThat(result.failure()).as(burst.name()).isNull();
        assertThat(result.guests()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(result.guests())
                .as(burst.name())
                .filteredOn(guest -> guest.answered() > CAMPAIGN.hearing().count(guest.address(), Telling.REFUSED))
                .map(guest -> guest.address() + " " + CAMPAIGN.hearing().of(guest.address()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("honestWork")
    void honestWork_amongAttacks_isDoneAndNobodyIsRefusedOrBanned(Burst burst) {
        Campaign.Result result = CAMPAIGN.result(burst);

        assertThat(result.failure())
                .as(() -> burst.name() + ", of whom there is told: "
                        + result.guests().stream()
                                .map(guest -> CAMPAIGN.hearing().of(guest.address()))
                                .toList())
                .isNull();
        assertThat(result.guests()).as(burst.name()).isNotEmpty().allSatisfy(guest -> {
            assertThat(guest.dropped()).isZero();
            assertThat(CAMPAIGN.hearing().count(guest.address(), Telling.REFUSED))
                    .as("of " + guest.address() + " there is told: "
                            + CAMPAIGN.hearing().of(guest.address()))
                    .isZero();
            assertThat(CAMPAIGN.banned()).doesNotContain(guest.address());
        });
    }

    @Test
    void campaign_bursts_areAsManyAsPromised() {
        assertThat(CAMPAIGN.bursts(Truth.ATTACK)).hasSizeGreaterThanOrEqualTo(40);
        assertThat(CAMPAIGN.bursts(Truth.HONEST)).hasSizeGreaterThanOrEqualTo(15);
    }

    @Test
    void campaign_whoeverIsBanned_hasAttacked() {
        Set<String> attackers = CAMPAIGN.addresses(Truth.ATTACK).collect(Collectors.toSet());

        assertThat(CAMPAIGN.banned())
                .isNotEmpty()
                .allSatisfy(address -> assertThat(attackers)
                        .anyMatch(attacker -> attacker.equals(address)
                                || (address.endsWith("::/64")
                                        && attacker.startsWith(address.substring(0, address.length() - 3)))));
    }

    @Test
    void campaign_whoeverIsBlamed_hasSentSomething() {
        Set<String> everybody =
                Stream.of(Truth.values()).flatMap(CAMPAIGN::addresses).collect(Collectors.toSet());

        assertThat(CAMPAIGN.hearing().blamed()).isNotEmpty().isSubsetOf(everybody);
        assertThat(CAMPAIGN.hearing().strange()).isEmpty();
    }

    @Test
    void campaign_slowAttackerInReplay_isToldOfAndNobodyElseIsBanned() {
        List<String> banned = CAMPAIGN.replayOfTheSlowOne();

        assertThat(banned).allMatch("198.18.30.1"::equals);
    }

    @Test
    void campaign_php_hasNothingToComplainOf() {
        assertThat(CAMPAIGN.complaints()).isEmpty();
    }
}
