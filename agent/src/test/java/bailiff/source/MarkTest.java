package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkTest {

    @Test
    void read_whatWasWritten_isTheSame() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 200; i++) {
            List<Mark> marks = random.ints(random.nextInt(6))
                    .mapToObj(any -> new Mark(
                            random.nextLong(),
                            random.nextLong(Long.MAX_VALUE),
                            random.nextBoolean(),
                            random.nextInt(),
                            random.nextInt()))
                    .toList();

            assertThat(Mark.read(Mark.write(marks))).contains(marks);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2 1:2:0:a:b", "1 1:2:0:a", "1 1:-2:0:a:b", "1 x:2:0:a:b", "1 1:2:0:a:123456789", "1 "})
    void read_otherText_isNothing(String text) {
        assertThat(Mark.read(text)).isEmpty();
    }

    @Test
    void read_moreFilesThanTheBound_isNothing() {
        assertThat(Mark.read("1" + " 1:2:0:a:b".repeat(65))).isEmpty();
    }
}
