package bailiff.action;

import bailiff.ban.Ban;
import bailiff.net.Cidr;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the actions of one jail, one command at a time, on a thread of its own, in the order of the jail's bans. Safe
 * for any thread; whoever tells it something does not wait.
 */
public final class ActionWorker {

    /*
     * The queue is bounded. When it is full, what comes is only noted in `wanted`, the bans that stand; once the queue
     * is empty, what the actions were told is compared with that, and the difference made good. So a ban that stands
     * is never lost; one that began and ended in the meantime is left out, and counted. Restored bans go that way from
     * the start: they are not news, and thousands of them must not fill the queue.
     */

    /** What may wait to be told to the actions; a command takes some milliseconds, so this is a minute's work. */
    static final int MOST_WAITING = 16_384;

    /** How long the bans and unbans that wait are still carried out at the end. */
    private static final Duration LAST_ORDERS = Duration.ofSeconds(10);

    /** How long the bans are undone at the end, and then how long what the start did. */
    private static final Duration UNDOING = Duration.ofSeconds(20);

    private static final Duration STOPPING = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.action");

    /**
     * Where and when a worker's commands run.
     *
     * @param prefix words before every command; empty but in tests
     * @param ipv6 whether this machine speaks IPv6
     * @param predecessor the jail's worker before this one, whose end is waited for; null where there is none
     */
    public record Place(
            List<String> prefix, boolean ipv6, @Nullable ActionWorker predecessor) {}

    private sealed interface Order {
        record Ban(Ticket ticket) implements Order {}

        record Prolong(Ticket ticket) implements Order {}

        record Unban(Cidr subject) implements Order {}

        record Check(Cidr subject) implements Order {}

        record Become(List<ActionScript> scripts, boolean afterKill) implements Order {}

        record Compare() implements Order {}
    }

    private final String jail;
    private final HurriedShell shell;
    private final JailActions actions;
    private final Complaints complaints;
    private final ActionListener listener;
    private final Thread thread;

    private final Object lock = new Object();
    private final ArrayDeque<Order> waiting = new ArrayDeque<>();
    private final Map<Cidr, Ticket> wanted = new LinkedHashMap<>();
    private Optional<List<ActionScript>> next = Optional.empty();
    private boolean afterKill;
    private boolean comparing;
    private long leftOut;
    private boolean ending;
    private @Nullable ActionWorker predecessor;

    /**
     * A worker that runs until {@link #end}.
     *
     * @param place where and when its commands run
     */
    public static ActionWorker start(String jail, Background background, ActionListener listener, Place place) {
        Shell shell = new ProcessShell(place.prefix());
        ActionWorker worker = new ActionWorker(jail, shell, background, listener, InstantSource.system(), place.ipv6());
        worker.predecessor = place.predecessor();
        worker.thread.start();
        return worker;
    }

    /** A worker over another shell; {@link #begin} starts it. */
    ActionWorker(
            String jail,
            Shell shell,
            Background background,
            ActionListener listener,
            InstantSource clock,
            boolean ipv6) {
        this.jail = jail;
        this.shell = new HurriedShell(shell);
        this.complaints = new Complaints(jail);
        this.listener = listener;
        Room room = new Room(jail, this.shell, background, new HostNames(), clock, ipv6);
        this.actions = new JailActions(room, complaints);
        this.thread = Thread.ofPlatform().daemon().name("actions-" + jail).unstarted(this::run);
    }

    void begin() {
        thread.start();
    }

    /** These are the jail's actions from now on; those that it has and that have not changed go on. */
    public void become(List<ActionScript> scripts) {
        synchronized (lock) {
            next = Optional.of(List.copyOf(scripts));
            lock.notifyAll();
        }
    }

    /**
     * The same for the first actions of a jail whose guard was killed: what that one's actions have left is undone before
     * these start, so that nobody stays shut out whose ban is over or is not known to have been told before.
     */
    public void becomeAfterKill(List<ActionScript> scripts) {
        synchronized (lock) {
            afterKill = true;
            become(scripts);
        }
    }

    /** Somebody is banned. */
    public void ban(Ticket ticket) {
        synchronized (lock) {
            if (!ticket.restored()) {
                wanted.put(ticket.ban().subject(), ticket);
                add(new Order.Ban(ticket));
            } else if (wanted.putIfAbsent(ticket.ban().subject(), ticket) == null) {
                comparing = true;
                lock.notifyAll();
            }
        }
    }

    /** A ban that stands ends later than was said. */
    public void prolong(Ticket ticket) {
        synchronized (lock) {
            wanted.put(ticket.ban().subject(), ticket);
            add(new Order.Prolong(ticket));
        }
    }

    /** A ban is over. */
    public void unban(Ban ban) {
        synchronized (lock) {
            wanted.remove(ban.subject());
            add(new Order.Unban(ban.subject()));
        }
    }

