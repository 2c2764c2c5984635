package bailiff.demo;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What our plugin does in WordPress, done for the toy site: asks the guard's shield before a password is looked at, and
 * logs what came of the visit. Safe for any thread.
 */
final class ToyPlugin {

    /* The real one waits 5 ms; a Java that has only just begun to run may need more to read an answer. */
    private static final int PATIENCE_MILLIS = 20;
    private static final int LONGEST_ANSWER = 100;

    private final AuthLog log;
    private final Path shield;
    private final int patience;

    /**
     * A plugin that asks whenever somebody logs in.
     *
     * @param shield the guard's socket; need not be there yet
     */
    ToyPlugin(AuthLog log, Path shield) {
        this(log, shield, PATIENCE_MILLIS);
    }

    ToyPlugin(AuthLog log, Path shield, int patience) {
        this.log = log;
        this.shield = shield;
        this.patience = patience;
    }

    /** Deals with a visit that has got through to the site: answered or refused. */
    Outcome receive(Visit visit) throws IOException {
        Outcome outcome =
                visit.door() == Visit.Door.LOGIN && isRefused(ask(visit)) ? Outcome.REFUSED : Outcome.ANSWERED;
        log.write(visit, outcome);
        return outcome;
    }

    /* "count" comes from a guard that only observes, on paper: there a ban counts for silence, and this for refusal. */
    private static boolean isRefused(String answer) {
        return answer.startsWith("refuse ") || answer.startsWith("count ");
    }

    /** The shield's answer, as docs/shield.md has it; empty when there is none in time. */
    private String ask(Visit visit) {
        String question = "ask ip=" + visit.from() + " door=login site=" + AuthLog.SITE + " user=" + visit.user()
                + " known=1 proto=HTTP/1.0" + visit.looks() + "\n";
        try (SocketChannel guard = SocketChannel.open(UnixDomainSocketAddress.of(shield));
                Selector arrival = Selector.open()) {
            guard.write(ByteBuffer.wrap(question.getBytes(StandardCharsets.US_ASCII)));
            guard.configureBlocking(false);
            guard.register(arrival, SelectionKey.OP_READ);
            arrival.select(patience);
            ByteBuffer answer = ByteBuffer.allocate(LONGEST_ANSWER);
            guard.read(answer);
            return new String(answer.array(), 0, answer.position(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return ""; // nobody is there to ask: the visit goes on
        }
    }
}
