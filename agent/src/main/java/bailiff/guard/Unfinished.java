package bailiff.guard;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mark in the state directory for as long as actions may have left something that is not undone yet. Where it stands
 * when a guard starts, the guard before was killed, and its rules may shut out somebody whose ban is long over. Safe for
 * any thread.
 */
final class Unfinished {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");
    private static final String MARK = "actions.unfinished";

    private final Path mark;
    private final boolean found;

    private Unfinished(Path mark) {
        this.mark = mark;
        this.found = Files.exists(mark);
    }

    /** Looks into a state directory; to be called before the mark is set. */
    static Unfinished in(Path state) {
        return new Unfinished(state.resolve(MARK));
    }

    /** Whether an earlier guard did not come to undo what its actions did. */
    boolean isFound() {
        return found;
    }

    /** Actions begin to run. A mark that cannot be set is said, and does not keep anybody from being banned. */
    void begin() {
        try {
            if (!Files.exists(mark)) {
                Files.createFile(mark);
            }
        } catch (IOException e) {
            LOG.warn("If this guard is killed, the next one will not undo what its actions did: {}", e.toString());
        }
    }

    /** All that the actions did has been undone. */
    void end() {
        try {
            Files.deleteIfExists(mark);
        } catch (IOException e) {
            LOG.warn("The next guard will undo anew what its actions did: {}", e.toString());
        }
    }
}
