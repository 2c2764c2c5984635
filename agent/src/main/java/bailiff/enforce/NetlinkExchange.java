package bailiff.enforce;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Transactions and questions over one netlink channel, which is opened when it is needed and again after it broke.
 *
 * <p>Not thread-safe: {@link NetlinkSets} owns it. Every {@code IOException} means "not known to be done"; the channel
 * is closed then.
 */
final class NetlinkExchange implements Closeable {

    /*
     * The kernel works on a datagram within the call that sends it, and has put its answers into our socket when that
     * call returns. So after a transaction nobody waits: whatever there is to read is there. Only the last message of a
     * transaction asks for an answer; that one, without a complaint beside it, means that all of it is in force. A
     * complaint about any message means that none of it is.
     */

    /** Answers to one transaction: a complaint for each of its messages at most, and a transaction has few. */
    private static final int MOST_ANSWERS = 100_000;

    /** Attempts to read a list that somebody changes meanwhile. */
    private static final int MOST_READINGS = 10;

    /** For all of these attempts together: no method of a {@link Firewall} takes longer than a minute. */
    private static final Duration LONGEST_DUMP = Duration.ofSeconds(50);

    /** What a channel's own array may keep between two transactions. */
    private static final int KEPT = 64 << 10;

    /** What is shown the messages of a dump. */
    @FunctionalInterface
    interface Visitor {

        /** Takes a message whose attributes lie there. */
        void visit(byte[] bytes, int from, int end) throws IOException;
    }

    private final NetlinkChannel.Source source;
    private final LongSupplier nanos;
    private final NetlinkWriter writer = new NetlinkWriter();
    private final byte[] answer = new byte[NetlinkWire.LONGEST_ANSWER];
    private @Nullable NetlinkChannel channel;
    private int sequence;

    NetlinkExchange(NetlinkChannel.Source source) {
        this(source, System::nanoTime);
    }

    /** The same with a clock like {@link System#nanoTime}. */
    NetlinkExchange(NetlinkChannel.Source source, LongSupplier nanos) {
        this.source = source;
        this.nanos = nanos;
    }

    /**
     * Carries out, all or nothing, what is written into the writer: at least one message.
     *
     * @return the kernel's refusal, or nothing when it is done
     */
    Optional<NetlinkRefusal> transact(Consumer<NetlinkWriter> messages) throws IOException {
        writer.clear(++sequence);
        writer.frame(NetlinkWire.BATCH_BEGIN);
        messages.accept(writer);
        writer.wantAnswer();
        writer.frame(NetlinkWire.BATCH_END);
        return guarded(open -> {
            int sent = open.send(writer.bytes(), writer.size());
            writer.shrink(KEPT);
            return sent == NetlinkChannel.TOO_LONG ? Optional.of(NetlinkRefusal.TOO_LONG) : outcome(open);
        });
    }

    /**
     * Asks for one thing that is or is not there.
     *
     * @param type the type of the message that says it is there
     * @return the refusal, or nothing when it is there
     */
    Optional<NetlinkRefusal> ask(int type, Consumer<NetlinkWriter> question) throws IOException {
        writer.clear(++sequence);
        question.accept(writer);
        return guarded(open -> {
            open.send(writer.bytes(), writer.size());
            for (int i = 0; i < MOST_ANSWERS; i++) {
                NetlinkAnswer message = new NetlinkAnswer(answer, heard(open));
                while (message.next()) {
                    if (message.sequence() == sequence && message.isError()) {
                        return message.refusal();
                    }
                    if (message.sequence() == sequence && message.type() == type) {
                        return Optional.empty();
                    }
                }
            }
            throw new IOException("the kernel answers with something else");
        });
    }

    /**
     * Asks for a list.
     *
     * @param visitor is shown each message of that type
     * @return the refusal, {@link NetlinkRefusal#INTERRUPTED} when what is listed changed meanwhile so that things may be
     *     missing, or nothing when the list is complete
     */
    Optional<NetlinkRefusal> list(int type, Consumer<NetlinkWriter> question, Visitor visitor) throws IOException {
        return list(type, question, visitor, nanos.getAsLong());
    }

