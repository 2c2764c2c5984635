package bailiff.log;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** Standard output or standard error; never closed. */
record LogStream(PrintStream stream, RecordLayout layout) implements LogSink {

    @Override
    public void write(List<LogRecord> records) throws IOException {
        records.forEach(entry -> stream.println(layout.text(entry)));
        if (stream.checkError()) {
            throw new IOException("nobody reads it");
        }
    }

    @Override
    public void close() {
        stream.flush();
    }
}
