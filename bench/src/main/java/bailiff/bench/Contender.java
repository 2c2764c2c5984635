package bailiff.bench;

import java.nio.file.Path;
import java.util.List;

/** A program under measurement: runs from its making to {@link #close}, and guards logs of its own. */
interface Contender extends AutoCloseable {

    /** Which program in which version, for the report. */
    String name();

    /** The logs that it follows, at least one. */
    List<Path> logs();

    /** The process to be measured. */
    ProcessHandle process();

    /** Ends it and all that it started; waits for that at most a few seconds. */
    @Override
    void close();
}
