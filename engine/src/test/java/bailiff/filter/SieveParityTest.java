package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.DateDetector;
import bailiff.line.DatePatternException;
import bailiff.line.LogLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an installed fail2ban's filters say of its sample lines, whole and damaged, is the same without any prefilter. */
class SieveParityTest {

    private static final long SEED = 4;
    private static final Instant NOW = Instant.ofEpochSecond(1_124_013_600);
    private static final List<String> TIMES = List.of(
            "Aug 14 09:59:01", "2005-08-14T09:59:01+0000", "[14/Aug/2005:09:59:01 +0000] \"", "+0000 Aug 14 09:59:01 ");
    private static final List<String> DAMAGE =
            List.of("\0", "\r", "\u00e9", "\u0130", "\u212a", "\ud83d\ude00", " ", "x", "\ufffd", "");

    /** Every line meets its own filter; so that the test takes seconds, only one in so many meets each other one. */
    private static final int FEW = 23;

    private static final List<Subject> SUBJECTS = new ArrayList<>();
    private static final List<Sample> SAMPLES = new ArrayList<>();

    private record Sample(String filter, String text) {}

    /** A filter with and without its prefilter. */
    private record Subject(
            String name, FilterDefinition definition, Filter with, Filter without, Sieve sieve, DateDetector dates) {}

    @BeforeAll
    static void read() throws IOException, RegexException, DatePatternException {
        Needs.orSkip(Files.isReadable(Path.of("/etc/fail2ban/filter.d")), "fail2ban is not installed to be read");
        for (String answer : Fail2banProgram.run("fail2ban_filters.py")) {
            String[] words = answer.split(" ", -1);
            if (words[0].equals("line")) {
                SAMPLES.add(new Sample(words[1], text(words[2])));
            } else {
                FilterDefinition definition = definition(words);
                Filter filter = Filter.compile(definition);
                SUBJECTS.add(new Subject(
                        words[1],
                        definition,
                        filter,
                        Filter.compileWithoutPrefilter(definition),
                        Sieve.of(List.of(filter)),
                        DateDetector.of(definition.datepattern(), ZoneOffset.UTC)));
            }
        }
        Needs.orSkip(!SAMPLES.isEmpty(), "fail2ban's Python package with its sample lines is not installed");
    }

    @Test
    void apply_sampleLinesWholeAndDamaged_saysTheSameWithoutThePrefilter() {
        SplittableRandom random = new SplittableRandom(SEED);
        Sorter sorter = Sieve.of(SUBJECTS.stream().map(Subject::with).toList()).sorter();
        List<String> different = new ArrayList<>();
        int telling = 0;

        for (Sample sample : SAMPLES) {
            for (int i = 0; i < SUBJECTS.size(); i++) {
                Subject subject = SUBJECTS.get(i);
                boolean own = subject.name().equals(sample.filter());
                for (int turn = own ? 6 : random.nextInt(FEW) == 0 ? 1 : 0; turn > 0; turn--) {
                    LogLine line = LogLine.of(turn == 1 ? sample.text() : damaged(sample.text(), random));
                    boolean concerned = sorter.sort(line, true).prospect(i) != Prospect.NOTHING;
                    boolean found = isFound(line, subject.sieve(), random);
                    String expected = told(subject.without().apply(line, NOW), line, subject.dates());
                    String told = told(subject.with().apply(line, NOW), line, subject.dates());
                    boolean says = !expected.equals("unmatched");
                    telling += says ? 1 : 0;
                    if (!told.equals(expected) || (says && !(concerned && found))) {
                        different.add(subject.name() + " on " + line + ": " + expected + ", with prefilter " + told
                                + ", concerned " + concerned + ", found " + found);
                    }
                }
            }
        }

        assertThat(different).as("seed %d", SEED).isEmpty();
        assertThat(telling)
                .as("lines that are not just unmatched, seed %d", SEED)
                .isGreaterThan(2_000);
    }

    @Test
    void sort_oneLogForAllFilters_givesEachWhatItFindsAlone() throws RegexException {
        SplittableRandom random = new SplittableRandom(SEED);
        List<LogLine> log = log(random);
        List<Filter> together = new ArrayList<>();
        for (Subject subject : SUBJECTS) {
            together.add(Filter.compile(subject.definition()));
        }
        List<List<String>> told = told(Sieve.of(together), together, log);
        int telling = 0;

        for (int i = 0; i < SUBJECTS.size(); i++) {
            Subject subject = SUBJECTS.get(i);
            Filter alone = Filter.compileWithoutPrefilter(subject.definition());
            List<String> expected = new ArrayList<>();
            for (int number = 0; number < log.size(); number++) {
                LogLine line = log.get(number);
                keep(number, told(alone.apply(line, NOW), line, subject.dates()), expected);
            }
            assertThat(told.get(i)).as("%s, seed %d", subject.name(), SEED).isEqualTo(expected);
            telling += expected.size();
        }
        assertThat(telling).as("lines that are not just unmatched").isGreaterThan(500);
    }

    /** Every sample once, in random order, every other one damaged; none with a line feed in it. */
    private static List<LogLine> log(SplittableRandom random) {
        List<Sample> samples = new ArrayList<>(SAMPLES);
        List<LogLine> log = new ArrayList<>();
        while (!samples.isEmpty()) {
            String text =
                    samples.remove(random.nextInt(Math.min(20, samples.size()))).text();
            log.add(LogLine.of((random.nextBoolean() ? text : damaged(text, random)).replace('\n', ' ')));
        }
        return log;
    }

