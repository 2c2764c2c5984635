package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateLockTest {

    @TempDir
    Path directory;

    @Test
    void take_missingDirectory_isMadeForItsOwnerAlone() throws IOException {
        Path state = directory.resolve("lib/bailiff");

        StateLock.take(state).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state)))
                .isEqualTo("rwx------");
    }

    @Test
    void take_whileAnotherHoldsIt_isRefusedAndFreeAfterwards() throws IOException {
        try (StateLock _ = StateLock.take(directory)) {
            assertThatThrownBy(() -> StateLock.take(directory)).hasMessage("Another guard is using " + directory + ".");
        }

        StateLock.take(directory).close();
    }

    @Test
    void words_fileInTheWay_namesItAndTheReason() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> StateLock.take(file.resolve("state")))
                .isInstanceOfSatisfying(
                        IOException.class,
                        e -> assertThat(Faults.words(e))
                                .startsWith("Cannot use " + file)
                                .endsWith("."));
    }
}
