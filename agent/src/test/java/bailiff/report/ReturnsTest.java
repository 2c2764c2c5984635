package bailiff.report;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.filter.Door;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnsTest {

    @ParameterizedTest
    @ValueSource(longs = {600, 3_600, 86_400})
    void of_sourcesThatComeBackWhenTheBanEnds_tellsItsLength(long bantime) {
        List<List<Event>> sources = new ArrayList<>();
        for (int source = 0; source < 3; source++) {
            List<Event> events = new ArrayList<>();
            long at = source * 7_777L;
            for (int set = 0; set < 4; set++) {
                for (int attempt = 0; attempt < 5; attempt++) {
                    events.add(event(source, at));
                    at += 20;
                }
                at += bantime - 20 + 5 + source;
            }
            sources.add(events);
        }

        Returns told = Returns.of(sources);

        List<Returns.Returned> who = List.of(
                new Returns.Returned(0, 3, 5_000),
                new Returns.Returned(1, 3, 6_000),
                new Returns.Returned(2, 3, 7_000));
        assertThat(told).isEqualTo(new Returns(bantime, 9, 3, 5_000, 5, 12, 12, who));
    }

    @Test
    void of_attemptsAtAnyTime_tellsNothing() {
        SplittableRandom random = new SplittableRandom(11);
        List<List<Event>> sources = new ArrayList<>();
        for (int source = 0; source < 50; source++) {
            List<Event> events = new ArrayList<>();
            long at = 0;
            for (int attempt = 0; attempt < 100; attempt++) {
                at += random.nextLong(7_200);
                events.add(event(source, at));
            }
            sources.add(events);
        }

        assertThat(Returns.of(sources)).isNull();
    }

    private static Event event(int source, long second) {
        return new Event(
                new Attempt(second * 1_000, source, Attempt.Kind.ACCESS, Door.XMLRPC, (short) 200, 403, 1, -1, -1),
                null,
                null);
    }
}
