package bailiff.guard;

import bailiff.action.ActionScript;
import bailiff.action.ActionWorker;
import bailiff.action.Ticket;
import bailiff.ban.Ban;
import bailiff.ban.Event;
import bailiff.config.JailDefinition;
import bailiff.control.ControlException;
import bailiff.ledger.Batch;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the commands of the jails' actions run when the guard's moments call for it. Safe for any thread; never waits for
 * a command but in {@link #close}.
 */
final class Scripts implements GuardListener, Closeable {

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    /* Failures that were on their way when the ban began say nothing about whether it works; as in fail2ban. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    /* What the filter found is hostile, and kept for the unban. */
    private static final int LONGEST_GROUP = 255;
    private static final int LONGEST_GROUPS = 1_000;

    /** One jail with commands to run. What is told to it waits until the ledger has the ban and the lines behind it. */
    private final class Jail {
        private final ActionWorker worker;
        private volatile boolean enforcedNatively;
        private final List<Runnable> unsettled = new ArrayList<>();
        private Map<String, String> groups = Map.of();

        Jail(String name, Jails jails) {
            JailBackground background = new JailBackground(name, ledger, jails, clock);
            boolean ipv6 = Files.exists(Path.of("/proc/net/if_inet6"));
            // The one before it may still be undoing what it did.
            this.worker = ActionWorker.start(
                    name, background, this::done, new ActionWorker.Place(List.of(), ipv6, ending.get(name)));
        }

        private synchronized void later(Runnable telling) {
            unsettled.add(telling);
        }

        private synchronized void settle() {
            unsettled.forEach(Runnable::run);
            unsettled.clear();
        }

        /** What the line says that is about to become a ban. */
        private synchronized void found(Map<String, String> named) {
            groups = bounded(named);
        }

        private synchronized Map<String, String> takeGroups() {
            Map<String, String> taken = groups;
            groups = Map.of();
            return taken;
        }

        /** Where only commands enforce bans, what becomes of them is what the ledger should say. */
        private void done(Ban ban, String why) {
            if (enforcedNatively) {
                return;
            }
            Enforcement enforcement = why.isEmpty() ? Enforcement.IN_FORCE : new Enforcement.NotEnforced(why);
            try {
                ledger.commit(new Batch().enforced(ban.jail(), ban.subject(), enforcement));
            } catch (LedgerException e) {
                LOG.debug("What became of the ban of {} could not be written down.", ban.subject(), e);
            }
            if (why.isEmpty()) {
                listener.inForce(ban.jail(), ban.subject(), System.nanoTime());
            } else {
                listener.notEnforced(ban.jail(), ban.subject(), why);
            }
        }
    }

    private final Ledger ledger;
    private final GuardListener listener;
    private final boolean active;
    private final InstantSource clock;
    private final Unfinished unfinished;
    private final Set<String> swept = new HashSet<>();
    private final Map<String, Jail> jails = new ConcurrentHashMap<>();

    /** The workers of jails that have ended, until all is undone. */
    private final Map<String, ActionWorker> ending = new ConcurrentHashMap<>();

    /**
     * Runs nothing yet.
     *
     * @param listener is told what becomes of bans that only commands enforce
     * @param active whether commands are run at all; not when the guard only observes
     * @param unfinished whether a guard was killed before, and the mark of this one
     */
    Scripts(Ledger ledger, GuardListener listener, boolean active, InstantSource clock, Unfinished unfinished) {
        this.ledger = ledger;
        this.listener = listener;
        this.active = active;
        this.clock = clock;
        this.unfinished = unfinished;
    }

    /**
     * From now on the actions of the plan's jails are run; those that have not changed go on undisturbed, and so do those
     * of a jail that goes on with its old rules.
     */
    synchronized void become(Plan plan, Jails running) {
        Set<String> wanted = new HashSet<>();
        for (Plan.Compiled compiled : plan.jails()) {
            if (become(compiled.definition(), running)) {
                wanted.add(compiled.definition().name());
            }
        }
        for (String name : Set.copyOf(jails.keySet())) {
            if (!wanted.contains(name) && !plan.mayStillMean(name)) {
                end(name);
            }
        }
    }

    /** The same for these jails alone, those that the plan has. */
    synchronized void mend(Plan plan, Set<String> names, Jails running) {
        for (Plan.Compiled compiled : plan.jails()) {
            String name = compiled.definition().name();
            if (names.contains(name) && !become(compiled.definition(), running)) {
                end(name);
            }
        }
    }

    /** Whether the jail has commands to run. */
    private boolean become(JailDefinition definition, Jails running) {
        List<ActionScript> scripts = ScriptedJail.scripts(definition);
        if (!active || scripts.isEmpty()) {
            return false;
        }
        Jail jail = jails.computeIfAbsent(definition.name(), name -> new Jail(name, running));
        jail.enforcedNatively = ScriptedJail.isEnforcedNatively(definition);
        unfinished.begin();
        if (unfinished.isFound() && swept.add(definition.name())) {
            jail.worker.becomeAfterKill(scripts);
        } else {
            jail.worker.become(scripts);
        }
        return true;
    }

    private void end(String name) {
        Jail jail = jails.remove(name);
        if (jail != null) {
            jail.worker.end();
            ending.values().removeIf(ActionWorker::hasEnded);
            ending.put(name, jail.worker);
        }
    }

    /** Tells actions that are new in a jail which has gone on undisturbed of the bans that stand there. */
    void catchUp(Jails running) {
        for (JailLoop loop : running.all()) {
            try {
                // On the jail's own thread, so that no ban ends between the question and the answer.
                Answers.ask(loop, keeper -> {
                    keeper.bans().all().forEach(this::restored);
                    return true;
                });
            } catch (ControlException e) {
                LOG.warn("[{}] New actions were not told of the bans that stand: {}", loop.name(), e.words());
            }
        }
    }

    @Override
    public void seen(String jail, Event event) {
        if (!jails.containsKey(jail)) {
            return;
        }
        switch (event) {
            case Event.Banned banned ->
                of(jail).ifPresent(scripted -> scripted.found(banned.sighting().groups()));
            case Event.StillBanned still -> {
                if (clock.instant().isAfter(still.ban().since().plus(GRACE))) {
                    of(jail).ifPresent(scripted -> scripted.worker.check(still.ban()));
                }
            }
            case Event.Prolonged still -> {
                if (clock.instant().isAfter(still.ban().since().plus(GRACE))) {
                    of(jail).ifPresent(scripted -> scripted.worker.check(still.ban()));
                }
            }
            case Event.Found _, Event.Credited _, Event.Named _, Event.Spared _, Event.Ignored _ -> {}
            case Event.Doubted _, Event.Nothing _ -> {}
        }
    }

    @Override
    public void banned(Ban ban) {
        of(ban.jail()).ifPresent(jail -> {
            // A ban by hand has no line behind it, whatever line was read last.
            Map<String, String> groups = ban.evidence().equals(Ban.BY_HAND) ? Map.of() : jail.takeGroups();
            Ticket ticket = new Ticket(ban, groups, false);
            jail.later(() -> jail.worker.ban(ticket));
        });
    }

    @Override
    public void restored(Ban ban) {
        of(ban.jail()).ifPresent(jail -> jail.later(() -> jail.worker.ban(new Ticket(ban, Map.of(), true))));
    }

    @Override
    public void prolonged(Ban ban) {
        of(ban.jail()).ifPresent(jail -> jail.later(() -> jail.worker.prolong(new Ticket(ban, Map.of(), false))));
    }

    @Override
    public void unbanned(Ban ban) {
        of(ban.jail()).ifPresent(jail -> jail.later(() -> jail.worker.unban(ban)));
    }

    @Override
    public void settled(String jail) {
        of(jail).ifPresent(Jail::settle);
    }

    private Optional<Jail> of(String jail) {
        return Optional.ofNullable(jails.get(jail));
    }

    private static Map<String, String> bounded(Map<String, String> groups) {
        Map<String, String> bounded = new HashMap<>();
        int room = LONGEST_GROUPS;
        for (Map.Entry<String, String> group : new TreeMap<>(groups).entrySet()) {
            String value = group.getValue();
            String cut = value.substring(0, Math.min(LONGEST_GROUP, value.length()));
            room -= group.getKey().length() + cut.length();
            if (room < 0) {
                break;
            }
            bounded.put(group.getKey(), cut);
        }
        return bounded;
    }

    /** What is wrong with the jail's actions now, a sentence each. */
    List<String> problems(String jail) {
        return of(jail).map(scripted -> scripted.worker.problems()).orElse(List.of());
    }

    /** Undoes what the actions of all jails did, side by side; waits for that, some forty seconds at most. */
    @Override
    public synchronized void close() {
        jails.values().forEach(jail -> jail.worker.end());
        try {
            boolean undone = true;
            for (Jail jail : jails.values()) {
                undone &= jail.worker.awaitEnd();
            }
            if (active && undone) {
                unfinished.end();
            }
            for (ActionWorker worker : ending.values()) {
                worker.awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        jails.clear();
    }
}
