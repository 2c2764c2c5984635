package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedTest {

    @Test
    void close_partThatCannotBeClosed_closesTheRestInReverseOrderOnce() {
        List<String> closed = new ArrayList<>();
        Opened opened = new Opened();
        opened.add(() -> closed.add("first"));
        opened.add(() -> {
            throw new IOException("it sticks");
        });
        opened.add(() -> closed.add("last"));

        opened.close();
        opened.close();

        assertThat(closed).containsExactly("last", "first");
    }
}
