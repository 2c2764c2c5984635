package bailiff.filter;

import static bailiff.filter.Recipe.blamed;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.LogLine;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Lines of one session, and lines that are seen together, within their bounds. */
class SessionsTest {

    private static final Instant START = Instant.parse("2026-11-20T11:00:00Z");

    private static Filter filter(int maxlines, String... failregex) throws RegexException {
        return Filter.compile(new FilterDefinition(
                "t", List.of(failregex), List.of(), "", "{NONE}", ZoneOffset.UTC, "warn", maxlines));
    }

    private static Filter sessions() throws RegexException {
        return filter(
                1,
                "^s<F-MLFID>\\w+</F-MLFID> fail(?: <F-USER>\\w+</F-USER>)?$",
                "^s<F-MLFID>\\w+</F-MLFID> <F-NOFAIL>from</F-NOFAIL> <ADDR>",
                "^s<F-MLFID>\\w+</F-MLFID> failed at <ADDR>",
                "^s<F-MLFID>\\w+</F-MLFID> <F-MLFGAINED>in</F-MLFGAINED> <F-USER>\\w+</F-USER>$");
    }

    private static Outcome apply(Filter filter, String line, Duration after) {
        return filter.apply(LogLine.of(line, START.plus(after)), START);
    }

    private static Outcome apply(Filter filter, String line) {
        return apply(filter, line, Duration.ZERO);
    }

    @Test
    void apply_aFailureBeforeItsAddress_isOneFailureWithBothLines() throws RegexException {
        Filter filter = sessions();

        assertThat(apply(filter, "s1 fail eve")).isEqualTo(Outcome.UNMATCHED);
        assertThat(apply(filter, "s1 from 192.0.2.1")).isInstanceOfSatisfying(Outcome.Matched.class, matched -> {
            assertThat(matched.sighting().host()).isEqualTo("192.0.2.1");
            assertThat(matched.sighting().before()).containsExactly("s1 fail eve");
            assertThat(matched.sighting().users()).containsExactly("eve");
            assertThat(matched.sighting().user()).contains("eve");
        });
    }

    @Test
    void apply_aSessionLongerThanItMayBe_startsAnew() throws RegexException {
        Filter filter = sessions();

        apply(filter, "s1 from 192.0.2.1");
        apply(filter, "s2 from 192.0.2.2");

        assertThat(blamed(apply(filter, "s1 fail", Sessions.LONGEST))).isEqualTo("192.0.2.1");
        assertThat(blamed(apply(filter, "s2 fail", Sessions.LONGEST.plusSeconds(1))))
                .isEqualTo("unmatched");
    }

    @Test
    void apply_anAddressThatIsNotBelieved_isNotTakenIntoTheSession() throws RegexException {
        Filter filter = sessions();

        assertThat(blamed(apply(filter, "s1 from 8.8.8.8x"))).isEqualTo("doubtful");
        assertThat(blamed(apply(filter, "s1 fail"))).isEqualTo("unmatched");
        assertThat(blamed(apply(filter, "s1 from 192.0.2.1"))).isEqualTo("192.0.2.1");
    }

    @Test
    void apply_gainedAfterOtherUsersWereTried_isStillAFailure() throws RegexException {
        Filter filter = sessions();

        apply(filter, "s1 from 192.0.2.1");
        apply(filter, "s1 fail eve");

        assertThat(blamed(apply(filter, "s1 in bob"))).isEqualTo("192.0.2.1");
        apply(filter, "s2 from 192.0.2.2");
        apply(filter, "s2 fail eve");
        assertThat(blamed(apply(filter, "s2 in eve"))).isEqualTo("unmatched");
    }

    @Test
    void join_moreSessionsThanAreKept_forgetsTheOldest() {
        Sessions sessions = new Sessions();
        Session.Mark fails = new Session.Mark(false, false, false);

        for (int i = 0; i <= Sessions.MOST; i++) {
            sessions.join("s" + i, Map.of("user", "u" + i), fails, List.of("line"), START);
        }

        assertThat(sessions.size()).isEqualTo(Sessions.MOST);
        assertThat(sessions.join("s1", Map.of("user", "v"), fails, List.of(), START)
                        .users())
                .containsExactly("u1", "v");
        assertThat(sessions.join("s0", Map.of("user", "v"), fails, List.of(), START)
                        .users())
                .containsExactly("v");
    }

    @Test
    void join_hostileLengths_areNotKept() {
        Sessions sessions = new Sessions();
        Session.Mark fails = new Session.Mark(false, false, false);
        String huge = "x".repeat(Session.MOST_CHARACTERS + 1);

        sessions.join(huge, Map.of(), fails, List.of(), START);
        sessions.join("a", Map.of("user", huge), fails, List.of(), START);
        sessions.join("b", Map.of(), fails, List.of(huge), START);
        assertThat(sessions.size()).isZero();

        List<String> lines = List.of();
        for (int i = 0; i < 2 * Session.MOST_LINES; i++) {
            Session session = sessions.join("c", Map.of("user", "u" + i), fails, List.of("line " + i), START);
            session.setPending();
            lines = session.lines();
            assertThat(session.users()).hasSizeLessThanOrEqualTo(Session.MOST_USERS);
        }
        assertThat(lines).hasSize(Session.MOST_LINES).endsWith("line " + (2 * Session.MOST_LINES - 1));
    }

