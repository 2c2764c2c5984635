package bailiff.guard;

import bailiff.config.Problem;
import bailiff.control.ControlException;
import bailiff.control.ControlServer;
import bailiff.enforce.Change;
import bailiff.enforce.Enforcer;
import bailiff.enforce.FirewallChoice;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Ledger;
import bailiff.ledger.Recovery;
import bailiff.source.ChangeWatcher;
import bailiff.source.SyslogSockets;
import bailiff.wire.WireServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The daemon: reads the logs of its jails, bans, remembers, answers. Lives from {@link #start} to {@link #close}.
 *
 * <p>Safe for any thread.
 */
public final class Guard implements AutoCloseable {

    private static final Path FAIL2BAN_SOCKET = Path.of("/var/run/fail2ban/fail2ban.sock");

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    /* For changes of which inotify does not tell, and nobody can know that it does not; else followers look sooner. */
    private static final Duration POLL = Duration.ofSeconds(15);

    private static final String OBSERVED = "Bans are not enforced: --observe was given.";

    private final GuardSettings settings;
    private final Instant since;
    private final Opened opened;
    private final Ledger ledger;
    private final Enforcer enforcer;
    private final String firewall;
    private final boolean enforces;
    private final Jails jails;
    private final Fail2banAim fail2banLog;
    private final WireTallies tallies;
    private final Repute repute;
    private final SiteWatch watch;
    private final Campaigns campaigns;
    private final Visitors visitors;
    private final Scripts scripts;
    private final Shielding shielding;
    private final Lookout lookout;
    private final CountDownLatch end = new CountDownLatch(1);
    private final Nap mending = new Nap();
    private final Nap housekeeping = new Nap();
    private final List<Runnable> doors = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final PlanInForce inForce;
    private volatile boolean failed;

    /**
     * Starts a guard: when this returns it reads, bans and answers.
     *
     * @throws ControlException with every problem of the configuration when it has no jail that could ever run, or with
     *     what else keeps the guard from starting; then everything is closed again
     */
    public static Guard start(GuardSettings settings, GuardListener listener) throws ControlException {
        Plan plan = Plan.of(settings.configuration().read());
        if (plan.isHopeless()) {
            throw new ControlException(ControlException.USAGE, PlanInForce.nothingToGuard(plan));
        }
        plan.problems().forEach(Guard::log);
        Opened opened = new Opened();
        boolean started = false;
        try {
            Guard guard = new Guard(settings, plan, listener, opened);
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
    private Guard(GuardSettings settings, Plan plan, GuardListener audience, Opened opened) throws IOException {
        this.settings = settings;
        this.opened = opened;
        this.tallies = new WireTallies();
        this.since = settings.clock().instant();
        StateLock lock = StateLock.take(settings.state());
        opened.add(lock::close);
        Reception reception = new Reception();
        ControlServer control = ControlServer.open(settings.run().resolve(Places.SOCKET), reception);
        opened.add(control::close);
        doors.add(control::look);
        this.fail2banLog = new Fail2banAim(settings.version(), settings.clock());
        opened.add(fail2banLog::close);
        aim(plan);
        this.ledger = Ledger.open(settings.state().resolve(Places.LEDGER), settings.clock());
        opened.add(ledger::close);
        ledger.recovery().ifPresent(Guard::log);
        this.repute = Repute.in(settings.state(), settings.clock());
        opened.add(repute::save);
        this.watch = SiteWatch.in(settings.state(), settings.clock());
        opened.add(watch::save);
        TrueNames trueNames = TrueNames.here(settings.clock());
        opened.add(trueNames::close);
        ProxyWatch proxies = ProxyWatch.in(settings.state(), new WebServers(Path.of("/")), settings.clock());
        opened.add(proxies::save);
        this.visitors = new Visitors(trueNames, proxies);
        GuardListener outside = new LoggedMoments()
                .and(new Fail2banMoments(fail2banLog, settings.clock()))
                .and(tallies)
                .and(repute)
                .and(watch)
                .and(audience);
        this.campaigns = new Campaigns(ledger, outside, settings.clock(), housekeeping::cutShort);
        campaigns.read(watch);
        watch.follow(campaigns::hurry);
        opened.add(campaigns::close);
        this.scripts =
                new Scripts(ledger, outside, !settings.observe(), settings.clock(), Unfinished.in(settings.state()));
        this.lookout = new Lookout(settings.clock());
        this.shielding =
                new Shielding(settings, new ReputeOpinion(repute).and(watch).and(new BrowserOpinion(proxies)));
        GuardListener listener = outside.and(scripts).and(lookout).and(shielding);
        Leftovers leftovers = new Leftovers(ledger, listener, settings.clock());
        leftovers.endOver();
        ChangeWatcher watcher = ChangeWatcher.start(POLL);
        opened.add(watcher::close);
        SyslogSockets sockets = new SyslogSockets(settings.run());
        opened.add(sockets::close);
        HostNames names = HostNames.here(settings.clock());
        opened.add(names::close);
        Sanctuary sanctuary = new Sanctuary(Path.of("/"), System.getenv(), names);
        this.jails = new Jails(new Jails.Shared(
                ledger,
                watcher,
                sockets,
                lookout,
                sanctuary,
                names,
                visitors,
                this::enforce,
                watch,
                listener,
                settings.clock()));
        FirewallChoice choice = settings.observe()
                ? FirewallChoice.observe(OBSERVED, settings.runner())
                : FirewallChoice.find(settings.runner(), settings.clock());
        this.firewall = choice.reason();
        this.enforces = choice.firewall().enforces();
        this.enforcer = new Enforcer(choice.firewall(), record(listener), settings.clock());
        shielding.spare(jails::isSpared);
        watch.guard(shielding);
        LOG.info("{}", firewall);
        if (enforces) {
            leftovers.endMarked(new Enforcement.NotEnforced(OBSERVED), "it was only observed");
        }
        opened.add(this::closeEnforcer);
        opened.add(scripts::close);
        opened.add(jails::stop);
        this.inForce = new PlanInForce(
                plan,
                settings.configuration()::read,
                new PlanInForce.Parts(jails, scripts, enforcer, this::cutNapsShort, this::reread));
        opened.add(shielding::close);
        doors.add(shielding::look);
        shielding.become(plan.server().shield());
        tallies.start();
        Thread.ofPlatform().daemon().name("mending").start(new Mending(inForce, jails, settings.clock(), mending));
        Thread.ofPlatform()
                .daemon()
                .name("housekeeping")
                .start(new Housekeeping(
                        jails, ledger, this::keep, campaigns, this::lookAtSockets, settings.clock(), housekeeping));
        reception.open(new Answers(this));
        opened.add(reception::close);
    }

    /** Writes down, where that is due, what the guard has learnt of those who come. */
    private void keep() {
        repute.saveNowAndThen();
        watch.saveNowAndThen();
        visitors.proxies().saveNowAndThen();
    }

    private EnforcementRecord record(GuardListener listener) {
        StandingBans standing = new StandingBans(ledger, jails::bans, settings.clock());
        String whyNot = settings.observe() ? OBSERVED : firewall;
        Enforcement success = enforces ? Enforcement.IN_FORCE : new Enforcement.NotEnforced(whyNot);
        return new EnforcementRecord(ledger, standing, success, listener, jails::enforced);
    }

    private void enforce(List<Change> changes) {
        changes.forEach(enforcer::submit);
    }

    private void aim(Plan plan) {
        String configured = settings.observe() ? "" : plan.server().text("logtarget");
        String target = settings.logtarget().isEmpty() ? configured : settings.logtarget();
        fail2banLog.aim(target, plan.server().text("loglevel"), plan.server().text("syslogsocket"));
    }

    private void reread(Plan plan) {
        aim(plan);
        shielding.become(plan.server().shield());
    }

    private void lookAtSockets() {
        doors.forEach(Runnable::run);
    }

    private void cutNapsShort() {
        mending.cutShort();
        housekeeping.cutShort();
    }

    /** Where fail2ban's configuration wants its socket, or where Debian has it. */
    public Path fail2banSocket() {
        String configured = settings.configuration().read().server().text("socket");
        return configured.isEmpty() ? FAIL2BAN_SOCKET : Path.of(configured);
    }

    /**
     * Answers fail2ban's clients on a socket from now on, until {@link #close}.
     *
     * @throws ControlException when it cannot be opened, or fail2ban answers there
     */
    public synchronized void speakFail2ban(Path socket) throws ControlException {
        try {
            WireServer server = WireServer.open(socket, new Fail2banCommands(this));
            opened.add(server::close);
            doors.add(server::look);
            LOG.info("fail2ban's clients are answered at {}.", socket);
        } catch (IOException e) {
            throw new ControlException(ControlException.FAILED, Faults.words(e));
        }
    }

    /** The log in fail2ban's form. */
    Fail2banAim fail2banLog() {
        return fail2banLog;
    }

    /** Asks the guard to end; {@link #awaitEnd} returns then. */
    public void askToEnd() {
        end.countDown();
        inForce.refuse();
        mending.end();
        housekeeping.end();
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
        inForce.close();
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

    /** What the configuration comes to now, and how that changes. */
    PlanInForce inForce() {
        return inForce;
    }

    Jails jails() {
        return jails;
    }

    /** The actions of the jails that have commands to run. */
    Scripts scripts() {
        return scripts;
    }

    /** What answers WordPress and web servers. */
    Shielding shielding() {
        return shielding;
    }

    /** Looks out for the lines of {@code bailiff doctor}. */
    Lookout lookout() {
        return lookout;
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

    /** Who took part in earlier attacks, or has logged in. */
    Repute repute() {
        return repute;
    }

    /** The evidence of the sites that the jails tell of. */
    SiteWatch watch() {
        return watch;
    }

    /** Attacks by many addresses. */
    Campaigns campaigns() {
        return campaigns;
    }

    /** Who comes to the web. */
    Visitors visitors() {
        return visitors;
    }

    /** What fail2ban's clients are told of how much has happened. */
    WireTallies tallies() {
        return tallies;
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
