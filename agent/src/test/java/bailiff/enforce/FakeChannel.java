package bailiff.enforce;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.IntFunction;

/** A netlink channel that answers what the test wants. */
final class FakeChannel implements NetlinkChannel {

    /** Answers for the next message that is sent, given its sequence number. */
    IntFunction<byte[]> script = sequence -> new byte[0];

    /** How often the script is asked for each message that is sent. */
    int answersEach = 1;

    boolean tooLong;
    boolean broken;
    boolean overrun;
    boolean closed;

    private final Deque<byte[]> waiting = new ArrayDeque<>();

    @Override
    public int send(byte[] bytes, int length) throws IOException {
        if (broken) {
            throw new IOException("netlink send: broken");
        }
        if (tooLong) {
            return TOO_LONG;
        }
        int sequence = NetlinkWire.get32(bytes, 8);
        for (int i = 0; i < answersEach; i++) {
            byte[] answer = script.apply(sequence);
            if (answer.length > 0) {
                waiting.add(answer);
            }
        }
        return length;
    }

    @Override
    public int receive(byte[] buffer, boolean wait) throws IOException {
        if (overrun) {
            overrun = false;
            return OVERRUN;
        }
        byte[] answer = waiting.poll();
        if (answer == null && wait) {
            throw new IOException("netlink receive: timeout");
        }
        if (answer == null) {
            return NOTHING;
        }
        System.arraycopy(answer, 0, buffer, 0, answer.length);
        return answer.length;
    }

    @Override
    public void close() {
        closed = true;
    }
}
