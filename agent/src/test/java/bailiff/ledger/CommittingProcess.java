package bailiff.ledger;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A program that commits failures and bookmarks as fast as it can, until it is killed. */
final class CommittingProcess {

    private CommittingProcess() {}

    /** Continues where the ledger stands: failure and bookmark always bear the same number. */
    public static void main(String[] arguments) throws IOException {
        try (Ledger ledger = Samples.open(Path.of(arguments[0]))) {
            int number = Integer.parseInt(ledger.bookmarks(Samples.JAIL).getOrDefault("log", "0"));
            while (true) {
                number++;
                String line = String.valueOf(number);
                ledger.commit(new Batch()
                        .failure(Samples.failure("203.0.113.9", Samples.NOW, line))
                        .bookmarks(Samples.JAIL, Map.of("log", line)));
                Children.say(line);
            }
        }
    }
}
