package bailiff.evidence.site;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.evidence.score.Interval;
import bailiff.evidence.site.SimulatedBotnet.Agents;
import bailiff.evidence.site.SimulatedSite.Sensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The small form of what {@link SiteYears} measures at length. */
class SimulationTest {

    private static final int YEARS = 40;

    @ParameterizedTest
    @EnumSource
    void siteYears_withoutAttack_keepWithinTheBudgetOfWrongfulBans(Sensor sensor) {
        SimulatedSite.Tally tally = SiteYears.peace(YEARS, sensor, 7);

        assertThat(tally.attempts).isGreaterThan(YEARS * 100);
        assertThat(Interval.ofRate(tally.bans, YEARS).high()).isLessThan(Allowance.USUAL.perYear());
        assertThat(tally.refused).isLessThan(tally.attempts / 100);
    }

    @ParameterizedTest
    @EnumSource(
            value = SimulatedBotnet.Manner.class,
            names = {"BLIND", "FORM", "XMLRPC"})
    void botnet_ofOneAttemptPerAddress_isStoppedByTheAccessLogWhateverItsAgents(SimulatedBotnet.Manner manner) {
        SimulatedBotnet botnet = new SimulatedBotnet(1_000, 7 * SimulatedSite.DAY, manner, Agents.ROTATING);

        SiteYears.Siege siege = SiteYears.siege(botnet, Sensor.ACCESS_LOG, 2, 11);

        assertThat(siege.stopped()).isGreaterThan(siege.attempts() * 9 / 10);
        assertThat(siege.honest().bans).isZero();
        assertThat(siege.honest().refused).isLessThan(siege.honest().attempts / 20);
    }

    /** Known to be so, and documented: what behaves like people cannot be told from people. */
    @Test
    void botnet_thatDoesAllThatBrowsersDo_isNotStoppedAndNobodyIsHurtForIt() {
        SimulatedBotnet botnet =
                new SimulatedBotnet(1_000, 7 * SimulatedSite.DAY, SimulatedBotnet.Manner.BROWSER, Agents.ROTATING);

        SiteYears.Siege siege = SiteYears.siege(botnet, Sensor.ACCESS_LOG, 2, 11);

        assertThat(siege.stopped()).isLessThan(siege.attempts() / 10);
        assertThat(siege.honest().bans).isZero();
    }
}
