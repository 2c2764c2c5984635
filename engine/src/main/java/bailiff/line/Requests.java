package bailiff.line;

import bailiff.line.AccessLine.Field;
import java.nio.charset.StandardCharsets;

/**
 * Shows the lines of an access log with what was asked for in its {@linkplain RequestTarget one spelling}, so that no
 * other spelling of a path gets around an expression. Not thread-safe.
 */
public final class Requests {

    private final AccessLine access = new AccessLine();

    /** The text of the line in which the request's target is replaced by its one spelling; any other line as it is. */
    public String text(LogLine line) {
        byte[] bytes = line.buffer();
        if (!access.readToStatus(bytes, line.from(), line.to()) || !access.has(Field.TARGET)) {
            return line.text();
        }
        int start = access.start(Field.TARGET);
        int end = access.end(Field.TARGET);
        byte[] target = RequestTarget.normalized(bytes, start, end);
        if (target == null) {
            return line.text();
        }
        int head = start - line.from();
        int tail = line.to() - end;
        byte[] shown = new byte[head + target.length + tail];
        System.arraycopy(bytes, line.from(), shown, 0, head);
        System.arraycopy(target, 0, shown, head, target.length);
        System.arraycopy(bytes, end, shown, head + target.length, tail);
        return new String(shown, StandardCharsets.UTF_8);
    }
}