    @Test
    void with_linesBeyondTheBounds_keepsTheNewest() {
        LineBuffer buffer = new LineBuffer(10_000);
        String long1 = "x".repeat(50_000);

        for (int i = 0; i < 5; i++) {
            buffer.add(new LineBuffer.Entry(long1 + i, "", false));
        }
        assertThat(LineBuffer.joined(buffer.lines()))
                .hasSizeLessThanOrEqualTo(LineBuffer.MOST_CHARACTERS)
                .endsWith("4\n");

        LineBuffer two = new LineBuffer(2);
        List.of("a", "b", "c").forEach(text -> two.add(new LineBuffer.Entry(text, text, false)));
        assertThat(LineBuffer.joined(two.lines())).isEqualTo("b\nc\n");
    }

    @Test
    void apply_linesThatSpendTheBudgetTogether_areForgotten() throws RegexException {
        Filter filter = filter(5, "^(?P<first>x)(?:x+x+)+(?P=first)y<ADDR>$", "^a$<SKIPLINES>^b <ADDR>$");

        assertThat(blamed(apply(filter, "x".repeat(4_000)))).isEqualTo("doubtful");
        apply(filter, "a");
        apply(filter, "noise");

        assertThat(apply(filter, "b 192.0.2.1"))
                .isInstanceOfSatisfying(
                        Outcome.Matched.class,
                        matched -> assertThat(matched.sighting().before()).containsExactly("a"));
    }

    @Test
    void hits_changeNothing() throws RegexException {
        Filter filter = filter(3, "^a$<SKIPLINES>^b <ADDR>$", "^b <ADDR>$");
        apply(filter, "a");
        LogLine line = LogLine.of("b 192.0.2.1", START);

        assertThat(filter.hits(line, START)).containsExactly(0, 1).isEqualTo(filter.hits(line, START));
        assertThat(filter.apply(line, START))
                .isInstanceOfSatisfying(
                        Outcome.Matched.class,
                        matched -> assertThat(matched.sighting().regex()).isZero());
    }

    @Test
    void warnings_nofailWithoutSession_saysSo() throws RegexException {
        assertThat(filter(1, "^<F-NOFAIL>x</F-NOFAIL> <ADDR>$").warnings())
                .singleElement()
                .asString()
                .contains("<F-MLFID>");
    }

    private static FilterDefinition closing() {
        return new FilterDefinition(
                "t",
                List.of(
                        "^login failed(?: for <F-USER>\\w+</F-USER>)?$",
                        "^login failed from <ADDR>",
                        "^<F-NOFAIL><F-MLFFORGET>hung up</F-MLFFORGET></F-NOFAIL>(?: by <ADDR>)?",
                        "^<F-MLFFORGET><F-MLFGAINED>let in</F-MLFGAINED></F-MLFFORGET> from <ADDR>",
                        "^<F-NOFAIL>connect</F-NOFAIL> from <ADDR>"),
                List.of(),
                "^s<F-MLFID>\\w+</F-MLFID> <F-CONTENT>.+</F-CONTENT>$",
                "{NONE}",
                ZoneOffset.UTC,
                "no");
    }

    @Test
    void apply_linesThatOnlyEndSessions_saysTheSameWithoutThePrefilter() throws RegexException {
        String[] kinds = {
            "login failed",
            "login failed for eve",
            "login failed from 192.0.2.1",
            "hung up",
            "hung up by 192.0.2.2",
            "hung up by 8.8.8.8x",
            "let in from 192.0.2.3",
            "connect from 192.0.2.4"
        };
        int matched = 0;
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Filter with = Filter.compile(closing());
            Filter without = Filter.compileWithoutPrefilter(closing());
            for (int i = 0; i < 60; i++) {
                LogLine line = LogLine.of("s" + random.nextInt(6) + " " + kinds[random.nextInt(kinds.length)], START);
                Outcome outcome = with.apply(line, START);

                assertThat(outcome).as("seed %d, line %d: %s", seed, i, line).isEqualTo(without.apply(line, START));
                matched += outcome instanceof Outcome.Matched ? 1 : 0;
            }
        }
        assertThat(matched).isGreaterThan(3_000);
    }

    @Test
    void apply_anEndOfASessionThatBlamesWrongly_isDoubtfulOnlyWhileTheSessionIsOpen() throws RegexException {
        Filter filter = Filter.compile(closing());

        assertThat(blamed(apply(filter, "s1 hung up by 8.8.8.8x"))).isEqualTo("unmatched");
        assertThat(blamed(apply(filter, "s1 login failed"))).isEqualTo("unmatched");
        assertThat(blamed(apply(filter, "s2 hung up by 8.8.8.8x"))).isEqualTo("unmatched");
        assertThat(blamed(apply(filter, "s1 hung up by 8.8.8.8x"))).isEqualTo("doubtful");
        assertThat(blamed(apply(filter, "s1 hung up by 192.0.2.2"))).isEqualTo("192.0.2.2");
        assertThat(blamed(apply(filter, "s1 hung up by 192.0.2.2"))).isEqualTo("unmatched");
    }
}
