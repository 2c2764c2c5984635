package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Configurations made up at random mean here what they mean to the installed fail2ban.
 *
 * <p>{@code -Dbailiff.trees=5000} reads so many instead of the usual number, {@code -Dbailiff.firstTree=17} other ones.
 */
@Timeout(600)
class RandomTreeTest {

    private static final int USUAL = 150;

    @TempDir
    private Path path;

    @Test
    void read_madeUpDirectories_areWhatFail2banUnderstands() {
        long first = Long.getLong("bailiff.firstTree", 0);
        List<String> differences = new ArrayList<>();
        int compared = 0;
        int refused = 0;
        try (Fail2banOracle oracle = Fail2banOracle.orSkip()) {
            for (long seed = first; seed < first + Integer.getInteger("bailiff.trees", USUAL); seed++) {
                Path tree = path.resolve("t" + seed);
                new ConfigTrees(seed, new ConfigDirectory(tree)).write();
                Comparison comparison = Comparison.of(tree, oracle);
                compared += comparison.commands();
                refused += comparison.refused();
                for (String difference : comparison.differences()) {
                    differences.add("seed " + seed + ", " + difference);
                }
            }
        }
        assertThat(differences).isEmpty();
        assertThat(compared).isGreaterThan(USUAL * 10);
        assertThat(refused).isGreaterThan(USUAL / 10);
    }
}
