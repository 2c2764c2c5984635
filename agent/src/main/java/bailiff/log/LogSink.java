package bailiff.log;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Where records go at last. Not thread-safe: one thread writes. */
interface LogSink extends Closeable {

    /** Writes them, in their order; those that were not written when it throws are lost. */
    void write(List<LogRecord> records) throws IOException;

    /** Begins anew: the file was given another name, and a new one is to be made. */
    default void renew() throws IOException {}
}
