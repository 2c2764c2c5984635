package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an installed fail2ban would tell its server is, command by command, what we say that it would. */
@Timeout(120)
class CommandStreamTest {

    @TempDir
    private Path path;

    @Test
    void read_everyStockJail_isTheSameStream() {
        Fail2banOracle.copyStock(path);
        new ConfigDirectory(path).write("jail.d/all.local", "[DEFAULT]\nenabled = true\n");

        try (Fail2banOracle oracle = Fail2banOracle.orSkip()) {
            Comparison comparison = Comparison.of(path, oracle);

            assertThat(comparison.differences()).isEmpty();
            assertThat(comparison.refused()).isZero();
            assertThat(comparison.commands()).isGreaterThan(1_000);
        }
    }
}
