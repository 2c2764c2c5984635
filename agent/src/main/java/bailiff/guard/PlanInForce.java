package bailiff.guard;

import bailiff.config.Configuration;
import bailiff.config.Problem;
import bailiff.control.ControlException;
import bailiff.enforce.Enforcer;
import bailiff.enforce.Fence;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The plan that a guard goes by, and how another takes its place: the configuration is read again, a person alters one
 * jail, or a jail that had a fault is mended. One change at a time; safe for any thread.
 */
final class PlanInForce {

    /**
     * Those whom a plan concerns.
     *
     * @param changed is run when another plan has taken effect, but for one that only mends
     * @param reread is told of the plan when all of the configuration has been read again
     */
    record Parts(Jails jails, Scripts scripts, Enforcer enforcer, Runnable changed, Consumer<Plan> reread) {}

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    private final Supplier<Configuration> configuration;
    private final Parts parts;
    private final Fences fences = new Fences();
    private volatile Plan plan;
    private volatile boolean ending;

    /**
     * Lets a guard's first plan take effect: its jails read when this returns, and its enforcer has been started.
     *
     * @param configuration reads the files
     */
    PlanInForce(Plan first, Supplier<Configuration> configuration, Parts parts) {
        this.plan = first;
        this.configuration = configuration;
        this.parts = parts;
        List<Fence> wanted = fences.run(first);
        parts.scripts().become(first, parts.jails());
        parts.jails().run(first);
        parts.enforcer().start(wanted);
    }

    /** What the configuration comes to now. */
    Plan now() {
        return plan;
    }

    /**
     * Reads the configuration anew and lets it take effect, for every jail that has no fault: see {@link Jails#run}.
     *
     * @throws ControlException with every problem, when a jail does not run as the configuration says; the others do.
     *     Or when there is no jail in it, and nothing was changed
     */
    synchronized Plan reload() throws ControlException {
        Plan read = read();
        if (read.isHopeless()) {
            throw unchanged(read);
        }
        run(read);
        parts.jails().all().forEach(loop -> loop.idle(false));
        parts.reread().accept(read);
        LOG.info("Configuration read again.");
        Map<String, List<String>> faults = parts.jails().faults();
        if (!faults.isEmpty()) {
            throw new ControlException(
                    read.hasErrors() ? ControlException.USAGE : ControlException.FAILED,
                    "Configuration read again: " + read.jails().size() + " jails. But not all of it runs:\n"
                            + faulty(faults));
        }
        return read;
    }

    /**
     * Reads the configuration anew and lets it take effect for that jail alone, which may be new, or gone.
     *
     * @throws ControlException with every problem when the jail cannot run; then nothing changes
     */
    synchronized void reload(String jail) throws ControlException {
        Plan read = read();
        if (read.leftOut().contains(jail)) {
            throw unchanged(read);
        }
        run(Alterations.mended(plan, Set.of(jail), read));
        parts.jails().named(jail).ifPresent(loop -> loop.idle(false));
        LOG.info("Configuration of jail {} read again.", jail);
    }

    /**
     * Lets an altered plan take effect, until the configuration is read again.
     *
     * @throws Refused when it cannot be altered so; then nothing changes
     */
    synchronized void alter(Alterations.Alteration alteration) throws Refused, ControlException {
        run(alteration.of(plan));
    }

    /** Reads the configuration and tries those jails again that have a fault; touches no other. */
    synchronized void mend() throws ControlException {
        refuseAtTheEnd();
        Set<String> due = parts.jails().faults().keySet();
        if (due.isEmpty()) {
            return;
        }
        // What was altered by hand in the other jails stays so, and what was written for them waits for a reload.
        Plan next = Alterations.mended(plan, due, read());
        parts.enforcer().fence(fences.mend(next, due));
        parts.scripts().mend(next, due, parts.jails());
        parts.jails().mend(next, due);
        parts.scripts().catchUp(parts.jails());
        plan = next;
        Set<String> left = parts.jails().faults().keySet();
        due.stream().filter(name -> !left.contains(name)).forEach(name -> LOG.info("Jail {} is mended.", name));
    }

    private void run(Plan next) throws ControlException {
        refuseAtTheEnd();
        // The fences first: a new jail may ban with its first line.
        parts.enforcer().fence(fences.run(next));
        parts.scripts().become(next, parts.jails());
        parts.jails().run(next);
        parts.scripts().catchUp(parts.jails());
        plan = next;
        parts.changed().run();
    }

    private Plan read() {
        return Plan.of(configuration.get());
    }

    /** Lets no other plan take effect from now on; does not wait for one that is about to. */
    void refuse() {
        ending = true;
    }

    /** The same, and waits for a change that is under way. */
    synchronized void close() {
        ending = true;
    }

    private void refuseAtTheEnd() throws ControlException {
        if (ending) {
            throw new ControlException(ControlException.FAILED, "The guard is ending.");
        }
    }

    private static ControlException unchanged(Plan read) {
        return new ControlException(
                ControlException.USAGE, "Nothing was changed, because of the configuration:\n" + nothingToGuard(read));
    }

    /** Every problem of a plan, and that it has no jail if so it is. */
    static String nothingToGuard(Plan plan) {
        String problems = plan.problems().stream().map(Problem::toString).collect(Collectors.joining("\n"));
        return plan.jails().isEmpty()
                ? ("No jail of " + plan.directory() + " can run.\n" + problems).strip()
                : problems;
    }

    private String faulty(Map<String, List<String>> faults) {
        StringBuilder lines = new StringBuilder();
        faults.forEach((name, problems) -> {
            boolean runs =
                    !name.equals(Jails.BY_HAND) && parts.jails().named(name).isPresent();
            lines.append("Jail ")
                    .append(name)
                    .append(runs ? " goes on with its old rules." : " does not run.")
                    .append('\n');
            problems.forEach(problem -> lines.append("  ").append(problem).append('\n'));
        });
        return lines.toString().stripTrailing();
    }
}
