package bailiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a test needs of the machine: without it the test is skipped, but under CI it fails. */
public final class Needs {

    private Needs() {}

    /** Goes on where it is there; {@code otherwise} says what is missing. */
    public static void orSkip(boolean there, String otherwise) {
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as(otherwise).isTrue();
        }
        assumeTrue(there, otherwise);
    }
}
