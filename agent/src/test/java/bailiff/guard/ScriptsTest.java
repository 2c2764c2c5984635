package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.config.ActionCall;
import bailiff.config.Gate;
import bailiff.config.JailDefinition;
import bailiff.enforce.Change;
import bailiff.enforce.Fence;
import bailiff.ledger.BanRecord;
import bailiff.ledger.Enforcement;
import bailiff.ledger.Ledger;
import bailiff.net.Cidr;
import bailiff.source.ChangeWatcher;
import bailiff.source.SyslogSockets;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Jails with actions, real shells, and a file that the actions write to. */
class ScriptsTest extends SiteTests {

    private static final String B = "203.0.113.10";

    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private Ledger ledger;
    private ChangeWatcher watcher;
    private HostNames names;
    private Jails jails;
    private Scripts scripts;

    @BeforeEach
    void open() throws IOException {
        ledger = Ledger.open(directory.resolve("ledger.sqlite3"), site.clock);
        watcher = ChangeWatcher.start(Duration.ofSeconds(1));
        Files.createDirectories(directory.resolve("root/run/systemd/sessions"));
        names = HostNames.here(site.clock);
        begin(true);
    }

    private void begin(boolean active) {
        Sanctuary sanctuary = new Sanctuary(directory.resolve("root"), Map.of(), names);
        scripts = new Scripts(ledger, site.heard, active, site.clock, Unfinished.in(directory));
        GuardListener listener = site.heard.and(scripts);
        jails = new Jails(new Jails.Shared(
                ledger,
                watcher,
                new SyslogSockets(directory),
                new Lookout(site.clock),
                sanctuary,
                names,
                changes::addAll,
                SiteWatch.in(directory, site.clock),
                listener,
                site.clock));
    }

    @AfterEach
    void close() throws IOException {
        jails.stop();
        scripts.close();
        watcher.close();
        names.close();
        ledger.close();
    }

    @Test
    void action_ban_isToldOfTheLinesAndTheUser() throws Exception {
        run(mail("<ip> <failures> <bantime> <bancount> <restored> <F-USER> <jail.banned> <ipfailures> \"<matches>\""));

        site.fail(A, A, A);
        awaitWritten(" from " + A);

        assertThat(written()).startsWith("start\nban " + A + " 3 86400 1 0 admin 1 3 ");
        assertThat(written().lines().filter(line -> line.endsWith("for admin from " + A)))
                .hasSize(3);
        assertThat(changes).as("the ban is enforced natively besides").hasSize(1);
    }

    @Test
    void action_banThatEnds_isUndone() throws Exception {
        run(mail("<ip>"));
        site.fail(A, A, A);
        awaitWritten("ban " + A);

        site.clock.pass(Duration.ofDays(1));

        awaitWritten("unban " + A);
    }

    @Test
    void action_stopOfTheGuard_undoesItsBansAndThenItself() throws Exception {
        run(mail("<ip>"));
        site.fail(A, A, A);
        awaitWritten("ban " + A);

        jails.stop();
        scripts.close();

        assertThat(written()).isEqualTo("start\nban " + A + "\nunban " + A + "\nstop\n");
    }

    @Test
    void action_guardKilledBefore_undoesWhatThatOneLeft_andOneThatEndedLeavesNothing() throws Exception {
        ActionCall set = new ActionCall(
                "set",
                "set",
                Map.of(),
                false,
                Map.of("actionstart", tell("start"), "actionflush", tell("flush"), "actionstop", tell("stop")));
        Unfinished.in(directory).begin();

        begin(true);
        run(set);
        awaitWritten("start");
        String afterKill = written();
        jails.stop();
        scripts.close();
        Files.delete(directory.resolve("told"));
        begin(true);
        run(set);
        awaitWritten("start");

        assertThat(afterKill).isEqualTo("flush\nstop\nstart\n");
        assertThat(written()).isEqualTo("start\n");
        assertThat(Unfinished.in(directory).isFound()).isTrue();
    }

    @Test
    void action_banOfAnEarlierRun_isToldAsRestored() throws Exception {
        run(mail("<ip>"));
        site.fail(A, A, A);
        awaitWritten("ban " + A);
        jails.stop();
        scripts.close();
        Files.delete(directory.resolve("told"));

        begin(true);
        run(
                mail("<ip> <restored> <F-USER>"),
                new ActionCall(
                        "once", "once", Map.of(), false, Map.of("actionban", tell("once <ip>"), "norestored", "true")));

        awaitWritten("ban " + A + " 1 admin");
        site.fail(B, B, B);
        awaitWritten("once " + B);
        assertThat(written()).doesNotContain("once " + A);
    }

