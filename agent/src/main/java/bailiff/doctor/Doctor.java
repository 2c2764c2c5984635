package bailiff.doctor;

import bailiff.config.ConfigReader;
import bailiff.config.ShieldOptions;
import bailiff.control.ControlException;
import bailiff.guard.Places;
import bailiff.guard.Plan;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Tries, step by step, whether an attack on this machine's WordPress would be seen and shut out. One thread. */
public final class Doctor {

    /**
     * What is to be examined.
     *
     * @param reader reads the configuration that the guard should have
     * @param run the directory of the guard's sockets
     * @param site the site's URL; the machine's own front page where it is left out
     * @param at the address to reach it at, in place of what its name says
     * @param wordPress the directory of the WordPress; looked for where it is left out
     * @param version this program's
     */
    public record Order(
            ConfigReader reader,
            Path run,
            Optional<String> site,
            Optional<String> at,
            Optional<Path> wordPress,
            String version) {}

    private static final String DEFAULT_SITE = "http://127.0.0.1/";
    private static final List<String> TRIALS = List.of("xmlrpc", "login", "pingback");

    private final Order order;
    private final Consumer<Finding> findings;

    /**
     * A doctor.
     *
     * @param findings is told of each step when it is done
     */
    public Doctor(Order order, Consumer<Finding> findings) {
        this.order = order;
        this.findings = findings;
    }

    /**
     * Examines everything. Sends two failing logins and a failing pingback to the site, if that is on this machine.
     *
     * @throws ControlException when the site that was named is none, or another machine's; then nothing was sent
     */
    public void examine() throws ControlException, InterruptedException {
        // First, so that a mistake in the command is not told after a page of findings.
        OwnSite site = OwnSite.of(order.site().orElse(DEFAULT_SITE), order.at());
        configuration();
        GuardAsked guard = GuardAsked.at(order.run().resolve(Places.SOCKET));
        boolean runs = standing(guard);
        Optional<OwnSite> found = site(site);
        boolean isReported = false;
        if (found.isPresent() && runs) {
            isReported = new TrapTrials(guard, found.get(), findings).run();
        } else {
            String why = runs ? "No site is there to be tried." : "No guard runs that could see it.";
            TRIALS.forEach(step -> findings.accept(Finding.notTested(step, why, "")));
        }
        plugin(isReported);
        findings.accept(shield(runs));
    }

    /** The shield where the configuration has it. */
    private Finding shield(boolean runs) {
        ShieldOptions options = order.reader().read().server().shield();
        if (!options.hasSocket() || !runs) {
            String why = runs ? "The configuration wants no socket of a shield." : "No guard answers.";
            return Finding.notTested(ShieldAsked.STEP, why, "");
        }
        return ShieldAsked.at(
                options.socket().isEmpty() ? order.run().resolve(Places.SHIELD_SOCKET) : Path.of(options.socket()));
    }

    private void configuration() {
        Plan plan = Plan.of(order.reader().read());
        List<String> problems = plan.problems().stream().map(Object::toString).toList();
        if (plan.hasErrors() || plan.jails().isEmpty()) {
            findings.accept(Finding.failed(
                    "configuration",
                    problems.isEmpty() ? "It has no jail that would run." : String.join(" ", problems),
                    "Mend it, then 'bailiff reload'."));
        } else {
            findings.accept(Finding.ok(
                    "configuration",
                    plan.jails().size() + " jails would run."
                            + (problems.isEmpty() ? "" : " To be thought over: " + String.join(" ", problems))));
        }
    }

    private boolean standing(GuardAsked guard) {
        try {
            Map<String, Object> status = guard.status();
            new GuardStanding(status).tell(order.version(), findings);
            return true;
        } catch (ControlException e) {
            findings.accept(Finding.failed("guard", e.words(), "Start it as root: 'bailiff guard'."));
            for (String step : List.of("jails", "logs", "firewall")) {
                findings.accept(Finding.notTested(step, "No guard answers that could be asked.", ""));
            }
            return false;
        }
    }

    /** The site, where a WordPress answers there. */
    private Optional<OwnSite> site(OwnSite named) {
        try {
            OwnSite site = named;
            Knock.Reply reply = Knock.get(site, "wp-login.php");
            Optional<String> secure = reply.location().filter(to -> isSame(named, to));
            if (secure.isPresent()) {
                site = OwnSite.of(secure.get(), Optional.of(site.address().getHostAddress()));
                reply = Knock.get(site, "wp-login.php");
            }
            if (reply.status() == 200 && reply.text().contains("user_login")) {
                findings.accept(Finding.ok("site", "A WordPress answers at " + site.url("") + "."));
                return Optional.of(site);
            }
            return none(site, "wp-login.php was answered with status " + reply.status() + ".");
        } catch (IOException e) {
            return none(named, "Nothing that would do answers: " + e.getMessage() + ".");
        } catch (ControlException e) {
            return none(named, e.words());
        }
    }

    private Optional<OwnSite> none(OwnSite site, String why) {
        findings.accept(Finding.failed(
                "site",
                "There is no WordPress to be tried at " + site.url("") + ": " + why,
                "Name it: --site https://blog.example.org/ (and --at 127.0.0.1, if its name leads to a proxy)."));
        return Optional.empty();
    }

    /** Whether a redirection leads to the same site over TLS. */
    private static boolean isSame(OwnSite site, String to) {
        return !site.isSecure() && to.startsWith("https://" + site.host() + "/");
    }

    private void plugin(boolean isReported) {
        List<PluginFile> plugins = PluginFile.find(order.wordPress());
        String release = order.version().replaceFirst("-SNAPSHOT$", "");
        List<String> others = plugins.stream()
                .filter(plugin -> !plugin.version().equals(release))
                .map(plugin ->
                        plugin.path() + " is of version " + (plugin.version().isEmpty() ? "unknown" : plugin.version()))
                .toList();
        String copy = "Copy wordpress/bailiff.php of version " + release + " into wp-content/mu-plugins.";
        if (!others.isEmpty()) {
            findings.accept(
                    Finding.failed("plugin", String.join(", ", others) + "; this program is " + release + ".", copy));
        } else if (!plugins.isEmpty()) {
            findings.accept(Finding.ok(
                    "plugin",
                    "It is there, of this version: "
                            + String.join(
                                    ", ",
                                    plugins.stream()
                                            .map(plugin -> plugin.path().toString())
                                            .toList())
                            + "."));
        } else if (isReported) {
            findings.accept(Finding.ok("plugin", "Its lines came; where its file is was not found."));
        } else {
            findings.accept(Finding.failed(
                    "plugin",
                    "It was not found" + (order.wordPress().isPresent() ? " there." : " in the usual places."),
                    copy + " If it is there, name the directory of WordPress: --wordpress DIR."));
        }
    }
}
