package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineCutterTest {

    private final LineCutter cutter = new LineCutter();
    private final List<String> lines = new ArrayList<>();
    private final List<String> cutLines = new ArrayList<>();

    @Test
    void cut_completeLines_handsOverEach() {
        cut("one\n\ntwo\n");

        assertThat(lines).containsExactly("one", "", "two");
        assertThat(cutter.done()).isEqualTo(9);
    }

    @Test
    void cut_lastLineWithoutEnd_isNotDoneWith() {
        cut("one\ntw");

        assertThat(lines).containsExactly("one");
        assertThat(cutter.done()).isEqualTo(4);
    }

    @Test
    void cut_carriageReturns_dropsTheOneBeforeTheLineFeed() {
        cut("one\r\ntwo\r\r\nth\rree\n\r\n");

        assertThat(lines).containsExactly("one", "two\r", "th\rree", "");
    }

    @Test
    void cut_otherLineSeparators_areOrdinaryCharacters() {
        cut("a\u2028b\u0085c\u000bd\fe\n");

        assertThat(lines).containsExactly("a\u2028b\u0085c\u000bd\fe");
    }

    @Test
    void cut_lineOfTheLimit_isWhole() {
        String line = "x".repeat(LineCutter.LIMIT);

        cut(line + "\n" + line + "\r\n");

        assertThat(lines).containsExactly(line, line);
        assertThat(cutLines).isEmpty();
    }

    @Test
    void cut_lineBeyondTheLimit_handsOverItsBeginningAndTheNext() {
        String line = "x".repeat(LineCutter.LIMIT);

        cut(line + "y\nnext\n");

        assertThat(lines).containsExactly(line, "next");
        assertThat(cutLines).containsExactly(line);
    }

    @Test
    void cut_lineBeyondTheLimitWithoutEnd_isHandedOverAtOnceAndItsRestSkipped() {
        String line = "x".repeat(LineCutter.LIMIT);

        cut(line + "yy");

        assertThat(cutLines).containsExactly(line);
        assertThat(cutter.inLine()).isTrue();
        assertThat(cutter.done()).isEqualTo(LineCutter.LIMIT + 2);
    }

    @Test
    void cut_limitAndCarriageReturn_waitsForWhatFollows() {
        cut("x".repeat(LineCutter.LIMIT) + "\r");

        assertThat(lines).isEmpty();
        assertThat(cutter.done()).isZero();
    }

    @Test
    void cut_withinAnOverlongLine_beginsWithTheNextLine() {
        cut("rest of it\nnext\n", true);

        assertThat(lines).containsExactly("next");
        assertThat(cutter.inLine()).isFalse();
    }

    @Test
    void cut_leadingNuls_areDropped() {
        cut("\0\0\0one\n\0two\n\0\n");

        assertThat(lines).containsExactly("one", "two", "");
    }

    @Test
    void cut_nulWithinALine_isKept() {
        cut("one\0two\0\n");

        assertThat(lines).containsExactly("one\0two\0");
    }

    @Test
    void cut_fewNulsAtTheEnd_waitsForWhatReplacesThem() {
        cut("one\n\0\0\0");

        assertThat(cutter.done()).isEqualTo(4);
    }

    @Test
    void cut_aHoleBeyondTheLimit_isSkippedAndIsNoLine() {
        cut("\0".repeat(LineCutter.LIMIT + 1));

        assertThat(lines).isEmpty();
        assertThat(cutter.done()).isEqualTo(LineCutter.LIMIT + 1);
    }

    @Test
    void cut_brokenUtf8_isHandedOverWithReplacementCharacters() {
        byte[] bytes = {'a', (byte) 0xc3, 'b', (byte) 0xff, '\n'};
        System.arraycopy(bytes, 0, cutter.block(), 0, bytes.length);

        cutter.cut(bytes.length, false, (line, at, whole) -> lines.add(line.text()));

        assertThat(lines).containsExactly("a\ufffdb\ufffd");
    }

    @Test
    void cut_receiverThrows_countsTheLineThatItWasGiven() {
        put("one\ntwo\n");

        assertThatThrownBy(() -> cutter.cut(8, false, (line, at, whole) -> {
                    throw new IllegalStateException(line.text());
                }))
                .hasMessage("one");

        assertThat(cutter.done()).isEqualTo(4);
    }

    @Test
    void cut_randomBytesInRandomPieces_cutsAsSplittingAtLineFeedsDoes() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String text = randomText(random);
            lines.clear();

            cutInPieces(text, random);

            assertThat(lines).as("seed %d", seed).isEqualTo(expected(text));
        }
    }

    private static String randomText(SplittableRandom random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 50; i++) {
            int length = random.nextInt(10) == 0 ? random.nextInt(20_000) : random.nextInt(40);
            text.append("\0".repeat(random.nextInt(3)));
            text.append(Character.toString('a' + random.nextInt(26)).repeat(length));
            text.append(random.nextBoolean() ? "\n" : "\r\n");
        }
        return text.toString();
    }

    private void cutInPieces(String text, SplittableRandom random) {
        boolean inLine = false;
        for (int from = 0; from < text.length(); from += cutter.done()) {
            int to = Math.min(text.length(), from + 8_200 + random.nextInt(20_000));
            cut(text.substring(from, to), inLine);
            inLine = cutter.inLine();
        }
    }

    private static List<String> expected(String text) {
        List<String> expected = new ArrayList<>();
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            String rest = line.replaceFirst("^\0+", "");
            String bare = rest.endsWith("\r") ? rest.substring(0, rest.length() - 1) : rest;
            expected.add(bare.substring(0, Math.min(bare.length(), LineCutter.LIMIT)));
        }
        return expected;
    }

    private void cut(String text) {
        cut(text, false);
    }

    private void cut(String text, boolean inLine) {
        int length = put(text);
        cutter.cut(length, inLine, (line, at, whole) -> {
            lines.add(line.text());
            if (!whole) {
                cutLines.add(line.text());
            }
        });
    }

    private int put(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, cutter.block(), 0, bytes.length);
        return bytes.length;
    }
}
