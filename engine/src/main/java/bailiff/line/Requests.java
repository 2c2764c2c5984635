package bailiff.line;

import bailiff.line.AccessLine.Field;

/**
 * Shows the lines of an access log with what was asked for in its {@linkplain RequestTarget one spelling}, so that no
 * other spelling of a path gets around an expression. Not thread-safe.
 */
public final class Requests {

    private final AccessLine access = new AccessLine();

    /** The line with the request's target in its one spelling; any other line, and one that has it so, as it is. */
    public LogLine seen(LogLine line) {
        byte[] bytes = line.buffer();
        if (!access.readToStatus(bytes, line.from(), line.to()) || !access.has(Field.TARGET)) {
            return line;
        }
        int start = access.start(Field.TARGET);
        int end = access.end(Field.TARGET);
        byte[] target = RequestTarget.normalized(bytes, start, end);
        if (target == null) {
            return line;
        }
        int head = start - line.from();
        int tail = line.to() - end;
        byte[] shown = new byte[head + target.length + tail];
        System.arraycopy(bytes, line.from(), shown, 0, head);
        System.arraycopy(target, 0, shown, head, target.length);
        System.arraycopy(bytes, end, shown, head + target.length, tail);
        return LogLine.of(shown, 0, shown.length);
    }
}
