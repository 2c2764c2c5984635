package bailiff.guard;

import bailiff.config.Problem;
import bailiff.control.ControlException;
import bailiff.control.ControlServer;
import bailiff.enforce.Change;
import bailiff.enforce.Enforcer;
import bailiff.enforce.FirewallChoice;
import bailiff.ledger.BanRecord;
import bailiff.ledger.Batch;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
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
    private static final Duration HOUSEKEEPING_EVERY = Duration.ofMinutes(1);
    private static final Duration PURGE_EVERY = Duration.ofDays(1);
    private static final Duration HISTORY = Duration.ofDays(365);
    private static final int MOST_OVER_AT_ONCE = 10_000;

    private final GuardSettings settings;
    private final Instant since;
    private final StateLock lock;
    private final Ledger ledger;
    private final ChangeWatcher watcher;
    private final EnforcementRecord record;
    private final Enforcer enforcer;
    private final String firewall;
    private final boolean enforces;
    private final Jails jails;
    private final GuardListener listener;
    private final ControlServer control;
    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Plan plan;

    /**
     * Starts a guard: when this returns it reads, bans and answers.
     *
     * @throws ControlException with every problem of the configuration when no jail can run, or with what else keeps the
     *     guard from starting
     */
    public static Guard start(GuardSettings settings, GuardListener listener) throws ControlException {
        Plan plan = Plan.of(settings.configuration().read());
        if (plan.jails().isEmpty()) {
            throw new ControlException(ControlException.USAGE, nothingToGuard(plan));
        }
        plan.problems().forEach(Guard::log);
        try {
            return new Guard(settings, plan, new LoggedMoments().and(listener));
        } catch (IOException e) {
            throw new ControlException(ControlException.FAILED, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlException(ControlException.FAILED, "The start was interrupted.");
        }
    }

    private Guard(GuardSettings settings, Plan plan, GuardListener listener) throws IOException, InterruptedException {
        this.settings = settings;
        this.plan = plan;
        this.since = settings.clock().instant();
        this.lock = StateLock.take(settings.state());
        this.ledger = Ledger.open(settings.state().resolve(LEDGER), settings.clock());
        ledger.recovery()
                .ifPresent(recovery -> LOG.error(
                        "The ledger was damaged ({}) and has been begun anew; the old one lies in {}.",
                        recovery.cause(),
                        recovery.aside()));
        this.watcher = ChangeWatcher.start(POLL);
        this.jails = new Jails(new Jails.Shared(
                ledger,
                watcher,
                new Sanctuary(Path.of("/"), System.getenv()),
                this::enforce,
                listener,
                settings.clock()));
        this.record = new EnforcementRecord(ledger, name -> jails.named(name).isPresent(), listener, settings.clock());
        FirewallChoice choice = settings.observe()
                ? FirewallChoice.observe("Bans are not enforced: --observe was given.")
                : FirewallChoice.find(settings.runner(), settings.clock());
        this.firewall = choice.reason();
        this.enforces = choice.firewall().enforces();
        this.enforcer = new Enforcer(choice.firewall(), record, settings.clock());
        this.listener = listener;
        LOG.info("{}", firewall);
        begin();
        this.control = answer();
        Thread.ofPlatform().daemon().name("housekeeping").start(this::keepHouse);
    }

    private void begin() throws IOException, InterruptedException {
        endWhatIsOver();
        jails.run(plan);
        enforcer.start(jails.fences());
    }

    private ControlServer answer() throws IOException, InterruptedException {
        try {
            return ControlServer.open(settings.run().resolve(SOCKET), new Answers(this));
        } catch (IOException e) {
            closeParts();
            throw e;
        }
    }

    /** Bans whose time was up while no guard ran. */
    private void endWhatIsOver() throws LedgerException {
        Instant now = settings.clock().instant();
        List<BanRecord> over;
        do {
            over = ledger.over(now, MOST_OVER_AT_ONCE);
            Batch batch = new Batch();
            for (BanRecord ended : over) {
                batch.expired(ended.ban().jail(), ended.ban().subject(), now);
                listener.unbanned(ended.ban());
            }
            ledger.commit(batch);
        } while (over.size() == MOST_OVER_AT_ONCE);
    }

    private void enforce(List<Change> changes) {
        for (Change change : changes) {
            record.expect(change);
            enforcer.submit(change);
        }
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
        try {
            jails.run(read);
        } catch (LedgerException e) {
            throw new ControlException(ControlException.FAILED, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ControlException(ControlException.FAILED, "The reload was interrupted.");
        }
        enforcer.fence(jails.fences());
        plan = read;
        LOG.info("Configuration read again.");
        return read;
    }

    private void keepHouse() {
        Instant purged = Instant.MIN;
        try {
            while (!end.await(HOUSEKEEPING_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                jails.refreshSanctuary();
                settle();
                Instant now = settings.clock().instant();
                if (now.isAfter(purged.plus(PURGE_EVERY))) {
                    purge(now);
                    purged = now;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle() {
        try {
            ledger.settle();
        } catch (LedgerException e) {
            LOG.debug("The ledger's log could not be folded in.", e);
        }
    }

    private void purge(Instant now) {
        try {
            ledger.purge(now.minus(HISTORY));
        } catch (LedgerException e) {
            LOG.warn("Old history could not be dropped from the ledger.", e);
        }
    }

    /** Asks the guard to end; {@link #awaitEnd} returns then. */
    public void askToEnd() {
        end.countDown();
    }

    /** Waits until somebody asks the guard to end. */
    public void awaitEnd() throws InterruptedException {
        end.await();
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
        try {
            control.close();
            closeParts();
        } catch (IOException e) {
            LOG.warn("The guard did not end cleanly.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            closed.countDown();
        }
    }

    private void closeParts() throws IOException, InterruptedException {
        jails.stop();
        if (settings.lift()) {
            enforcer.lowerAndClose();
        } else {
            enforcer.close();
        }
        watcher.close();
        ledger.close();
        lock.close();
    }

    /** What the configuration comes to now. */
    Plan plan() {
        return plan;
    }

    Jails jails() {
        return jails;
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
}
