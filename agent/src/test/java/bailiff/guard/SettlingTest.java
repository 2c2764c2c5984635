package bailiff.guard;

import static bailiff.guard.Site.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.enforce.Change;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import bailiff.net.Cidr;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettlingTest {

    private static final Cidr A = Cidr.parse("203.0.113.9").orElseThrow();

    @TempDir
    Path directory;

    private final List<String> heard = new ArrayList<>();
    private Ledger ledger;

    @BeforeEach
    void open() throws LedgerException {
        ledger = Ledger.open(directory.resolve("ledger.sqlite3"), new ManualClock(NOON));
    }

    @AfterEach
    void close() throws LedgerException {
        ledger.close();
    }

    @Test
    void isDue_bansThatCommandsAloneEnforce_areToldWithEveryTransaction() {
        assertThat(settling(false).isDue()).isTrue();
    }

    @Test
    void isDue_asManyChangesAsMayWait_areToldAtOnce() {
        Settling settling = settling(true);
        for (int i = 0; i < Settling.MOST_UNTOLD; i++) {
            settling.enforce(new Change.Add("web", A, Instant.MAX));
        }

        assertThat(settling.isDue()).isTrue();
    }

    @Test
    void settle_whatBecameOfABan_isToldOnceAndAfterTheLedgerHasIt() {
        Settling settling = settling(true);
        settling.enforced(A, Enforcement.IN_FORCE, () -> heard.add("in force at " + bookmarks()));
        assertThat(heard).isEmpty();

        settling.settle(Map.of("log", "10"), NOON);
        settling.settle(Map.of("log", "20"), NOON.plusSeconds(1));

        assertThat(heard).containsExactly("settled", "in force at {log=10}", "settled");
    }

    private Settling settling(boolean nativelyEnforced) {
        GuardListener listener = new GuardListener() {
            @Override
            public void settled(String jail) {
                heard.add("settled");
            }
        };
        return new Settling("web", new Memory("web", ledger, 5), _ -> {}, listener, nativelyEnforced);
    }

    private String bookmarks() {
        try {
            return ledger.bookmarks("web").toString();
        } catch (LedgerException e) {
            return e.toString();
        }
    }
}
