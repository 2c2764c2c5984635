package bailiff.source;

import java.io.IOException;
import java.util.Optional;

/**
 * Cuts what comes over a connection into messages, as RFC 6587 says: each either led by its length ("85 &lt;85&gt;Nov 21
 * ...") or ended by a line feed. Which of the two it is, the first byte tells, anew for each message: no message begins
 * with a digit. Holds at most one message of {@link LogFollower#LONGEST_LINE} bytes. Not thread-safe.
 */
final class SyslogFrames {

    /** Whoever announces more speaks another protocol, or wants to be skipped over for ever. */
    static final int LONGEST_FRAME = 1 << 20;

    private static final int KEPT = LogFollower.LONGEST_LINE + SyslogMessage.PRIORITY;

    private final byte[] kept = new byte[KEPT];
    private int size;
    private boolean cut;
    private State state = State.BEGIN;
    private int announced;

    private enum State {
        BEGIN,
        LENGTH,
        COUNTED,
        LINE
    }

    /**
     * Takes the bytes from {@code from} up to {@code to}.
     *
     * @throws IOException when they are no syslog: the connection is of no use any more
     */
    void take(byte[] bytes, int from, int to, Inlet.Receiver receiver) throws IOException, InterruptedException {
        for (int at = from; at < to; at++) {
            Optional<SyslogMessage> message = take(bytes[at]);
            if (message.isPresent()) {
                receiver.take(message.get());
            }
        }
    }

    private Optional<SyslogMessage> take(byte b) throws IOException {
        switch (state) {
            case BEGIN -> begin(b);
            case LENGTH -> length(b);
            case COUNTED -> {
                keep(b);
                announced--;
                return announced == 0 ? done() : Optional.empty();
            }
            case LINE -> {
                if (b == '\n') {
                    return done();
                }
                keep(b);
            }
        }
        return Optional.empty();
    }

    private void begin(byte b) {
        if (b >= '1' && b <= '9') {
            state = State.LENGTH;
            announced = b - '0';
        } else if (b != '\n' && b != '\r' && b != 0) {
            state = State.LINE;
            keep(b);
        }
    }

    private void length(byte b) throws IOException {
        if (b == ' ') {
            state = State.COUNTED;
        } else if (b >= '0' && b <= '9' && announced <= LONGEST_FRAME / 10) {
            announced = 10 * announced + b - '0';
        } else {
            throw new IOException("a message's length is no number of at most " + LONGEST_FRAME);
        }
    }

    private void keep(byte b) {
        if (size < KEPT) {
            kept[size] = b;
            size++;
        } else {
            cut = true;
        }
    }

    private Optional<SyslogMessage> done() {
        Optional<SyslogMessage> message = SyslogMessage.of(kept, 0, size, !cut);
        size = 0;
        cut = false;
        state = State.BEGIN;
        return message;
    }
}
