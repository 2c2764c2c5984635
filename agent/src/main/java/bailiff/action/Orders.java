package bailiff.action;

import bailiff.net.Cidr;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the actions of one jail have yet to be told, in its order. Safe for any thread; one thread takes. */
final class Orders {

    /*
     * The queue is bounded. When it is full, what comes is only noted in `wanted`, the bans that stand; once the queue
     * is empty, what the actions were told is compared with that, and the difference made good. So a ban that stands
     * is never lost; one that began and ended in the meantime is left out, and counted. Restored bans go that way from
     * the start: they are not news, and thousands of them must not fill the queue.
     */

    /** What may wait to be told to the actions; a command takes some milliseconds, so this is a minute's work. */
    static final int MOST_WAITING = 16_384;

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.action");

    /** One thing to tell. */
    sealed interface Order {
        record Ban(Ticket ticket) implements Order {}

        record Prolong(Ticket ticket) implements Order {}

        record Unban(Cidr subject) implements Order {}

        record Check(Cidr subject) implements Order {}

        record Become(List<ActionScript> scripts, boolean afterKill) implements Order {}

        record Compare() implements Order {}
    }

    private final String jail;
    private final ArrayDeque<Order> waiting = new ArrayDeque<>();
    private final Map<Cidr, Ticket> wanted = new LinkedHashMap<>();
    private Optional<List<ActionScript>> next = Optional.empty();
    private boolean afterKill;
    private boolean comparing;
    private long leftOut;
    private boolean ending;

    Orders(String jail) {
        this.jail = jail;
    }

    /**
     * The jail's actions are others from now on: that comes before all that waits.
     *
     * @param kill whether what the actions of a guard that was killed have left is to be undone before
     */
    synchronized void become(List<ActionScript> scripts, boolean kill) {
        next = Optional.of(List.copyOf(scripts));
        afterKill |= kill;
        notifyAll();
    }

    /** Somebody is banned. */
    synchronized void ban(Ticket ticket) {
        if (!ticket.restored()) {
            wanted.put(ticket.ban().subject(), ticket);
            add(new Order.Ban(ticket));
        } else if (wanted.putIfAbsent(ticket.ban().subject(), ticket) == null) {
            comparing = true;
            notifyAll();
        }
    }

    /** A ban that stands ends later than was said. */
    synchronized void prolong(Ticket ticket) {
        wanted.put(ticket.ban().subject(), ticket);
        add(new Order.Prolong(ticket));
    }

    /** A ban is over. */
    synchronized void unban(Cidr subject) {
        wanted.remove(subject);
        add(new Order.Unban(subject));
    }

    /** Somebody fails in spite of a ban; of no account when much waits. */
    synchronized void check(Cidr subject) {
        if (waiting.size() < MOST_WAITING / 2) {
            add(new Order.Check(subject));
        }
    }

    private synchronized void add(Order order) {
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
        notifyAll();
    }

    /** How many bans and unbans found no room. */
    synchronized long leftOut() {
        return leftOut;
    }

    /** How many wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** There will be no more: what waits is still taken, unless it is too late. */
    synchronized void end() {
        ending = true;
        notifyAll();
    }

    synchronized boolean isEnding() {
        return ending;
    }

    /** Waits for the next order; nothing at the end, and not all of them when by then it is late. */
    synchronized Optional<Order> take(BooleanSupplier late) throws InterruptedException {
        while (true) {
            if (ending && (late.getAsBoolean() || waiting.isEmpty())) {
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
            wait();
        }
    }

    /** The actions know of that ban. */
    synchronized void told(Ticket ticket) {
        // What attackers wrote is not kept for as long as the ban lasts: there may be hundreds of thousands.
        wanted.computeIfPresent(ticket.ban().subject(), (_, kept) -> kept.equals(ticket) ? ticket.plain() : kept);
    }

    /** The bans that stand. */
    synchronized Map<Cidr, Ticket> standing() {
        return new LinkedHashMap<>(wanted);
    }
}
