package bailiff.action;

import bailiff.net.Cidr;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actions of one jail, told of its bans in the order in which the jail names them, and stopped in the reverse one.
 * One that fails does not keep the next from running. Not thread-safe: the jail's actions' thread owns it.
 */
final class JailActions {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.action");

    /* As in fail2ban: failures in spite of a ban may come by the dozen, and mean one look. */
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(3);

    /** A ban that the actions were told of, and when by the count of broken surroundings. */
    private record Held(Ticket ticket, int epoch) {}

    /** What one action is told. */
    @FunctionalInterface
    private interface Order {
        void to(ActionRun action) throws ActionException;
    }

    /* What the filter found is for the unban, too. Attackers wrote it, and may be banned by the hundred thousand. */
    private static final int MOST_WITH_GROUPS = 5_000;

    private final Room room;
    private final Complaints complaints;
    private final Epochs epochs = new Epochs();
    private final Map<String, ActionRun> actions = new LinkedHashMap<>();
    private final Map<Cidr, Held> held = new LinkedHashMap<>();
    private Instant checked = Instant.MIN;

    JailActions(Room room, Complaints complaints) {
        this.room = room;
        this.complaints = complaints;
    }

    /**
     * From now on these are the actions. What has not changed goes on and is told to reload; what is gone is undone;
     * what is new starts, and is told of the bans that stand.
     */
    void become(List<ActionScript> scripts) {
        List<ActionRun> gone = actions.values().stream()
                .filter(action -> !scripts.contains(action.script()))
                .toList();
        List<ActionRun> kept = new ArrayList<>(actions.values());
        kept.removeAll(gone);
        kept.forEach(action -> tell(action, "reload", "", ActionRun::reload));
        gone.forEach(this::undo);
        stop(gone);
        Map<String, ActionRun> before = new LinkedHashMap<>(actions);
        gone.forEach(action -> before.remove(action.script().label()));
        actions.clear();
        for (ActionScript script : scripts) {
            ActionRun action = before.get(script.label());
            if (action == null) {
                action = new ActionRun(script, room, epochs);
                tell(action, "start", "", ActionRun::start);
                ActionRun fresh = action;
                held.values().forEach(ban -> ban(fresh, ban.ticket().again()));
            }
            actions.put(script.label(), action);
        }
    }

    /**
     * Undoes what these actions may have left when they were not stopped, before they start: to ban somebody a second
     * time is for many of them to need two unbans.
     */
    void sweep(List<ActionScript> scripts) {
        for (ActionScript script : scripts) {
            new ActionRun(script, room, epochs).sweep();
        }
    }

    /** Whether the actions were told of a ban of that subject. */
    boolean holds(Cidr subject) {
        return held.containsKey(subject);
    }

    /** The subjects of whose bans the actions were told. */
    List<Cidr> held() {
        return List.copyOf(held.keySet());
    }

    /** Bans, or prolongs where the subject is banned; says what failed, empty where nothing did. */
    String ban(Ticket ticket) {
        Cidr subject = ticket.ban().subject();
        Held before = held.get(subject);
        if (before != null) {
            return prolong(ticket);
        }
        StringBuilder failures = new StringBuilder();
        for (ActionRun action : actions.values()) {
            add(failures, ban(action, ticket));
        }
        held.put(subject, new Held(kept(ticket), epochs.now()));
        return failures.toString();
    }

    private Ticket kept(Ticket ticket) {
        return held.size() < MOST_WITH_GROUPS ? ticket : ticket.plain();
    }

    private String ban(ActionRun action, Ticket ticket) {
        if (ticket.restored() && action.script().skipsRestored()) {
            return "";
        }
        return tell(action, "ban", words(ticket), run -> run.ban(ticket));
    }

    /** The ban ends later than was said; says what failed. */
    String prolong(Ticket ticket) {
        Cidr subject = ticket.ban().subject();
        Held before = held.get(subject);
        if (before == null) {
            return "";
        }
        StringBuilder failures = new StringBuilder();
        boolean restored = before.ticket().restored();
        Ticket longer = new Ticket(ticket.ban(), ticket.groups(), restored);
        held.put(subject, new Held(kept(longer), before.epoch()));
        for (ActionRun action : actions.values()) {
            if (!(restored && action.script().skipsRestored())) {
                add(failures, tell(action, "prolong", words(ticket), run -> run.prolong(longer)));
            }
        }
        return failures.toString();
    }

    /** The ban is over. */
    void unban(Cidr subject) {
        Held ban = held.remove(subject);
        if (ban != null) {
            actions.values().forEach(action -> unban(action, ban.ticket()));
        }
    }

    private void unban(ActionRun action, Ticket ticket) {
        tell(action, "unban", words(ticket), run -> run.unban(ticket));
    }

    /** The subject fails in spite of its ban: looks whether the actions' surroundings are sound, and bans anew if not. */
    void check(Cidr subject) {
        Held ban = held.get(subject);
        if (ban == null) {
            return;
        }
        Instant now = room.clock().instant();
        if (ban.epoch() == epochs.now() && now.isAfter(checked.plus(BETWEEN_CHECKS))) {
            checked = now;
            actions.values().forEach(action -> tell(action, "check", "", run -> run.check(() -> true)));
        }
        if (ban.epoch() < epochs.now()) {
            LOG.info("[{}] Reban {}", room.jail(), subject);
            actions.values().stream()
                    .filter(action -> action.epoch() > ban.epoch())
                    .forEach(action -> tell(action, "reban", words(ban.ticket()), run -> run.reban(ban.ticket())));
            held.put(subject, new Held(ban.ticket(), epochs.now()));
        }
    }

    /** Undoes every ban. */
    void endBans() {
        actions.values().forEach(this::undo);
        held.clear();
    }

    /** Undoes what starting did, the last action first; nothing runs after that. */
    void end() {
        stop(actions.values());
        actions.clear();
    }

    private void stop(Collection<ActionRun> ending) {
        List.copyOf(ending).reversed().forEach(action -> {
            tell(action, "stop", "", ActionRun::stop);
            complaints.forget(action.script().label());
        });
    }

    private void undo(ActionRun action) {
        if (!action.script().has(Operation.FLUSH)) {
            held.values().forEach(ban -> unban(action, ban.ticket()));
            return;
        }
        String failure = tell(action, "flush", "", ActionRun::flush);
        if (!failure.isEmpty()) {
            LOG.info("[{}] No flush occurred, do consistency check", room.jail());
            tell(action, "check", "", run -> run.check(action.script()::repairsOnUnban));
        }
    }

    /** Tells one action something; says what failed, empty where nothing did. */
    private String tell(ActionRun action, String doing, String about, Order order) {
        String label = action.script().label();
        Complaints.Key what = new Complaints.Key(label, doing);
        try {
            order.to(action);
            complaints.succeeded(what);
            return "";
        } catch (ActionException e) {
            String execute = about.isEmpty() ? doing : "execute " + doing;
            String info = about.isEmpty() ? "" : " info '" + about + "'";
            complaints.failed(
                    what,
                    "Failed to " + execute + " jail '" + room.jail() + "' action '" + label + "'" + info + ": "
                            + e.why());
            return e.why();
        }
    }

    private static String words(Ticket ticket) {
        return ticket.ban().subject().toString();
    }

    private static void add(StringBuilder failures, String failure) {
        failures.append(failures.isEmpty() || failure.isEmpty() ? "" : " ").append(failure);
    }
}