    private Optional<NetlinkRefusal> list(int type, Consumer<NetlinkWriter> question, Visitor visitor, long start)
            throws IOException {
        writer.clear(++sequence);
        question.accept(writer);
        return guarded(open -> {
            open.send(writer.bytes(), writer.size());
            boolean interrupted = false;
            int generation = -1;
            while (nanos.getAsLong() - start < LONGEST_DUMP.toNanos()) {
                NetlinkAnswer message = new NetlinkAnswer(answer, heard(open));
                while (message.next()) {
                    if (message.sequence() != sequence) {
                        continue;
                    }
                    interrupted |= message.isInterrupted();
                    if (message.isError() || message.isDone()) {
                        Optional<NetlinkRefusal> refusal = message.refusal();
                        return refusal.isEmpty() && interrupted ? Optional.of(NetlinkRefusal.INTERRUPTED) : refusal;
                    }
                    if (message.type() == type) {
                        interrupted |= generation >= 0 && message.generation() != generation;
                        generation = message.generation();
                        visitor.visit(answer, message.attributes(), message.end());
                    }
                }
            }
            // Another program would not be quicker: what takes the time is the kernel.
            close();
            return Optional.of(NetlinkRefusal.TOO_SLOW);
        });
    }

    /** Reads a list from the beginning until it did not change meanwhile; what is not there is an empty list. */
    void read(int type, Consumer<NetlinkWriter> question, Runnable again, Visitor visitor)
            throws FirewallException, IOException {
        Optional<NetlinkRefusal> refusal = Optional.empty();
        long start = nanos.getAsLong();
        for (int i = 0; i < MOST_READINGS; i++) {
            again.run();
            refusal = list(type, question, visitor, start);
            if (refusal.isEmpty() || refusal.get().code() == NetlinkRefusal.NOT_THERE) {
                return;
            }
            if (!refusal.get().isInterrupted()) {
                break;
            }
        }
        throw new FirewallException(refusal.orElse(NetlinkRefusal.INTERRUPTED).why());
    }

    @Override
    public void close() {
        NetlinkChannel last = channel;
        channel = null;
        if (last != null) {
            last.close();
        }
    }

    private int heard(NetlinkChannel open) throws IOException {
        int length = open.receive(answer, true);
        if (length < 0) {
            throw new IOException("the kernel's answer was lost");
        }
        return length;
    }

    private Optional<NetlinkRefusal> outcome(NetlinkChannel open) throws IOException {
        Optional<NetlinkRefusal> refusal = Optional.empty();
        boolean done = false;
        for (int i = 0; i < MOST_ANSWERS; i++) {
            int length = open.receive(answer, false);
            if (length == NetlinkChannel.NOTHING) {
                if (refusal.isEmpty() && !done) {
                    throw new IOException("the kernel did not answer");
                }
                return refusal;
            }
            if (length == NetlinkChannel.OVERRUN) {
                // One answer always fits, so there were complaints.
                refusal = refusal.or(() -> Optional.of(NetlinkRefusal.TOO_MANY));
                continue;
            }
            NetlinkAnswer message = new NetlinkAnswer(answer, length);
            while (message.next()) {
                if (message.sequence() == sequence && message.isError()) {
                    Optional<NetlinkRefusal> complaint = message.refusal();
                    done |= complaint.isEmpty();
                    refusal = refusal.isPresent() ? refusal : complaint;
                }
            }
        }
        throw new IOException("the kernel's answers have no end");
    }

    /** Something to do with a channel. */
    @FunctionalInterface
    private interface Talk {
        Optional<NetlinkRefusal> with(NetlinkChannel open) throws IOException;
    }

    /** A channel that broke may still hold answers to what is no longer asked. */
    private Optional<NetlinkRefusal> guarded(Talk talk) throws IOException {
        boolean sound = false;
        try {
            NetlinkChannel open = channel;
            if (open == null) {
                open = source.open();
                channel = open;
            }
            Optional<NetlinkRefusal> result = talk.with(open);
            sound = true;
            return result;
        } finally {
            if (!sound) {
                close();
            }
        }
    }
}
