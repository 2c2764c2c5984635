package bailiff.guard;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a guard has opened, to be closed in the reverse order: at its end, or when its start fails half-way. Not
 * thread-safe: the {@link Guard} sees to it.
 */
final class Opened implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    /** How one of the things opened is closed. */
    @FunctionalInterface
    interface Part {
        void close() throws IOException;
    }

    private final Deque<Part> parts = new ArrayDeque<>();

    /** This is to be closed before all that was added earlier. */
    void add(Part part) {
        parts.push(part);
    }

    /** Closes everything once; what cannot be closed does not keep the rest open. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (IOException e) {
                LOG.warn("The guard did not end cleanly.", e);
            }
        }
    }
}
