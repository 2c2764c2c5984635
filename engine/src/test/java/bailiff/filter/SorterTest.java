package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.LogLine;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SorterTest {

    private static Filter filter(int maxlines, String prefregex, String... failregex) throws RegexException {
        return Filter.compile(new FilterDefinition(
                "t", List.of(failregex), List.of(), prefregex, "{NONE}", ZoneOffset.UTC, "no", maxlines));
    }

    private static List<Prospect> prospects(Concern concern, int filters) {
        List<Prospect> prospects = new ArrayList<>();
        for (int i = 0; i < filters; i++) {
            prospects.add(concern.prospect(i));
        }
        return prospects;
    }

    @Test
    void sort_linesOfSeveralFilters_tellsWhatTheyMayBeToEach() throws RegexException {
        Sorter sorter = Sieve.of(List.of(
                        filter(1, "", "^login failed <ADDR>", "^quota exceeded <ADDR>"),
                        filter(
                                1,
                                "^s<F-MLFID>\\w+</F-MLFID> <F-CONTENT>.+</F-CONTENT>$",
                                "^login failed <ADDR>",
                                "^<F-MLFFORGET><F-MLFGAINED>welcome</F-MLFGAINED></F-MLFFORGET> <ADDR>"),
                        filter(2, "", "^together <ADDR>"),
                        filter(1, "", "^<ADDR>$")))
                .sorter();

        assertThat(prospects(sorter.sort(LogLine.of("s1 login failed 192.0.2.1"), false), 4))
                .containsExactly(Prospect.ANYTHING, Prospect.ANYTHING, Prospect.NOTHING, Prospect.UNKNOWN);
        assertThat(prospects(sorter.sort(LogLine.of("s1 welcome 192.0.2.1"), true), 4))
                .containsExactly(Prospect.NOTHING, Prospect.END_OF_SESSION, Prospect.UNKNOWN, Prospect.UNKNOWN);
        assertThat(prospects(sorter.sort(LogLine.of("welcome, login failed 7"), false), 4))
                .containsExactly(Prospect.ANYTHING, Prospect.ANYTHING, Prospect.NOTHING, Prospect.UNKNOWN);
        Concern nobodys = Sieve.of(List.of(filter(1, "", "^login failed <ADDR>")))
                .sorter()
                .sort(LogLine.of("nothing of that kind"), false);
        assertThat(nobodys.isNobodys()).isTrue();
        assertThat(nobodys.next(0)).isEqualTo(-1);
    }

    @Test
    void sort_moreFiltersThanBitsInAWord_keepsThemApart() throws RegexException {
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            filters.add(filter(1, "", "^word-" + (char) ('a' + i / 10) + i + "-end <ADDR>"));
        }
        Sorter sorter = Sieve.of(filters).sorter();

        for (int i = 0; i < filters.size(); i++) {
            Concern concern = sorter.sort(LogLine.of("word-" + (char) ('a' + i / 10) + i + "-end 192.0.2.1"), false);
            assertThat(concern.next(0)).isEqualTo(i);
            assertThat(concern.next(i + 1)).isEqualTo(-1);
        }
    }

    /** A block of nothing but what is looked for: more than is kept of it, so that its lines are asked one by one. */
    @Test
    void next_aBlockWithMoreFindsThanAreKept_findsEveryLineAllTheSame() throws RegexException {
        Sorter sorter = Sieve.of(List.of(filter(1, "", "^Spam(?:mer)? from <ADDR>$", "^Brute force <ADDR>")))
                .sorter();
        String line = "Brute force ".repeat(10) + "\n";
        byte[] block = line.repeat(Hits.MOST / 5).getBytes(StandardCharsets.UTF_8);
        int lines = 0;

        sorter.begin(block, 0, block.length);
        for (int at = 0; at < block.length; at += line.length()) {
            int found = sorter.next(block, at);
            assertThat(found).isBetween(at, at + line.length() - 1);
            assertThat(sorter.sort(block, at, at + line.length() - 1).prospect(0))
                    .isEqualTo(Prospect.ANYTHING);
            lines++;
        }

        assertThat(lines).isEqualTo(Hits.MOST / 5);
        assertThat(sorter.next(block, block.length)).isEqualTo(-1);
    }

    @Test
    void next_blocksOneAfterTheOther_forgetsTheFindsOfTheOneBefore() throws RegexException {
        Sorter sorter = Sieve.of(List.of(filter(1, "", "^login failed <ADDR>"))).sorter();
        byte[] first = "login failed 192.0.2.1\nlogin failed 192.0.2.2\n".getBytes(StandardCharsets.UTF_8);
        byte[] second = "-\nlogin failed 192.0.2.1\n".getBytes(StandardCharsets.UTF_8);

        sorter.begin(first, 0, first.length);
        assertThat(sorter.next(first, 0)).isZero();
        sorter.begin(second, 0, second.length);

        assertThat(sorter.next(second, 0)).isEqualTo(2);
        assertThat(sorter.sort(second, 2, second.length - 1).isNobodys()).isFalse();
        assertThat(sorter.next(second, second.length)).isEqualTo(-1);
    }
}
