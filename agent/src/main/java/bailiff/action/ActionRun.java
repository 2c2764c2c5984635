package bailiff.action;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One action of one jail and its life, as fail2ban lets its actions live: started for each family when it is needed,
 * checked and repaired when a command fails, stopped where it was started. Not thread-safe: the jail's actions' thread
 * owns it.
 */
final class ActionRun {

    /*
     * An action whose file says something for one family only lives once for each family, any other one once. Where
     * two families come to the same command, which is started, stopped or flushed only once, Executed tells.
     *
     * fail2ban keeps an action without families under the empty family when it starts it, and under the ban's family
     * when it repairs it, and so does not start it again after having stopped it for a repair. Here it is one.
     */
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.action");
    private static final int STARTED = 1;
    private static final int HAS_BANS = 2;

    private enum Sanity {
        SANE,
        LEFT_ALONE,
        BROKEN
    }

    private final ActionScript script;
    private final Room room;
    private final Epochs epochs;
    private final Map<String, Integer> states = new LinkedHashMap<>();
    private final Executed executed = new Executed();
    private int epoch;

    ActionRun(ActionScript script, Room room, Epochs epochs) {
        this.script = script;
        this.room = room;
        this.epochs = epochs;
    }

    ActionScript script() {
        return script;
    }

    /** The last time that its surroundings were found broken; bans of before may be gone. */
    int epoch() {
        return epoch;
    }

    /** To be called once, when the jail starts; runs something only where the action does not start on demand. */
    void start() throws ActionException {
        if (!script.startsOnDemand()) {
            start(script.families(room.ipv6()));
        }
    }

    private void start(Collection<String> families) throws ActionException {
        execute(Operation.START, families, (family, good) -> {
            if (good) {
                executed.forget(Operation.STOP, family);
                states.put(family, STARTED);
            }
        });
    }

    void ban(Ticket ticket) throws ActionException {
        ban(ticket, Operation.BAN);
    }

    void reban(Ticket ticket) throws ActionException {
        ban(ticket, script.has(Operation.REBAN) ? Operation.REBAN : Operation.BAN);
    }

    private void ban(Ticket ticket, Operation operation) throws ActionException {
        String family = key(ticket);
        if (script.startsOnDemand() && !isStarted(family)) {
            start(List.of(family));
        }
        process(operation, ticket);
        states.merge(family, STARTED | HAS_BANS, (one, other) -> one | other);
        executed.forget(Operation.FLUSH);
    }

    /** Nothing where the action has no such command. */
    void prolong(Ticket ticket) throws ActionException {
        if (script.has(Operation.PROLONG)) {
            process(Operation.PROLONG, ticket);
        }
    }

    /** Nothing where nobody of that family was banned. */
    void unban(Ticket ticket) throws ActionException {
        if ((states.getOrDefault(key(ticket), 0) & HAS_BANS) != 0) {
            process(Operation.UNBAN, ticket);
        }
    }

    /** Ends all its bans at once; only for an action that has such a command. */
    void flush() throws ActionException {
        List<String> full = families(STARTED | HAS_BANS);
        execute(Operation.FLUSH, full, (family, good) -> {
            if (good) {
                states.computeIfPresent(family, (_, state) -> state & ~HAS_BANS);
            }
        });
    }

    /** Undoes what starting did, where it was started. */
    void stop() throws ActionException {
        List<String> started = families(STARTED);
        states.clear();
        stop(started);
    }

    private void stop(List<String> families) throws ActionException {
        execute(Operation.STOP, families, (family, good) -> {
            if (good) {
                executed.forget(Operation.START, family);
            }
        });
    }

    /**
     * Undoes what an earlier run may have left. Only for an action that can end all its bans at once: its stop takes what
     * it made out of a packet filter or a file. Others, those that mail above all, have nothing to undo. It fails where
     * nothing was left, which is well.
     */
    void sweep() {
        if (!script.has(Operation.FLUSH)) {
            return;
        }
        for (String family : script.families(room.ipv6())) {
            for (Operation operation : List.of(Operation.FLUSH, Operation.STOP)) {
                try {
                    run(operation(operation, family));
                } catch (ActionException e) {
                    // Its start will say the same of the same tags, where it is heard.
                    LOG.debug("[{}] {}", room.jail(), e.why());
                }
            }
        }
    }

    /** The configuration was read again and has not changed for this action. */
    void reload() throws ActionException {
        executed.forget(Operation.RELOAD);
        execute(Operation.RELOAD, families(STARTED), (_, _) -> {});
    }