    /** Somebody fails in spite of a ban. */
    public void check(Ban ban) {
        synchronized (lock) {
            if (waiting.size() < MOST_WAITING / 2) {
                add(new Order.Check(ban.subject()));
            }
        }
    }

    /** With the lock. */
    private void add(Order order) {
        if (waiting.size() < MOST_WAITING) {
            waiting.add(order);
        } else {
            comparing = true;
            leftOut++;
            if (leftOut == 1) {
                LOG.warn(
                        "[{}] More than {} bans and unbans wait for the jail's actions. They will be told who is banned"
                                + " then; what begins and ends before is left out.",
                        jail,
                        MOST_WAITING);
            }
        }
        lock.notifyAll();
    }

    /** What is wrong with the actions now, a sentence each; none where all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>(complaints.now());
        synchronized (lock) {
            if (leftOut > 0) {
                problems.add(leftOut + " bans and unbans came faster than the jail's actions could be told.");
            }
        }
        return problems;
    }

    /** How many bans and unbans the actions have not been told of yet. */
    public int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    /** Asks the worker to undo everything and end; {@link #awaitEnd} waits for that. */
    public void end() {
        synchronized (lock) {
            ending = true;
            shell.hurry(LAST_ORDERS);
            lock.notifyAll();
        }
    }

    /** Waits for the end: some fifty seconds where commands hang; false when it has not come by then. */
    public boolean awaitEnd() throws InterruptedException {
        Duration last = LAST_ORDERS.plus(HurriedShell.KILLING);
        if (!thread.join(last)) {
            thread.interrupt();
        }
        return thread.join(UNDOING.plus(STOPPING).plus(last));
    }

    /** Whether all is undone. */
    public boolean hasEnded() {
        return thread.getState() == Thread.State.TERMINATED;
    }

    private void run() {
        try {
            if (predecessor != null) {
                predecessor.awaitEnd();
                predecessor = null;
            }
            for (Optional<Order> order = take(); order.isPresent(); order = take()) {
                carryOut(order.get());
            }
            // Whatever was interrupted to come here in time.
            Thread.interrupted();
            shell.hurry(UNDOING);
            undo();
        } catch (InterruptedException e) {
            LOG.debug("[{}] The actions' thread was interrupted.", jail);
        }
    }

    private void undo() {
        synchronized (lock) {
            if (!waiting.isEmpty()) {
                LOG.warn("[{}] {} bans and unbans were not told to the jail's actions any more.", jail, waiting.size());
            }
        }
        actions.endBans();
        shell.hurry(STOPPING);
        actions.end();
    }

    private Optional<Order> take() throws InterruptedException {
        synchronized (lock) {
            while (true) {
                if (ending && (shell.isLate() || waiting.isEmpty())) {
                    return Optional.empty();
                }
                if (next.isPresent()) {
                    Order order = new Order.Become(next.get(), afterKill);
                    next = Optional.empty();
                    afterKill = false;
                    return Optional.of(order);
                }
                if (!waiting.isEmpty()) {
                    return Optional.of(waiting.remove());
                }
                if (comparing) {
                    comparing = false;
                    return Optional.of(new Order.Compare());
                }
                lock.wait();
            }
        }
    }

    private void carryOut(Order order) {
        switch (order) {
            case Order.Ban(Ticket ticket) -> told(ticket, actions.ban(ticket));
            case Order.Prolong(Ticket ticket) -> told(ticket, actions.prolong(ticket));
            case Order.Unban(Cidr subject) -> actions.unban(subject);
            case Order.Check(Cidr subject) -> actions.check(subject);
            case Order.Become(List<ActionScript> scripts, boolean sweeping) -> {
                if (sweeping) {
                    actions.sweep(scripts);
                }
                actions.become(scripts);
            }
            case Order.Compare() -> compare();
        }
    }

    private void told(Ticket ticket, String failures) {
        synchronized (lock) {
            // What attackers wrote is not kept for as long as the ban lasts: there may be hundreds of thousands.
            wanted.computeIfPresent(ticket.ban().subject(), (_, kept) -> kept.equals(ticket) ? ticket.plain() : kept);
        }
        listener.done(ticket.ban(), failures);
    }

    private void compare() {
        Map<Cidr, Ticket> standing;
        synchronized (lock) {
            standing = new LinkedHashMap<>(wanted);
        }
        for (Cidr subject : actions.held()) {
            if (!standing.containsKey(subject) && !isEnding()) {
                actions.unban(subject);
            }
        }
        for (Ticket ticket : standing.values()) {
            if (!actions.holds(ticket.ban().subject()) && !isEnding()) {
                told(ticket, actions.ban(ticket));
            }
        }
    }

    private boolean isEnding() {
        synchronized (lock) {
            return ending;
        }
    }
}
