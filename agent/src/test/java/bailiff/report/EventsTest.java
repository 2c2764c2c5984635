package bailiff.report;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.filter.AnswerSizes;
import bailiff.filter.Door;
import bailiff.report.Attempt.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTest {

    private static final long START = Instant.parse("2016-04-09T04:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000;
    private static final long YEARS_LATER =
            Instant.parse("2026-04-09T04:00:00Z").toEpochMilli() - START;

    private final List<Attempt> attempts = new ArrayList<>();
    private final AnswerSizes sizes = new AnswerSizes();
    private final Texts texts = new Texts();

    @Test
    void of_slowRequest_isJoinedWithWhatWordPressWroteAtItsEnd() {
        add(0, Kind.ACCESS, 200, 0);
        add(0, Kind.AUTH, 0, 40_000);

        assertThat(events().all()).singleElement().extracting(Event::logs).isEqualTo(2);
    }

    @Test
    void of_lineOfAnotherClient_staysAlone() {
        add(0, Kind.ACCESS, 200, 0);
        add(1, Kind.AUTH, 0, 0);

        assertThat(events().all()).hasSize(2);
    }

    @Test
    void of_refusedRequest_isNotWhatWordPressWroteOf() {
        add(0, Kind.ACCESS, 403, 0);
        add(0, Kind.AUTH, 0, 0);
        add(0, Kind.ERROR, 0, 300);

        assertThat(events().all()).hasSize(2);
    }

    @Test
    void of_sevenRefusalsInASecond_areSevenEvents() {
        for (int i = 0; i < 7; i++) {
            add(0, Kind.ACCESS, 403, 0);
            add(0, Kind.ERROR, 0, 90 + 140L * i);
        }

        assertThat(events().all()).hasSize(7).allMatch(event -> event.logs() == 2);
    }

    @Test
    void of_clockAnHourAndTenYearsAhead_isPutRight() {
        for (int i = 0; i < 5; i++) {
            add(i, Kind.ACCESS, 200, i * 500_000L);
            add(i, Kind.AUTH, 0, i * 500_000L + HOUR + YEARS_LATER);
        }

        Events events = events();

        assertThat(events.auth()).isEqualTo(new ClockShift(10, 4, 5));
        assertThat(events.all()).hasSize(5).allMatch(event -> event.logs() == 2);
    }

    @Test
    void of_attackerWhoComesEveryQuarterOfAnHour_movesNoClock() {
        for (int i = 0; i < 60; i++) {
            add(0, Kind.ACCESS, 200, i * 900_000L);
            add(0, Kind.AUTH, 0, i * 900_000L + 500);
        }

        Events events = events();

        assertThat(events.auth().isNone()).isTrue();
        assertThat(events.all()).hasSize(60);
    }

    @Test
    void of_joinedFailure_teachesTheSizeOfTheFault() {
        add(0, Kind.ACCESS, 200, 0);
        add(0, Kind.AUTH, 0, 500);

        events();

        assertThat(sizes.logins("", 614)).isOne();
    }

    @Test
    void of_flood_isJoinedInTime() {
        for (int i = 0; i < 50_000; i++) {
            add(0, Kind.ACCESS, 200, i / 100);
            add(0, Kind.AUTH, 0, i / 100);
        }

        assertThat(events().all()).hasSizeBetween(50_000, 100_000);
    }

    private Events events() {
        return Events.of(attempts, sizes, texts);
    }

    private void add(int source, Kind kind, int status, long after) {
        attempts.add(new Attempt(
                START + after,
                source,
                kind,
                kind == Kind.AUTH ? Door.OTHER : Door.XMLRPC,
                (short) status,
                kind == Kind.ACCESS ? 614 : -1,
                1,
                -1,
                texts.number("")));
    }
}
