package bailiff.cli;

import bailiff.source.PastLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The lines of a text, each cut at {@link PastLog#LONGEST_LINE} characters: no file can fill memory with one line. */
final class LongLines extends Spliterators.AbstractSpliterator<String> {

    private final BufferedReader reader;

    private LongLines(BufferedReader reader) {
        super(Long.MAX_VALUE, Spliterator.ORDERED);
        this.reader = reader;
    }

    /** The lines, without their ends; closing the stream closes the reader. */
    static Stream<String> of(BufferedReader reader) {
        return StreamSupport.stream(new LongLines(reader), false).onClose(() -> {
            try {
                reader.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @Override
    public boolean tryAdvance(Consumer<? super String> action) {
        try {
            StringBuilder line = new StringBuilder();
            int c = reader.read();
            if (c < 0) {
                return false;
            }
            for (; c >= 0 && c != '\n'; c = reader.read()) {
                if (line.length() < PastLog.LONGEST_LINE) {
                    line.append((char) c);
                }
            }
            action.accept(line.toString().replaceFirst("\r+$", ""));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
