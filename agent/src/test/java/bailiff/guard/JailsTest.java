package bailiff.guard;

import static bailiff.guard.Site.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import bailiff.config.Configuration;
import bailiff.config.Exemptions;
import bailiff.config.IgnoreCache;
import bailiff.config.JailDefinition;
import bailiff.config.Sources;
import bailiff.enforce.Change;
import bailiff.filter.FilterDefinition;
import bailiff.ledger.Ledger;
import bailiff.source.ChangeWatcher;
import bailiff.source.SyslogSockets;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JailsTest extends SiteTests {

    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private Ledger ledger;
    private ChangeWatcher watcher;
    private final FakeResolver resolver = new FakeResolver();
    private HostNames names;
    private Jails jails;

    @BeforeEach
    void run() throws IOException {
        names = new HostNames(resolver, site.clock);
        ledger = Ledger.open(directory.resolve("ledger.sqlite3"), site.clock);
        watcher = ChangeWatcher.start(Duration.ofSeconds(1));
        Files.createDirectories(directory.resolve("root/run/systemd/sessions"));
        Sanctuary sanctuary = new Sanctuary(directory.resolve("root"), Map.of(), names);
        jails = new Jails(new Jails.Shared(
                ledger,
                watcher,
                new SyslogSockets(directory),
                new Lookout(site.clock),
                sanctuary,
                names,
                changes::addAll,
                SiteWatch.in(directory, site.clock),
                site.heard,
                site.clock));
        jails.run(plan());
    }

    @AfterEach
    void close() throws IOException {
        jails.stop();
        watcher.close();
        names.close();
        ledger.close();
    }

    @Test
    void run_ban_goesToTheFirewallAndIsAmongTheJailsBans() throws Exception {
        site.fail(A, A, A);
        Site.await("the change", () -> !changes.isEmpty());

        assertThat(changes).singleElement().isInstanceOfSatisfying(Change.Add.class, add -> {
            assertThat(add.jail()).isEqualTo("wordpress");
            assertThat(add.subject()).hasToString(A);
            assertThat(add.until()).isEqualTo(NOON.plus(Duration.ofDays(1)));
        });
        assertThat(jails.bans().get("wordpress")).hasSize(1);
        assertThat(jails.bans().get("manual")).isEmpty();
    }

    @Test
    void refreshSanctuary_bannedAddressLogsInOverSsh_endsItsBan() throws Exception {
        site.fail(A, A, A);
        site.awaitHeard("banned " + A);
        Files.writeString(directory.resolve("root/run/systemd/sessions/7"), "REMOTE_HOST=" + A + "\n");

        jails.refreshSanctuary();
        site.awaitHeard("unbanned " + A);
        Site.await("the removal", () -> changes.getLast() instanceof Change.Remove);

        site.fail(A, A, A);
        site.awaitHeard("seen Spared", 3);
        assertThat(jails.bans().get("wordpress")).isEmpty();
    }

    @Test
    void run_lineThatNamesAHost_bansItsAddresses() throws Exception {
        resolver.know("attacker.example", A);
        jails.run(plan(Sources.Backend.FILES, "warn", ""));

        site.fail("attacker.example", "attacker.example", "attacker.example");

        site.awaitHeard("banned " + A);
    }

    @Test
    void run_ignorecommandThatExcusesOne_bansTheOtherOnly() throws Exception {
        String other = "203.0.113.77";
        jails.run(plan(Sources.Backend.FILES, "no", "test <ip> = " + A));

        site.fail(A, A, A, other, other, other);

        site.awaitHeard("banned " + other);
        assertThat(site.heard.count("ignored " + A + " by command")).isEqualTo(3);
        assertThat(site.heard.count("banned " + A)).isZero();
    }

    @Test
    void run_jailThatDoesNotSayWhomItBannedAndHasNotWrittenItYet_bansThemOnceMore() throws Exception {
        String slow = "203.0.113.77";
        Path go = directory.resolve("go");
        String command = "test <ip> != " + slow + " || until test -e " + go + "; do sleep 0.05; done; false";
        jails.run(plan(Sources.Backend.FILES, "no", command));

        site.write(Stream.of(A, A, A, slow)
                .map(address -> NOON + " vps wordpress(x)[1]: Authentication failure for admin from " + address)
                .collect(Collectors.joining("\n")));
        Site.await("the change", () -> !changes.isEmpty());
        assertThat(jails.bans()).as("what the firewall goes by now").doesNotContainKey("wordpress");
        assertThat(ledger.active(NOON)).isEmpty();
        Files.createFile(go);

        Site.await("the change again", () -> changes.size() == 2);
        assertThat(changes.getLast()).isEqualTo(changes.getFirst());
        assertThat(ledger.active(NOON)).hasSize(1);
    }

    @Test
    void run_journal_bansFromItAndReadsNothingTwiceAfterARestart() throws Exception {
        need(Files.isExecutable(Path.of("/lib/systemd/systemd-journal-remote")));
        Path file = directory.resolve("system.journal");
        writeJournal(file, A, A);
        Plan plan = plan(Sources.Backend.JOURNAL, "no", "");
        jails.run(plan);
        site.awaitHeard("seen Found", 2);
        jails.stop();

        jails.run(plan);
        writeJournal(file, A);
        site.awaitHeard("banned " + A);

        assertThat(site.heard.count("seen Found")).isEqualTo(2);
    }

    @Test
    void run_eitherWithoutLogs_readsTheJournal() throws Exception {
        need(Files.isExecutable(Path.of("/lib/systemd/systemd-journal-remote")));
        writeJournal(directory.resolve("system.journal"), A, A, A);
        Files.delete(site.log());

        jails.run(plan(Sources.Backend.EITHER, "no", ""));

        site.awaitHeard("banned " + A);
    }

    @Test
    void run_eitherWithLogs_readsThem() throws Exception {
        jails.run(plan(Sources.Backend.EITHER, "no", ""));

        site.fail(A, A, A);

        site.awaitHeard("banned " + A);
    }

    @Test
    void run_logsAfterTheJournal_countsNothingTwice() throws Exception {
        need(Files.isExecutable(Path.of("/lib/systemd/systemd-journal-remote")));
        writeJournal(directory.resolve("system.journal"), A, A);
        Files.delete(site.log());
        Plan plan = plan(Sources.Backend.EITHER, "no", "");
        jails.run(plan);
        site.awaitHeard("seen Found", 2);
        jails.stop();
        Files.createFile(site.log());
        site.fail(A, A);

        jails.run(plan);
        // It has looked how long the log is when it answers.
        jails.named("wordpress").orElseThrow().ask(JailKeeper::sources).get();
        String other = "203.0.113.77";
        site.fail(other);
        site.awaitHeard("seen Found", 3);
        assertThat(site.heard.count("banned " + A)).isZero();

        site.fail(A);
        site.awaitHeard("banned " + A);
    }

    @Test
    void plan_encodingOfTwoBytes_isAProblemOfTheJail() {
        Plan plan = plan(Sources.Backend.FILES, "no", "", StandardCharsets.UTF_16LE);

        assertThat(plan.leftOut()).containsExactly("wordpress");
        assertThat(plan.problems())
                .singleElement()
                .asString()
                .contains("logencoding")
                .contains("UTF-16LE");
    }

    @Test
    void stop_loopThatHasEnded_refusesQuestions() {
        JailLoop loop = jails.named("wordpress").orElseThrow();

        jails.stop();

        assertThat(jails.all()).isEmpty();
        assertThat(loop.ask(keeper -> keeper.bans().all()))
                .failsWithin(Duration.ofSeconds(5))
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("Jail wordpress does not run any more.");
    }

    @Test
    void ask_questionThatFails_endsNeitherTheJailNorTheOthers() throws Exception {
        JailLoop loop = jails.named("wordpress").orElseThrow();

        assertThat(loop.ask(_ -> {
                    throw new IllegalStateException("a defect");
                }))
                .failsWithin(Duration.ofSeconds(5));

        site.fail(A, A, A);
        site.awaitHeard("banned " + A);
    }

    private static void need(boolean there) {
        Needs.orSkip(there, "systemd-journal-remote is not installed");
    }

    /** What WordPress writes to the journal of failed log-ins. */
    private void writeJournal(Path file, String... addresses) throws Exception {
        Process writer = new ProcessBuilder("/lib/systemd/systemd-journal-remote", "--output=" + file, "-")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (Writer to = writer.outputWriter(StandardCharsets.UTF_8)) {
            for (String address : addresses) {
                to.write("__REALTIME_TIMESTAMP=" + NOON.getEpochSecond() + "000000\n__MONOTONIC_TIMESTAMP=1000000\n"
                        + "_BOOT_ID=0123456789abcdef0123456789abcdef\n_HOSTNAME=vps\n"
                        + "SYSLOG_IDENTIFIER=wordpress(blog.example.test)\n_PID=4711\n"
                        + "MESSAGE=Authentication failure for admin from " + address + "\n\n");
            }
        }
        assertThat(writer.waitFor()).isZero();
    }

    private Plan plan(Sources.Backend backend, String usedns, String ignorecommand) {
        return plan(backend, usedns, ignorecommand, StandardCharsets.UTF_8);
    }

    /** The site's plan with other sources and exemptions. */
    private Plan plan(Sources.Backend backend, String usedns, String ignorecommand, Charset encoding) {
        Configuration read = site.configuration().read();
        JailDefinition jail = read.jails().getFirst();
        FilterDefinition filter = jail.filter();
        JailDefinition other = new JailDefinition(
                jail.name(),
                new FilterDefinition(filter.name(), List.of("from <HOST>$"), List.of(), "", "", filter.zone(), usedns),
                jail.origin(),
                new Sources(
                        backend,
                        jail.sources().logs(),
                        List.of(),
                        Map.of(
                                "journalfiles",
                                directory.resolve("system.journal").toString()),
                        encoding),
                jail.limits(),
                new Exemptions(List.of(), true, ignorecommand, IgnoreCache.NONE),
                jail.actions(),
                jail.gates());
        return Plan.of(new Configuration(
                List.of(other),
                List.of(),
                List.of(),
                read.directory(),
                read.server(),
                read.files(),
                read.faults(),
                read.commands()));
    }

    private Plan plan() {
        return Plan.of(site.configuration().read());
    }
}
