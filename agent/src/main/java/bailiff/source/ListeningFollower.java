package bailiff.source;

import bailiff.line.LogLine;
import bailiff.source.SourceState.Condition;
import bailiff.source.SourceState.Tally;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands over what comes by syslog's protocol, besides what another follower reads.
 *
 * <p>Nothing can be read again that came by a socket, so there is no bookmark for it: what the guard has received and not
 * examined when it is killed is lost. Not thread-safe: one jail's thread owns it.
 */
public final class ListeningFollower implements Follower {

    /** How often a socket that cannot be opened is tried again: another program may let go of it. */
    private static final Duration TRY_EVERY = Duration.ofSeconds(10);

    /** How often it is looked whether a socket is still there: a clean-up may remove its file. */
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    private final Follower others;
    private final SyslogSockets sockets;
    private final List<Listening> addresses;
    private final InstantSource clock;
    private Instant nextTry = Instant.MIN;

    /** One address: what comes there, and how much came. */
    private static final class Listening {

        private final Mailbox mailbox;
        private final Path name;
        private String problem = "";
        private long lines;
        private long overlong;
        private Instant lastRead = Instant.EPOCH;

        Listening(Mailbox mailbox) {
            this.mailbox = mailbox;
            this.name = Path.of(mailbox.address().toString());
        }

        SourceState state() {
            Condition condition = problem.isEmpty() ? Condition.FOLLOWED : Condition.UNREADABLE;
            long dropped = mailbox.dropped();
            String reason = problem.isEmpty() && dropped > 0
                    ? dropped + " lines came faster than they could be examined, and were dropped."
                    : problem;
            return new SourceState(
                    name, condition, reason, mailbox.bytes(), lastRead, new Tally(lines, overlong, 0, 0));
        }
    }

    /**
     * Opens the sockets that can be opened.
     *
     * @param others reads the jail's files or its journal; closed with this one
     * @param jail the jail's name
     */
    public ListeningFollower(
            Follower others, SyslogSockets sockets, String jail, List<SyslogAddress> at, InstantSource clock) {
        this.others = others;
        this.sockets = sockets;
        this.clock = clock;
        this.addresses = at.stream()
                .map(address -> new Listening(sockets.take(jail, address)))
                .toList();
        connect();
    }

    private void connect() {
        addresses.forEach(one -> one.problem = sockets.connect(one.mailbox));
        boolean isSound = addresses.stream().allMatch(one -> one.problem.isEmpty());
        nextTry = clock.instant().plus(isSound ? LOOK_EVERY : TRY_EVERY);
    }

    @Override
    public boolean read(int maxBytes, LineSink sink) {
        if (!clock.instant().isBefore(nextTry)) {
            connect();
        }
        boolean more = false;
        for (Listening one : addresses) {
            more |= read(one, maxBytes, sink);
        }
        more |= others.read(maxBytes, sink);
        return more;
    }

    private boolean read(Listening from, int maxBytes, LineSink sink) {
        long left = maxBytes;
        while (left > 0 && !sink.isEnough()) {
            Optional<SyslogMessage> message = from.mailbox.poll();
            if (message.isEmpty()) {
                return false;
            }
            left -= message.get().line().length() + Mailbox.ENTRY;
            take(from, message.get(), sink);
        }
        return from.mailbox.bytes() > 0;
    }

    private void take(Listening from, SyslogMessage message, LineSink sink) {
        from.lines++;
        from.overlong += message.whole() ? 0 : 1;
        from.lastRead = clock.instant();
        LogLine line =
                message.dated() ? message.line() : LogLine.of(message.line().text(), from.lastRead);
        sink.line(from.name, line, true, message.whole());
    }

    @Override
    public Duration rest() {
        Duration rest = others.rest();
        Duration left = Duration.between(clock.instant(), nextTry);
        Duration due = left.isPositive() ? left : Duration.ofSeconds(1);
        return due.compareTo(rest) < 0 ? due : rest;
    }

    @Override
    public ChangeWatcher.Registration wakeBy(ChangeWatcher watcher, Runnable wake) {
        addresses.forEach(one -> one.mailbox.wakeBy(wake));
        return others.wakeBy(watcher, wake);
    }

    @Override
    public Map<String, String> bookmarks() {
        return others.bookmarks();
    }

    @Override
    public List<SourceState> states() {
        List<SourceState> states = new ArrayList<>(others.states());
        addresses.forEach(one -> states.add(one.state()));
        return states;
    }

    /** Ends reading. What waits is kept for the jail's next follower, until the sockets are swept. */
    @Override
    public void close() {
        addresses.forEach(one -> sockets.leave(one.mailbox));
        others.close();
    }
}
