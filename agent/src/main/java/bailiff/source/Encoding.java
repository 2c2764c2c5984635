package bailiff.source;

import bailiff.line.LogLine;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;

/** The encoding of a log's lines, made UTF-8 for the filters. Immutable. */
public final class Encoding {

    /* A byte is negative in Java when its top bit is set, so plain lines are found in one pass and cost no more. */

    /** UTF-8, and ASCII with it: lines are handed on as they are. */
    public static final Encoding UTF_8 = new Encoding(StandardCharsets.UTF_8);

    private static final int ASCII = 128;

    private final Charset charset;
    private final boolean asWritten;

    private Encoding(Charset charset) {
        this.charset = charset;
        this.asWritten = charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII);
    }

    /**
     * The encoding by that name; nothing for one in which lines do not end in a byte of value 10 or ASCII is written
     * otherwise: UTF-16, UTF-32, EBCDIC.
     */
    public static Optional<Encoding> of(Charset charset) {
        byte[] ascii = new byte[ASCII];
        IntStream.range(0, ASCII).forEach(i -> ascii[i] = (byte) i);
        String read = new String(ascii, charset);
        boolean alike = read.length() == ASCII
                && IntStream.rangeClosed(' ', '~').allMatch(i -> read.charAt(i) == i || i == '\\' || i == '~')
                && read.charAt('\n') == '\n';
        boolean stateful = !alike && charset.name().startsWith("ISO-2022");
        return alike || stateful ? Optional.of(new Encoding(charset)) : Optional.empty();
    }

    /** Whether every line is handed on as it is. */
    public boolean isAsWritten() {
        return asWritten;
    }

    /** The line in UTF-8; the same one where nothing in it has to be changed. */
    public LogLine read(LogLine line) {
        return asWritten || line.isPlain() ? line : LogLine.of(line.text(charset));
    }

    /** Hands the lines on in UTF-8. */
    LineSink into(LineSink sink) {
        return asWritten
                ? sink
                : new LineSink() {
                    @Override
                    public void line(Path file, LogLine line, boolean live, boolean whole) {
                        sink.line(file, read(line), live, whole);
                    }

                    @Override
                    public boolean isEnough() {
                        return sink.isEnough();
                    }
                };
    }

    /** The same for a past log. */
    PastLog.Reader into(PastLog.Reader reader) {
        return asWritten ? reader : (line, number, whole) -> reader.line(read(line), number, whole);
    }
}
