package bailiff.evidence.site;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.net.IpAddress;
import org.junit.jupiter.api.Test;

/** Sources of one operator, each in a network of its own; and the networks themselves. */
class PrefixesTest {

    private static final int HOSTER = 64_500;
    private static final int PROVIDER = 64_501;
    private static final int DAY = 86_400;

    /** The logarithm of 2,700: what the usual budget asks of this kind. */
    private static final double NEEDED = 7.9;

    /** 10.0.0.0/8 is a hoster's, 203.0.0.0/8 a provider's. */
    private static final Operators TABLE = address -> switch ((int) (address.low() >>> 24) & 0xff) {
        case 10 -> HOSTER;
        case 203 -> PROVIDER;
        default -> 0;
    };

    private final Prefixes prefixes = new Prefixes(TABLE);

    private void visited(int times) {
        for (int i = 0; i < times; i++) {
            prefixes.visit(address("203.0." + i % 250 + "." + i / 250));
        }
    }

    /** Each failing source is in a network of its own. */
    private void isAttackedFrom(String network, int sources) {
        for (int i = 0; i < sources; i++) {
            prefixes.failure(address(network + "." + i + ".9"), i);
        }
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }

    @Test
    void suspicion_ofAnOperatorThatAttackersAndNoVisitorsComeBy_isThereForItsOtherNetworks() {
        visited(500);
        isAttackedFrom("10.1", 10);

        assertThat(prefixes.suspicion(address("10.99.9.9"), NEEDED, DAY))
                .hasValueSatisfying(why -> assertThat(why).contains("10 of 10").contains("AS" + HOSTER));
    }

    @Test
    void suspicion_ofAFewSourcesOfAnOperator_isNone() {
        visited(500);
        isAttackedFrom("10.1", 7);

        assertThat(prefixes.suspicion(address("10.99.9.9"), NEEDED, DAY)).isEmpty();
    }

    @Test
    void suspicion_ofAnOperatorThatPeopleComeBy_isNoneHoweverManyOfItsCustomersAttack() {
        visited(500);
        isAttackedFrom("203.1", 60);

        assertThat(prefixes.suspicion(address("203.99.9.9"), NEEDED, DAY)).isEmpty();
    }

    @Test
    void suspicion_ofAnOperatorByWhichALoginWasAccepted_isNone() {
        visited(500);
        prefixes.success(address("10.200.0.1"));
        isAttackedFrom("10.1", 60);

        assertThat(prefixes.suspicion(address("10.99.9.9"), NEEDED, DAY)).isEmpty();
    }

    @Test
    void suspicion_ofAnOperatorWhereNoVisitorsAreKnown_isNone() {
        isAttackedFrom("10.1", 60);

        assertThat(prefixes.suspicion(address("10.99.9.9"), NEEDED, DAY)).isEmpty();
    }

    @Test
    void suspicion_ofAnOperatorOfWhomNothingIsKnown_isNone() {
        visited(500);
        isAttackedFrom("172.16", 60);

        assertThat(prefixes.suspicion(address("172.17.9.9"), NEEDED, DAY)).isEmpty();
    }

    @Test
    void suspicion_ofANetwork_isThereForAMonthAfterItsLastFailure() {
        for (int i = 0; i < 4; i++) {
            prefixes.failure(address("192.0.2." + i), i);
        }

        assertThat(prefixes.suspicion(address("192.0.2.77"), NEEDED, 29 * DAY)).isPresent();
        assertThat(prefixes.suspicion(address("192.0.2.77"), NEEDED, 31 * DAY)).isEmpty();
    }

    @Test
    void merge_ofTwoThatSawAFewSourcesEach_showsTheNetwork() {
        Prefixes other = new Prefixes(TABLE);
        for (int i = 0; i < 4; i++) {
            (i % 2 == 0 ? prefixes : other).failure(address("192.0.2." + i), i);
        }
        assertThat(prefixes.suspicion(address("192.0.2.77"), NEEDED, DAY)).isEmpty();

        prefixes.merge(other);

        assertThat(prefixes.suspicion(address("192.0.2.77"), NEEDED, DAY)).isPresent();
    }
}
