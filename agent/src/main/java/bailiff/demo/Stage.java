package bailiff.demo;

import java.io.IOException;

/** Where the demo's visits happen. Safe for any thread. */
interface Stage extends AutoCloseable {

    /** One sentence: whether packets are real here. */
    String description();

    /** Makes one request. Waits for the answer, a second at most. */
    Outcome visit(Visit visit) throws IOException, InterruptedException;

    @Override
    void close();
}
