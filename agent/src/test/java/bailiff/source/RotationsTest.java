package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RotationsTest {

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth.log.1",
                "auth.log.12.gz",
                "auth.log.3.xz",
                "auth.log-20261120",
                "auth.log-20261120.gz",
                "auth.log-2026112013",
                "auth.log.2026-11-20",
                "auth.log-20261120-130501",
                "auth.log-1795132800"
            })
    void logOf_nameThatRotationGives_isTheLog(String name) {
        assertThat(Rotations.logOf(Path.of("/var/log", name))).contains(Path.of("/var/log/auth.log"));
    }

    @ParameterizedTest
    @CsvSource({"auth.log", "app.8080", "site-12345.log", "auth.log.gz", "auth.log.old", ".1"})
    void logOf_otherName_isNothing(String name) {
        assertThat(Rotations.logOf(Path.of("/var/log", name))).isEmpty();
    }

    @Test
    void of_numbersAndDates_areOrderedByAge() throws IOException {
        create("l", "l.1", "l.2.gz", "l.10.gz", "l-20251231", "l-20260101.gz", "l.3.xz", "lx.1", "l.foo");

        assertThat(Rotations.of(directory.resolve("l")))
                .extracting(file -> file.getFileName().toString())
                .containsExactly("l-20251231", "l-20260101.gz", "l.10.gz", "l.2.gz", "l.1");
    }

    @Test
    void of_fileThatIsBeingCompressed_isThereOnce() throws IOException {
        create("l.1", "l.1.gz");

        assertThat(Rotations.of(directory.resolve("l"))).containsExactly(directory.resolve("l.1"));
    }

    @Test
    void of_directoryThatIsMissing_isNothing() {
        assertThat(Rotations.of(directory.resolve("missing/l"))).isEmpty();
    }

    private void create(String... names) throws IOException {
        for (String name : names) {
            Files.createFile(directory.resolve(name));
        }
    }
}
