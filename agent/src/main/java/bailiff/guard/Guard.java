package bailiff.guard;

import bailiff.config.Problem;
import bailiff.control.ControlException;
import bailiff.control.ControlServer;
import bailiff.enforce.Change;
import bailiff.enforce.Enforcer;
import bailiff.enforce.FirewallChoice;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import bailiff.ledger.Recovery;
import bailiff.source.ChangeWatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon: reads the logs of its jails, bans, remembers, answers. Lives from {@link #start} to {@link #close}.
 *
 * <p>Safe for any thread.
 */
public final class Guard implements AutoCloseable {

    /** Where the control socket is unless somebody says otherwise. */
    public static final Path RUN_DIRECTORY = Path.of("/run/bailiff");

    /** Where the ledger is unless somebody says otherwise. */
    public static final Path STATE_DIRECTORY = Path.of("/var/lib/bailiff");

    /** The control socket's name in the run directory. */
    public static final String SOCKET = "control.sock";

    /** The ledger's name in the state directory. */
    static final String LEDGER = "ledger.sqlite3";

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final String OBSERVED = "Bans are not enforced: --observe was given.";

    private final GuardSettings settings;
    private final Instant since;
    private final Opened opened;
    private final Ledger ledger;
    private final Enforcer enforcer;
    private final String firewall;
    private final boolean enforces;
    private final Jails jails;
    private final Scripts scripts;
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean failed;
    private volatile Plan plan;

    /**
     * Starts a guard: when this returns it reads, bans and answers.
     *
     * @throws ControlException with every problem of the configuration when no jail can run, or with what else keeps
     *     the guard from starting; then everything is closed again
     */
    public static Guard start(GuardSettings settings, GuardListener listener) throws ControlException {
        Plan plan = Plan.of(settings.configuration().read());
        if (plan.jails().isEmpty()) {
            throw new ControlException(ControlException.USAGE, nothingToGuard(plan));
        }
        plan.problems().forEach(Guard::log);
        Opened opened = new Opened();
        boolean started = false;
        try {
            Guard guard = new Guard(settings, plan, new LoggedMoments().and(listener), opened);
            started = true;
            return guard;
        } catch (IOException e) {
            throw new ControlException(ControlException.FAILED, Faults.words(e));
        } finally {
            if (!started) {
                opened.close();
            }
        }
    }

    /* Two guards must never share a ledger or a table of the firewall, so the lock and the socket come first. */
    private Guard(GuardSettings settings, Plan plan, GuardListener outside, Opened opened) throws IOException {
        this.settings = settings;
        this.plan = plan;
        this.opened = opened;
        this.since = settings.clock().instant();
        StateLock lock = StateLock.take(settings.state());
        opened.add(lock::close);
        Reception reception = new Reception();
        ControlServer control = ControlServer.open(settings.run().resolve(SOCKET), reception);
        opened.add(control::close);
        this.ledger = Ledger.open(settings.state().resolve(LEDGER), settings.clock());
        opened.add(ledger::close);
        ledger.recovery().ifPresent(Guard::log);
        this.scripts = new Scripts(ledger, outside, !settings.observe(), settings.clock());
        GuardListener listener = outside.and(scripts);
        Leftovers leftovers = new Leftovers(ledger, listener, settings.clock());
        leftovers.endOver();
        ChangeWatcher watcher = ChangeWatcher.start(POLL);
        opened.add(watcher::close);
        Sanctuary sanctuary = new Sanctuary(Path.of("/"), System.getenv());
        this.jails = new Jails(new Jails.Shared(ledger, watcher, sanctuary, this::enforce, listener, settings.clock()));
        FirewallChoice choice = settings.observe()
                ? FirewallChoice.observe(OBSERVED, settings.runner())
                : FirewallChoice.find(settings.runner(), settings.clock());
        this.firewall = choice.reason();
        this.enforces = choice.firewall().enforces();
        this.enforcer = new Enforcer(choice.firewall(), record(listener), settings.clock());
        LOG.info("{}", firewall);
        if (enforces) {
            leftovers.endMarked(new Enforcement.NotEnforced(OBSERVED), "it was only observed");
        }
        opened.add(this::closeEnforcer);
        opened.add(scripts::close);
        opened.add(jails::stop);
        scripts.become(plan.jails(), jails);
        jails.run(plan);
        enforcer.start(Jails.fences(plan));
        Thread.ofPlatform().daemon().name("housekeeping").start(new Housekeeping(jails, ledger, settings.clock(), end));
        reception.open(new Answers(this));
        opened.add(reception::close);
    }

    private EnforcementRecord record(GuardListener listener) {
        StandingBans standing = new StandingBans(ledger, jails::bans, settings.clock());
        String whyNot = settings.observe() ? OBSERVED : firewall;
        Enforcement success = enforces ? Enforcement.IN_FORCE : new Enforcement.NotEnforced(whyNot);
        return new EnforcementRecord(ledger, standing, success, listener);
    }

    private void enforce(List<Change> changes) {
        changes.forEach(enforcer::submit);
    }

    /**
     * Reads the configuration anew and lets it take effect. When something in it is wrong nothing changes.
     *
     * @throws ControlException with every problem
     */
    synchronized Plan reload() throws ControlException {
        Plan read = Plan.of(settings.configuration().read());
        if (read.hasErrors() || read.jails().isEmpty()) {
            throw new ControlException(
                    ControlException.USAGE,
                    "Nothing was changed, because of the configuration:\n" + nothingToGuard(read));
        }
        if (end.getCount() == 0) {
            throw new ControlException(ControlException.FAILED, "The guard is ending.");
        }
        // The fences first: a new jail may ban with its first line.
        enforcer.fence(Jails.fences(read));
        try {
            scripts.become(read.jails(), jails);
            jails.run(read);
            scripts.catchUp(jails);
        } catch (LedgerException e) {
            throw new ControlException(
                    ControlException.FAILED, "Not every jail was begun anew. Reload again. " + Faults.words(e));
        }
        plan = read;
        LOG.info("Configuration read again.");
        return read;
    }

    /** Asks the guard to end; {@link #awaitEnd} returns then. */
    public void askToEnd() {
        end.countDown();
    }

    /**
     * Ends the guard because of a defect in it. To be set as the handler of uncaught exceptions of the process: a guard
     * of which a thread is missing must not look alive.
     */
    public void defect(Thread thread, Throwable thrown) {
        LOG.error("The thread {} met a defect in this program, please report it.", thread.getName(), thrown);
        if (!thread.isVirtual()) {
            failed = true;
            askToEnd();
        }
    }

    /** Waits until somebody asks the guard to end; false when it must end because of a {@link #defect}. */
    public boolean awaitEnd() throws InterruptedException {
        end.await();
        return !failed;
    }

    /** Waits until {@link #close} has done its work; for a shutdown hook, a minute at most. */
    public void awaitClosed() {
        try {
            closed.await(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends reading, writes down what was read, brings the last bans to the kernel; they stay there unless lifted. */
    @Override
    public void close() {
        askToEnd();
        synchronized (this) {
            opened.close();
        }
        closed.countDown();
    }

    private void closeEnforcer() {
        if (settings.lift()) {
            enforcer.lowerAndClose();
        } else {
            enforcer.close();
        }
    }

    /** What the configuration comes to now. */
    Plan plan() {
        return plan;
    }

    Jails jails() {
        return jails;
    }

    /** The actions of the jails that have commands to run. */
    Scripts scripts() {
        return scripts;
    }

    Ledger ledger() {
        return ledger;
    }

    Enforcer enforcer() {
        return enforcer;
    }

    GuardSettings settings() {
        return settings;
    }

    /** When the guard started. */
    Instant since() {
        return since;
    }

    /** Whether bans shut anybody out. */
    boolean enforces() {
        return enforces;
    }

    /** One sentence: what enforces bans, or why nothing does. */
    public String firewall() {
        return firewall;
    }

    private static String nothingToGuard(Plan plan) {
        String problems = plan.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
        return plan.jails().isEmpty()
                ? ("No jail of " + plan.directory() + " can run.\n" + problems).strip()
                : problems;
    }

    private static void log(Problem problem) {
        switch (problem.severity()) {
            case ERROR -> LOG.error("{}", problem);
            case WARNING -> LOG.warn("{}", problem);
        }
    }

    private static void log(Recovery recovery) {
        LOG.error(
                "The ledger was damaged ({}) and has been begun anew; the old one lies in {}.",
                recovery.cause(),
                recovery.aside());
    }
}