    /** Looks whether its surroundings are as it left them, and mends them if it may; false when they stay broken. */
    boolean check(BooleanSupplier mayMend) throws ActionException {
        boolean sane = true;
        if (script.has(Operation.CHECK)) {
            for (String family : families(STARTED)) {
                if (look(family, mayMend, true) == Sanity.BROKEN) {
                    states.put(family, 0);
                    executed.forget(Operation.START, family);
                    sane = false;
                }
            }
        }
        return sane;
    }

    private void process(Operation operation, Ticket ticket) throws ActionException {
        ShellCommand command = DynamicTags.put(
                script.command(operation, ticket.family()), new TicketTags(ticket, room.background(), room.names()));
        Shell.Outcome outcome = run(command);
        if (!outcome.isGood() && canRepeat(operation, ticket)) {
            outcome = run(command);
        }
        if (!outcome.isGood()) {
            throw new ActionException(
                    "Error " + operation.doing() + " " + ticket.ban().subject() + ": " + outcome.words());
        }
    }

    private boolean canRepeat(Operation operation, Ticket ticket) throws ActionException {
        if (!script.has(Operation.CHECK)) {
            return true;
        }
        boolean unban = operation == Operation.UNBAN;
        BooleanSupplier mayMend = () -> {
            if (unban && !script.repairsOnUnban()) {
                LOG.error("[{}] Invariant check failed. Unban is impossible.", room.jail());
                return false;
            }
            return true;
        };
        return look(key(ticket), mayMend, !unban) == Sanity.SANE;
    }

    private Sanity look(String family, BooleanSupplier mayMend, boolean mayStart) throws ActionException {
        if (!mayStart && !states.containsKey(family)) {
            return Sanity.SANE;
        }
        ShellCommand check = operation(Operation.CHECK, family);
        if (run(check).isGood()) {
            return Sanity.SANE;
        }
        if (!mayMend.getAsBoolean()) {
            return Sanity.LEFT_ALONE;
        }
        LOG.error("[{}] Invariant check failed. Trying to restore a sane environment", room.jail());
        epoch = epochs.next();
        mend(family, mayStart);
        if (!isStarted(family) || !run(check).isGood()) {
            LOG.error("[{}] Unable to restore environment", room.jail());
            return Sanity.BROKEN;
        }
        return Sanity.SANE;
    }

    private void mend(String family, boolean mayStart) throws ActionException {
        ShellCommand repair = operation(Operation.REPAIR, family);
        if (!repair.text().isEmpty()) {
            states.put(family, run(repair).isGood() ? STARTED : 0);
            return;
        }
        if (states.containsKey(family)) {
            states.put(family, 0);
            try {
                stop(List.of(family));
            } catch (ActionException e) {
                // What is broken can rarely be stopped; whether starting it helps is looked at.
                LOG.debug("[{}] {}", room.jail(), e.why());
            }
            // Its stop may have failed, and then it is not known to be over.
            executed.forget(Operation.START, family);
        }
        if (mayStart || !script.startsOnDemand()) {
            start(List.of(family));
        }
    }

    private void execute(Operation operation, Collection<String> families, BiConsumer<String, Boolean> then)
            throws ActionException {
        String trouble = "";
        for (String family : families) {
            ShellCommand command = operation(operation, family);
            boolean good = true;
            if (!command.text().isEmpty() && !executed.isDoneForAnother(operation, family, command.text())) {
                Shell.Outcome outcome = run(command);
                good = outcome.isGood();
                trouble = good ? trouble : outcome.words();
            }
            then.accept(family, good);
            if (good && !command.text().isEmpty()) {
                executed.note(operation, family, command.text());
            } else {
                executed.forget(operation, family);
            }
        }
        if (!trouble.isEmpty()) {
            throw new ActionException(
                    "Error " + operation.doing() + " action " + room.jail() + "/" + script.label() + ": " + trouble);
        }
    }

    private ShellCommand operation(Operation operation, String family) throws ActionException {
        String now = TicketTags.time(room.clock().instant());
        return DynamicTags.put(
                script.command(operation, family), new JailTags(family, now, room.background(), room.names()));
    }

    private Shell.Outcome run(ShellCommand command) {
        return command.text().isEmpty()
                ? new Shell.Outcome(0, "")
                : room.shell().run(command, script.timeout());
    }

    private List<String> families(int state) {
        return states.entrySet().stream()
                .filter(entry -> (entry.getValue() & state) == state)
                .map(Map.Entry::getKey)
                .toList();
    }

    private boolean isStarted(String family) {
        return (states.getOrDefault(family, 0) & STARTED) != 0;
    }

    private String key(Ticket ticket) {
        return script.isConditional() ? ticket.family() : "";
    }
}
