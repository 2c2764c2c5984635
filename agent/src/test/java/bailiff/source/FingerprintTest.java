package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void pass_inPiecesOfAnySize_isTheSameAsTheFirstAndLastBytesAtOnce() {
        for (long seed = 0; seed < 300; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            byte[] content = new byte[random.nextInt(3 * Fingerprint.HEAD)];
            random.nextBytes(content);

            Fingerprint inPieces = passInPieces(content, random);
            Fingerprint atOnce = new Fingerprint();
            atOnce.pass(first(content), last(content));

            assertThat(inPieces.head()).as("head, seed %d", seed).isEqualTo(atOnce.head());
            assertThat(inPieces.tail()).as("tail, seed %d", seed).isEqualTo(atOnce.tail());
            assertThat(inPieces.endsWith(last(content))).as("seed %d", seed).isTrue();
        }
    }

    @Test
    void head_differsWithinTheFirstBytes_differs() {
        byte[] content = new byte[2 * Fingerprint.HEAD];
        Fingerprint before = new Fingerprint();
        before.pass(content, content.length);
        content[Fingerprint.HEAD - 1] = 1;
        Fingerprint after = new Fingerprint();
        after.pass(content, content.length);

        assertThat(after.head()).isNotEqualTo(before.head());
        assertThat(after.tail()).isEqualTo(before.tail());
    }

    private static Fingerprint passInPieces(byte[] content, SplittableRandom random) {
        Fingerprint fingerprint = new Fingerprint();
        for (int from = 0; from < content.length; ) {
            int length = 1 + random.nextInt(Math.min(content.length - from, 1 + random.nextInt(700)));
            fingerprint.pass(Arrays.copyOfRange(content, from, from + length), length);
            from += length;
        }
        return fingerprint;
    }

    private static byte[] first(byte[] content) {
        return Arrays.copyOf(content, Math.min(content.length, Fingerprint.HEAD));
    }

    private static byte[] last(byte[] content) {
        return Arrays.copyOfRange(content, Math.max(0, content.length - Fingerprint.TAIL), content.length);
    }
}
