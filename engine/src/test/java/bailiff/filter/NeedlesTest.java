package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.line.DateDetector;
import bailiff.line.DatePatternException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NeedlesTest {

    private static final String[] PIECES = {"ab", "AB", "cd", "e", "\n", "aB", "bcde", " ", "\u00e9", "ba"};

    @Test
    void find_aNeedleAtEveryPlaceOfABlock_isFound() {
        Needles needles = new Needles(List.of(needle("Authentication failure", false), needle("POST /x", false)));
        for (int at = 0; at < 40; at++) {
            for (String needle : List.of("Authentication failure", "POST /x")) {
                byte[] block = bytes("-".repeat(at) + needle + "-".repeat(40 - at));

                assertThat(first(needles, block, 0, block.length)).isEqualTo(at);
                assertThat(first(needles, block, at, at + needle.length())).isEqualTo(at);
                assertThat(first(needles, block, at + 1, block.length)).isEqualTo(-1);
                assertThat(first(needles, block, 0, at + needle.length() - 1)).isEqualTo(-1);
            }
        }
    }

    @Test
    void find_noNeedles_findsNothing() {
        byte[] block = bytes("anything");

        assertThat(first(new Needles(List.of()), block, 0, block.length)).isEqualTo(-1);
    }

    @Test
    void findAll_randomNeedlesInRandomText_areThoseThatItContains() {
        int found = 0;
        for (long seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Needle> list = new ArrayList<>();
            for (int i = 1 + random.nextInt(6); i > 0; i--) {
                list.add(needle(text(random, 4 + random.nextInt(9)), random.nextBoolean()));
            }
            Needles needles = new Needles(list);
            byte[] block = bytes(text(random, 60));
            int from = random.nextInt(10);
            int to = block.length - random.nextInt(10);
            BitSet expected = new BitSet();
            for (int i = 0; i < list.size(); i++) {
                expected.set(i, list.get(i).isIn(block, from, to));
            }

            BitSet all = new BitSet();
            needles.find(block, from, to, (number, _) -> {
                all.set(number);
                return false;
            });

            assertThat(all).as("seed %d", seed).isEqualTo(expected);
            assertThat(first(needles, block, from, to) >= 0).as("seed %d", seed).isEqualTo(!expected.isEmpty());
            found += expected.cardinality();
        }
        assertThat(found).isGreaterThan(200);
    }

    @Test
    void find_fewOrManyNeedlesInALongBlock_givesTheFirstLineThatHasOne() {
        List<String> texts = List.of("%78", "%6d", "xq", "Qz7", "/xmlrpc", "wp-login.php", "Zz", "%2e", "QQQQ");
        int found = 0;
        for (long seed = 0; seed < 600; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Needle> list = new ArrayList<>();
            for (int i = 1 + random.nextInt(texts.size()); i > 0; i--) {
                String text = texts.get(random.nextInt(texts.size()));
                list.add(needle(text.length() < 3 ? text + text : text, random.nextBoolean()));
            }
            Needles needles = new Needles(list.stream().distinct().toList());
            StringBuilder log = new StringBuilder();
            while (log.length() < 6_000) {
                boolean rare = random.nextInt(400) == 0;
                log.append(rare ? texts.get(random.nextInt(texts.size())) : random.nextInt(60) == 0 ? "\n" : "-%x");
            }
            byte[] block = bytes(log + "\n");

            int at = first(needles, block, 0, block.length);

            int line = firstLine(list, block);
            assertThat(at < 0 ? -1 : lineStart(block, at)).as("seed %d", seed).isEqualTo(line);
            found += line > 0 ? 1 : 0;
        }
        assertThat(found).isGreaterThan(200);
    }

    @Test
    void isAccepted_piecesWithoutTheirLiteral_areNotFoundAndManyInALineAre() throws DatePatternException {
        DateDetector dates = DateDetector.of("", ZoneOffset.UTC);
        List<Needle> list = Needle.of(new Literal("\"POST /xmlrpc.php", false), dates);
        Needles needles = new Needles(list);
        String without = "GET /xmlrpc.php\nxmlrpc /xmlrpc.ph \"POST\n";
        String with = "1.2.3.4 \"POST /xmlrpc.php\n";
        String cut = "/xmlrpc.php before [14/Aug/2005:09:59:01 +0000] \"POST \nx \"POST [14/Aug/2005] /xmlrpc.php\n";

        assertThat(find(needles, without)).isEqualTo(-1);
        assertThat(find(needles, without + with)).isGreaterThan(without.length());
        assertThat(find(needles, cut)).isGreaterThan(cut.indexOf('\n'));
        assertThat(find(needles, "/xmlrpc.php ".repeat(10) + "\n")).isEqualTo(-1);
        assertThat(find(needles, "/xmlrpc.php ".repeat(100) + "\n")).isGreaterThanOrEqualTo(0);
    }

    @Test
    void of_aMethodAndAPath_looksForThePath() throws DatePatternException {
        DateDetector dates = DateDetector.of("", ZoneOffset.UTC);

        assertThat(Needle.of(new Literal("\"POST /xmlrpc.php", false), dates))
                .extracting(Needle::toString)
                .containsExactly("/xmlrpc");
        assertThat(new Literal("\"POST", false).rarity()).isLessThan(new Literal("/xmlrpc", false).rarity());
        assertThat(new Literal("POST", false).rarity()).isLessThan(new Literal("\"POST", false).rarity());
    }

    private static int find(Needles needles, String log) {
        byte[] block = bytes(log);
        return needles.find(block, 0, block.length, new InLine(needles, block, 0, block.length));
    }

    /** Where the first line begins that has one of them; -1 for none. */
    private static int firstLine(List<Needle> needles, byte[] block) {
        for (int begin = 0; begin < block.length; begin = lineEnd(block, begin) + 1) {
            int from = begin;
            int to = lineEnd(block, begin);
            if (needles.stream().anyMatch(needle -> needle.isIn(block, from, to))) {
                return begin;
            }
        }
        return -1;
    }

    private static int lineStart(byte[] block, int at) {
        int start = at;
        while (start > 0 && block[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static int lineEnd(byte[] block, int at) {
        int end = at;
        while (block[end] != '\n') {
            end++;
        }
        return end;
    }

    private static String text(SplittableRandom random, int least) {
        StringBuilder text = new StringBuilder();
        while (text.length() < least) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static Needle needle(String text, boolean anyCase) {
        return Needle.of(new Literal(text, anyCase));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Where the first needle stands, whichever it is. */
    private static int first(Needles needles, byte[] block, int from, int to) {
        return needles.find(block, from, to, (_, _) -> true);
    }
}
