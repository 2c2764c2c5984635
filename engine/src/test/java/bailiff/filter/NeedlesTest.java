package bailiff.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
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

                assertThat(needles.find(block, 0, block.length)).isEqualTo(at);
                assertThat(needles.find(block, at, at + needle.length())).isEqualTo(at);
                assertThat(needles.find(block, at + 1, block.length)).isEqualTo(-1);
                assertThat(needles.find(block, 0, at + needle.length() - 1)).isEqualTo(-1);
            }
        }
    }

    @Test
    void find_noNeedles_findsNothing() {
        byte[] block = bytes("anything");

        assertThat(new Needles(List.of()).find(block, 0, block.length)).isEqualTo(-1);
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
            assertThat(needles.find(block, from, to) >= 0).as("seed %d", seed).isEqualTo(!expected.isEmpty());
            found += expected.cardinality();
        }
        assertThat(found).isGreaterThan(200);
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
}
