package bailiff.acceptance;

import java.util.ArrayList;
import java.util.List;

/** What a test has opened, to be closed at its end, the last first. */
final class Opened {

    private final List<AutoCloseable> all = new ArrayList<>();

    /** Takes something in, and gives it back. */
    <T extends AutoCloseable> T keep(T opened) {
        all.add(opened);
        return opened;
    }

    /** Closes all of it. */
    void closeAll() throws Exception {
        for (AutoCloseable each : all.reversed()) {
            each.close();
        }
    }
}