    /** What each filter says of the lines, of which it sees those only that a search through blocks finds for it. */
    private static List<List<String>> told(Sieve sieve, List<Filter> filters, List<LogLine> log) {
        List<List<String>> told = new ArrayList<>();
        filters.forEach(filter -> told.add(new ArrayList<>()));
        Sorter found = sieve.sorter();
        Sorter joined = sieve.sorter();
        byte[] block = block(log);
        int from = 0;
        for (int number = 0; number < log.size(); number++) {
            LogLine line = log.get(number);
            int end = from + line.length();
            if (number % 50 == 0) {
                found.begin(block, from, ends(log, number, from));
            }
            int next = found.next(block, from);
            boolean stands = next >= from && next < end;
            Concern alone = stands ? found.sort(block, from, end) : joined.sort(LogLine.of(""), false);
            for (int i = 0; i < filters.size(); i++) {
                Concern concern = filters.get(i).lines() > 1 ? joined.sort(line, true) : alone;
                Outcome outcome = filters.get(i).apply(line, NOW, concern.prospect(i));
                keep(number, told(outcome, line, SUBJECTS.get(i).dates()), told.get(i));
            }
            from = end + 1;
        }
        return told;
    }

    /** Which session a line without a time belongs to depends on which lines were looked at before, too. */
    private static void keep(int number, String told, List<String> all) {
        if (!told.equals("unmatched") && !told.endsWith("undated")) {
            all.add(number + " " + told);
        }
    }

    private static byte[] block(List<LogLine> log) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (LogLine line : log) {
            boolean _ = line.has((bytes, from, to) -> {
                block.write(bytes, from, to - from);
                return true;
            });
            block.write('\n');
        }
        return block.toByteArray();
    }

    /** Where the fifty lines end that begin there. */
    private static int ends(List<LogLine> log, int number, int from) {
        return from
                + log.subList(number, Math.min(log.size(), number + 50)).stream()
                        .mapToInt(line -> line.length() + 1)
                        .sum();
    }

    @Test
    void compile_filtersOfAnInstalledFail2ban_nearlyAllTurnLinesAway() {
        long useless = SUBJECTS.stream()
                .filter(subject -> subject.with().needles().isEmpty())
                .count();

        assertThat(SUBJECTS).hasSizeGreaterThan(90);
        assertThat(useless).isLessThan(SUBJECTS.size() / 10);
    }

    /** Whether the sieve finds the line between others in a block; where several are seen together, it need not. */
    private static boolean isFound(LogLine line, Sieve sieve, SplittableRandom random) {
        if (sieve.before() > 0) {
            return true;
        }
        String before = "-".repeat(random.nextInt(20)) + "\n";
        byte[] block = (before + line.text() + "\n" + "-".repeat(20) + "\n").getBytes(StandardCharsets.UTF_8);
        int at = sieve.find(block, 0, block.length);
        return at >= 0 && at < before.length() + line.length();
    }

    private static String told(Outcome outcome, LogLine line, DateDetector dates) {
        boolean dated = dates.detect(line.text(), NOW).time().isPresent();
        return switch (outcome) {
            case Outcome.Matched(Sighting sighting) -> "matched " + told(sighting, dated);
            case Outcome.Ignored(Sighting sighting) -> "ignored " + told(sighting, dated);
            case Outcome.Unmatched _ -> "unmatched";
            case Outcome.Doubtful(String reason) -> reason;
            case Outcome.Credited(Sighting sighting) -> "credited " + told(sighting, dated);
        };
    }

    /** The time of a line without one depends on which lines were looked at before, and may. */
    private static String told(Sighting sighting, boolean dated) {
        return sighting.regex() + " " + sighting.host() + " " + sighting.groups() + " " + sighting.before() + " "
                + (dated ? sighting.time() : "undated");
    }

    private static String damaged(String text, SplittableRandom random) {
        String line = text;
        for (int i = 1 + random.nextInt(2); i > 0 && !line.isEmpty(); i--) {
            int at = random.nextInt(line.length());
            String rest = line.substring(at);
            line = switch (random.nextInt(6)) {
                case 0, 1 -> line.substring(0, at) + TIMES.get(random.nextInt(TIMES.size())) + rest;
                case 2 -> line.substring(0, at) + rest.toUpperCase(Locale.ROOT);
                case 3 -> line.substring(0, at) + rest.toLowerCase(Locale.ROOT);
                case 4 -> line.substring(0, at) + DAMAGE.get(random.nextInt(DAMAGE.size())) + rest.substring(1);
                default -> line.substring(0, at) + DAMAGE.get(random.nextInt(DAMAGE.size())) + rest;
            };
        }
        return line;
    }

    private static FilterDefinition definition(String[] words) {
        List<String> expressions = List.of(words).subList(5, words.length);
        int slash = expressions.indexOf("/");
        return new FilterDefinition(
                words[1],
                texts(expressions.subList(0, slash)),
                texts(expressions.subList(slash + 1, expressions.size())),
                text(words[3]),
                text(words[4]),
                ZoneOffset.UTC,
                "warn",
                Integer.parseInt(words[2]));
    }

    private static List<String> texts(List<String> words) {
        return words.stream()
                .map(SieveParityTest::text)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static String text(String word) {
        return new String(HexFormat.of().parseHex(word.substring(1)), StandardCharsets.UTF_8);
    }
}
