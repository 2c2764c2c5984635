package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineFeedsTest {

    /** Bytes beside a line feed that arithmetic on whole words could take for one. */
    private static final byte[] BYTES = {'\n', '\n', 0, 1, 9, 11, '\n' | (byte) 0x80, (byte) 0xff, 0x7f, (byte) 0x80};

    @Test
    void count_nextAndLast_randomBlocks_areThoseOfOneByteAfterTheOther() {
        SplittableRandom random = new SplittableRandom(42);
        for (int i = 0; i < 3_000; i++) {
            byte[] block = new byte[random.nextInt(i % 10 == 0 ? 10_000 : 100)];
            int kinds = 1 + random.nextInt(BYTES.length);
            for (int at = 0; at < block.length; at++) {
                block[at] = BYTES[random.nextInt(kinds)];
            }
            int from = random.nextInt(block.length + 1);
            int to = from + random.nextInt(block.length - from + 1);

            int count = 0;
            int first = -1;
            int last = -1;
            for (int at = from; at < to; at++) {
                if (block[at] == '\n') {
                    count++;
                    first = first < 0 ? at : first;
                    last = at;
                }
            }

            assertThat(LineFeeds.count(block, from, to)).isEqualTo(count);
            assertThat(LineFeeds.next(block, from, to)).isEqualTo(first);
            assertThat(LineFeeds.last(block, from, to)).isEqualTo(last);
        }
    }
}
