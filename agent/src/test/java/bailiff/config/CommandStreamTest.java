package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

        assertThat(differences(path)).isEmpty();
    }

    private static List<String> differences(Path directory) {
        try (Fail2banOracle oracle = Fail2banOracle.orSkip()) {
            return differences(directory, oracle);
        }
    }

    private static List<String> differences(Path directory, Fail2banOracle oracle) {
        List<String> differences = new ArrayList<>();
        Configuration configuration = new ConfigDirectory(directory).read();
        Map<String, List<String>> ours = Fail2banOracle.ours(configuration);
        Fail2banOracle.Answer theirs = oracle.read(directory);
        configuration.leftOut().forEach(jail -> differences.add(jail + ": " + configuration.problems()));
        note("", ours.getOrDefault("", List.of()), theirs.server(), differences);
        theirs.jails().forEach((jail, told) -> note(jail, ours.getOrDefault(jail, List.of()), told, differences));
        theirs.faulty().forEach((jail, why) -> {
            if (ours.containsKey(jail)) {
                differences.add(jail + ": " + why);
            }
        });
        return differences;
    }

    private static void note(String jail, List<String> ours, List<String> theirs, List<String> differences) {
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            String our = i < ours.size() ? ours.get(i) : "nothing";
            String their = i < theirs.size() ? theirs.get(i) : "nothing";
            if (!our.equals(their)) {
                differences.add(jail + ": we say " + our + "\n  and fail2ban says " + their);
            }
        }
    }
}