    @Test
    void action_thatHangs_holdsUpNeitherTheLogNorTheFirewall() throws Exception {
        run(mail("<ip>; while [ ! -e '" + directory.resolve("gate") + "' ]; do sleep 0.02; done"));
        site.fail(A, A, A);
        awaitWritten("ban " + A);

        site.fail(B, B, B);

        site.awaitHeard("banned " + B);
        Site.await("both at the firewall", () -> changes.size() == 2);
        assertThat(written()).doesNotContain(B);
        Files.createFile(directory.resolve("gate"));
        awaitWritten("ban " + B);
    }

    @Test
    void action_insteadOfTheNativeOne_isWhatEnforces() throws Exception {
        Plan plan = plan(firewall("[ <ip> != " + B + " ] || exit 1; " + tell("ban <ip>")));
        run(plan);
        assertThat(new Fences().run(plan)).extracting(Fence::jail).containsExactly("manual");

        site.fail(A, A, A, B, B, B);
        site.awaitHeard("in force " + A);
        site.awaitHeard("not enforced " + B);

        assertThat(changes).isEmpty();
        assertThat(enforcement(A)).isEqualTo(Enforcement.IN_FORCE);
        assertThat(enforcement(B)).isInstanceOf(Enforcement.NotEnforced.class);
        assertThat(scripts.problems("wordpress"))
                .singleElement()
                .asString()
                .startsWith("Failed to execute ban jail 'wordpress' action 'nftables' info '" + B + "': Error banning");
    }

    @Test
    void action_guardThatOnlyObserves_isNotRun() throws Exception {
        jails.stop();
        begin(false);
        run(mail("<ip>"));

        site.fail(A, A, A);
        Site.await("the ban", () -> !changes.isEmpty());

        assertThat(directory.resolve("told")).doesNotExist();
        assertThat(scripts.problems("wordpress")).isEmpty();
    }

    @Test
    void reload_actionThatHasNotChanged_goesOnAndANewOneLearnsTheBans() throws Exception {
        run(mail("<ip>"));
        site.fail(A, A, A);
        awaitWritten("ban " + A);

        run(
                mail("<ip>"),
                new ActionCall("new", "new", Map.of(), false, Map.of("actionban", tell("new <ip> <restored>"))));

        awaitWritten("new " + A + " 1");
        assertThat(written().lines().filter("start"::equals)).hasSize(1);
        run(plan());
        awaitWritten("stop");
    }

    @Test
    void ban_byHand_isToldToo() throws Exception {
        run(mail("<ip> <failures>"));
        Cidr subject = Cidr.parse("2001:db8::/64").orElseThrow();

        JailLoop loop = jails.named("wordpress").orElseThrow();
        Answers.ask(
                loop,
                keeper -> keeper.bans().imposeByHand(subject, keeper.bans().bantime(), "test"));

        awaitWritten("ban 2001:db8::/64 0");
    }

    private ActionCall mail(String words) {
        Map<String, String> properties = Map.of(
                "actionstart", tell("start"),
                "actionban", tell("ban " + words),
                "actionunban", tell("unban <ip>"),
                "actionstop", tell("stop"));
        return new ActionCall("mail", "mail", Map.of(), false, properties);
    }

    private ActionCall firewall(String ban) {
        return new ActionCall("nftables", "nftables", Map.of(), false, Map.of("actionban", ban));
    }

    private String tell(String words) {
        return "exec >> '" + directory.resolve("told") + "'; echo " + words;
    }

    private void run(ActionCall... actions) throws Exception {
        run(plan(actions));
    }

    private void run(Plan plan) throws Exception {
        scripts.become(plan, jails);
        jails.run(plan);
        scripts.catchUp(jails);
    }

    private Plan plan(ActionCall... actions) {
        Plan read = Plan.of(site.configuration().read());
        List<Plan.Compiled> compiled = read.jails().stream()
                .map(jail -> new Plan.Compiled(with(jail.definition(), actions), jail.filter()))
                .toList();
        return new Plan(compiled, read.leftOut(), read.problems(), read.directory(), read.server(), read.faults());
    }

    /** Where the commands of an action close ports, the guard does not. */
    private static List<Gate> closed(JailDefinition jail, ActionCall... actions) {
        boolean byCommands =
                List.of(actions).stream().anyMatch(action -> action.name().equals("nftables"));
        return byCommands ? List.of() : jail.gates();
    }

    private static JailDefinition with(JailDefinition jail, ActionCall... actions) {
        return new JailDefinition(
                jail.name(),
                jail.filter(),
                jail.origin(),
                jail.sources(),
                jail.limits(),
                jail.exemptions(),
                List.of(actions),
                closed(jail, actions));
    }

    private Enforcement enforcement(String address) throws IOException {
        List<BanRecord> bans = ledger.history(Cidr.parse(address).orElseThrow(), 1);
        return bans.getFirst().enforcement();
    }

    private void awaitWritten(String words) throws InterruptedException {
        Site.await(words + " in the actions' file", () -> written().contains(words));
    }

    private String written() {
        try {
            return Files.readString(directory.resolve("told"));
        } catch (IOException e) {
            return "";
        }
    }
}
