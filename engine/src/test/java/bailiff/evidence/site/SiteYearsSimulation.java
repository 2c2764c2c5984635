package bailiff.evidence.site;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.evidence.score.Interval;
import bailiff.evidence.site.SimulatedBotnet.Agents;
import bailiff.evidence.site.SimulatedBotnet.Manner;
import bailiff.evidence.site.SimulatedSite.Sensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What docs/detection.md promises, over 1,000 site-years: {@code ./mvnw -Psimulation -pl engine test}. */
class SiteYearsSimulation {

    private static final int YEARS = 1_000;
    private static final int SITES = 4;

    @ParameterizedTest
    @EnumSource
    void siteYears_withoutAttack_keepWithinTheBudgetOfWrongfulBans(Sensor sensor) {
        SimulatedSite.Tally tally = SiteYears.peace(YEARS, sensor, 1);

        assertThat(Interval.ofRate(tally.bans, YEARS).high()).isLessThan(Allowance.USUAL.perYear());
        assertThat(tally.refused).isLessThan(tally.attempts / 200);
    }

    /** Whoever attacks in the name of what people use here: it must not be they who pay. */
    @ParameterizedTest
    @EnumSource
    void botnets_thatCallThemselvesWhatPeopleDo_hurtNobodyHonest(Sensor sensor) {
        for (Manner manner : Manner.values()) {
            SimulatedBotnet botnet = new SimulatedBotnet(1_000, 30 * SimulatedSite.DAY, manner, Agents.POPULAR);

            SiteYears.Siege siege = SiteYears.siege(botnet, sensor, SITES, 1_000);

            assertThat(siege.honest().bans).isZero();
            assertThat(siege.honest().refused).isLessThan(siege.honest().attempts / 20);
        }
    }

    @Test
    void botnetsOfEverySize_seenByAnAccessLog_areStoppedButForTheirFirst() {
        for (int sources : new int[] {100, 1_000, 10_000}) {
            for (long span : new long[] {3_600, SimulatedSite.DAY, 30 * SimulatedSite.DAY}) {
                SimulatedBotnet botnet = new SimulatedBotnet(sources, span, Manner.FORM, Agents.ROTATING);

                SiteYears.Siege siege = SiteYears.siege(botnet, Sensor.ACCESS_LOG, SITES, 1_000);

                assertThat(siege.stopped()).isGreaterThan(siege.attempts() * 9 / 10);
            }
        }
    }
}
