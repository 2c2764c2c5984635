package bailiff.source;

import bailiff.door.SocketName;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sockets at which jails take syslog: each opened once, however many jails listen there, and kept while a jail is
 * begun anew, with what waits for it. Safe for any thread.
 */
public final class SyslogSockets implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.source");

    private record Key(String jail, SyslogAddress address) {}

    private final Path run;
    private final Map<SyslogAddress, SyslogPort> ports = new HashMap<>();
    private final Map<Key, Mailbox> mailboxes = new HashMap<>();
    private final Set<Key> inUse = new HashSet<>();
    private boolean closed;

    /**
     * No socket yet.
     *
     * @param run the guard's own directory, through which every user is let to a socket in it; nobody may list it
     */
    public SyslogSockets(Path run) {
        this.run = run.toAbsolutePath().normalize();
    }

    /** The directory in which sockets lie that are named without one. */
    public Path run() {
        return run;
    }

    /** What comes for that jail at that address, also when it came while the jail was being begun anew. */
    synchronized Mailbox take(String jail, SyslogAddress address) {
        Key key = new Key(jail, address);
        inUse.add(key);
        return mailboxes.computeIfAbsent(key, _ -> new Mailbox(jail, address));
    }

    /**
     * Sees to it that messages come into the mailbox: opens the socket where it is not open, or not reached any more.
     *
     * @return why they do not, as a sentence; empty when they do
     */
    synchronized String connect(Mailbox mailbox) {
        if (closed || !inUse.contains(new Key(mailbox.owner(), mailbox.address()))) {
            return "The guard is ending.";
        }
        SyslogPort port = soundPort(mailbox.address());
        if (port == null) {
            try {
                port = SyslogPort.open(mailbox.address());
                letThrough(mailbox.address());
            } catch (IOException e) {
                return "It cannot be opened: " + e.getMessage() + ".";
            }
            ports.put(mailbox.address(), port);
            LOG.info("Syslog is taken at {}.", mailbox.address());
            port.add(mailbox);
            mailboxes.values().stream()
                    .filter(other -> other != mailbox && other.address().equals(mailbox.address()))
                    .forEach(port::add);
        } else if (!port.has(mailbox)) {
            port.add(mailbox);
        }
        return "";
    }

    /** The open port; null where there is none, or one that nothing reaches any more and that is gone now. */
    private @Nullable SyslogPort soundPort(SyslogAddress address) {
        SyslogPort port = ports.get(address);
        if (port == null || port.isSound()) {
            return port;
        }
        ports.remove(address);
        LOG.warn("Nothing reached {} any more: it is opened again.", address);
        try {
            port.makeWay();
        } catch (IOException e) {
            LOG.warn("A socket for syslog was not closed cleanly: {}.", e.getMessage());
        }
        return null;
    }

    /* The directory was made for the control socket, which keeps others out by its own permissions. */
    private void letThrough(SyslogAddress address) {
        boolean ours = address instanceof SyslogAddress.Unix(Path path) && run.equals(path.getParent());
        if (!ours) {
            return;
        }
        try {
            SocketName.letThrough(run);
        } catch (IOException e) {
            LOG.warn("Other users cannot be let through {} to the socket in it: {}.", run, e.getMessage());
        }
    }

    /** The jail has ended, or is about to be begun anew: what comes for it is kept until {@link #sweep}. */
    synchronized void leave(Mailbox mailbox) {
        inUse.remove(new Key(mailbox.owner(), mailbox.address()));
    }

    /** Closes the sockets at which no jail listens any more. To be called when all jails have been begun. */
    public synchronized void sweep() {
        mailboxes.entrySet().removeIf(entry -> !inUse.contains(entry.getKey()) && end(entry.getValue()));
        for (Iterator<Map.Entry<SyslogAddress, SyslogPort>> each =
                        ports.entrySet().iterator();
                each.hasNext(); ) {
            Map.Entry<SyslogAddress, SyslogPort> port = each.next();
            if (port.getValue().isUnused()) {
                each.remove();
                close(port.getValue());
            }
        }
    }

    private boolean end(Mailbox mailbox) {
        mailbox.close();
        Optional.ofNullable(ports.get(mailbox.address())).ifPresent(port -> port.remove(mailbox));
        return true;
    }

    private static void close(SyslogPort port) {
        try {
            port.close();
        } catch (IOException e) {
            LOG.warn("A socket for syslog was not closed cleanly: {}.", e.getMessage());
        }
    }

    /** Closes all of them. */
    @Override
    public synchronized void close() {
        closed = true;
        inUse.clear();
        sweep();
    }
}
