package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.control.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bailiff import} from a database made by hand: what is taken over, what is not, and what the guard makes of it. */
class ImportCommandTest {

    private static final String A = "203.0.113.9";
    private static final String B = "203.0.113.10";
    private static final String DATA =
            "{\"matches\": [\"first line\", [\"\", \"2026-01-01 00:00:00\", \" second line\"]], \"failures\": 7}";

    @TempDir
    Path directory;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private MovingSite site;
    private Fail2banTables tables;

    @BeforeEach
    void open() throws Exception {
        site = new MovingSite(directory);
        tables = new Fail2banTables(site.database());
    }

    @AfterEach
    void close() throws Exception {
        site.close();
        tables.close();
    }

    @Test
    void import_standingBan_keepsEndCountAndEvidence() throws Exception {
        tables.current("site", A, now.minusSeconds(600), 3_600, 4, DATA);

        Run run = site.imported();
        site.startGuard();

        assertThat(run).isEqualTo(new Run(0, run.out(), ""));
        assertThat(run.out()).contains("Jail site: 1 ban in force, 0 bans of the past\n");
        assertThat(site.bans())
                .singleElement()
                .satisfies(ban -> assertThat(ban)
                        .containsEntry("ip", A)
                        .containsEntry("until", time(now.plusSeconds(3_000)))
                        .containsEntry("bancount", 4)
                        .containsEntry("failures", 7)
                        .containsEntry("evidence", "import"));
        assertThat(site.ask("why", A).out()).contains("first line", "2026-01-01 00:00:00 second line");
    }

    @Test
    void import_again_addsNothingAndDoesNotBringBackWhoWasPardoned() throws Exception {
        tables.current("site", A, now.minusSeconds(600), 3_600, 1, DATA);
        tables.current("site", B, now.minusSeconds(600), 3_600, 1, DATA);
        site.imported();
        site.startGuard();
        site.ask("unban", A);
        site.stopGuard();

        Run again = site.imported("--json");
        site.startGuard();

        assertThat(again.objects().getFirst())
                .containsEntry("bans", 0)
                .containsEntry("already", 2)
                .containsEntry("history", 0);
        assertThat(site.bans()).extracting(ban -> ban.get("ip")).containsExactly(B);
    }

    @Test
    void import_endedBans_becomeHistoryAndTheCountGoesOn() throws Exception {
        tables.past("site", A, now.minusSeconds(20_000), 60, 1);
        tables.current("site", A, now.minusSeconds(10_000), 60, 2, DATA);

        Run run = site.imported("--json");
        site.startGuard();
        site.fail(A, A, A);
        MovingSite.await("the ban", () -> !site.bans().isEmpty());

        assertThat(run.objects().getFirst()).containsEntry("bans", 0).containsEntry("history", 2);
        assertThat(site.bans().getFirst()).containsEntry("bancount", 3);
        assertThat(site.ask("why", A).out()).contains("first line");
    }

    @Test
    void import_singleIpv6Address_staysOneAddress() throws Exception {
        tables.current("site", "2001:db8::7", now, 3_600, 1, DATA);
        tables.current("site", "198.51.100.0/24", now, -1, 1, DATA);

        site.imported();
        site.startGuard();

        assertThat(site.bans())
                .extracting(ban -> ban.get("ip") + " " + ban.get("until"))
                .containsExactly("2001:db8::7 " + time(now.plusSeconds(3_600)), "198.51.100.0/24 -1");
    }

    @Test
    void import_hostileRows_areCountedAndBanNobody() throws Exception {
        tables.current("site", "999.1.1.1", now, 3_600, 1, DATA);
        tables.current("site", "\u001b[2Jevil", now, 3_600, 1, DATA);
        tables.current("site", "192.0.2.1", now.plusSeconds(86_400), 3_600, 1, DATA);
        tables.current("site", "192.0.2.2", Instant.ofEpochSecond(Long.MAX_VALUE / 1_000_000_000), 3_600, 1, DATA);
        tables.current("site", "192.0.2.3", now, -77, 1, DATA);
        tables.current("site", "192.0.2.4", now, Long.MAX_VALUE, Integer.MAX_VALUE, "[".repeat(100_000));
        tables.current("site", "192.0.2.5", now, 3_600, -5, "{\"matches\": " + "9".repeat(3 << 20) + "}");

        Run run = site.imported();
        site.startGuard();

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("10 entries could not be used, such as ").doesNotContain("\u001b");
        assertThat(site.bans())
                .extracting(ban -> ban.get("ip") + " " + ban.get("until") + " " + ban.get("bancount"))
                .containsExactly("192.0.2.5 " + time(now.plusSeconds(3_600)) + " 1", "192.0.2.4 -1 1000000");
    }

    @Test
    void import_jailThatTheConfigurationDoesNotHave_staysBehindAndIsNamed() throws Exception {
        tables.current("sshd", A, now, 3_600, 1, DATA);

        Run run = site.imported();

        assertThat(run.out())
                .contains("Jail sshd: nothing. The configuration has no such jail switched on, so 1 ban of its");
        assertThat(run.exit()).isZero();
    }

    @Test
    void import_bansOfAnotherKindThanObserved_stand() throws Exception {
        site.startGuard();
        site.fail(A, A, A);
        MovingSite.await("the observed ban", () -> !site.bans().isEmpty());
        site.stopGuard();
        tables.current("site", A, now.minusSeconds(60), 3_600, 1, DATA);

        Run run = site.imported("--json");

        assertThat(run.objects().getFirst()).containsEntry("bans", 1);
        site.startGuard();
        assertThat(site.bans()).singleElement().satisfies(ban -> assertThat(ban).containsEntry("evidence", "import"));
    }

    @Test
    void import_whileTheGuardRuns_isRefused() throws Exception {
        site.startGuard();

        Run run = site.imported();

        assertThat(run.exit()).isOne();
        assertThat(run.err()).contains("Another guard is using", "bailiff stop");
        assertThat(site.imported("--dry-run").exit()).isOne();
    }

    @Test
    void import_dryRun_saysTheSameAndChangesNothing() throws Exception {
        tables.current("site", A, now, 3_600, 1, DATA);

        Run dry = site.imported("--dry-run");

        assertThat(dry.out()).contains("Would take over from ", "Jail site: 1 ban in force");
        assertThat(directory.resolve("state")).doesNotExist();
        assertThat(site.imported().out()).contains("Jail site: 1 ban in force");
        assertThat(site.imported("--dry-run").out()).contains("0 bans in force", "1 were known already");
    }

    @Test
    void import_readPosition_readsOnWhereFail2banWas() throws Exception {
        site.fail(A, A);
        long offset = Files.size(site.log());
        tables.log("site", site.log(), sha1OfFirstLine(), offset);
        site.fail(A, B, B, B);

        Run run = site.imported();
        site.startGuard();
        MovingSite.await("the ban", () -> !site.bans().isEmpty());

        assertThat(run.out()).contains(site.log() + " is read on from where fail2ban was");
        assertThat(site.bans())
                .as("the two failures before the position do not count again")
                .extracting(ban -> ban.get("ip"))
                .containsExactly(B);
    }

    @Test
    void import_readPositionOfRotatedLog_readsTheOldFileToItsEndFirst() throws Exception {
        site.fail("192.0.2.1");
        tables.log("site", site.log(), sha1OfFirstLine(), Files.size(site.log()));
        site.fail(A, A);
        Files.move(site.log(), directory.resolve("site.log.1"));
        Files.createFile(site.log());
        site.fail(A);

        site.imported();
        site.startGuard();

        MovingSite.await("the ban", () -> !site.bans().isEmpty());
        assertThat(site.bans()).extracting(ban -> ban.get("ip")).containsExactly(A);
        assertThat(site.ask("status", "site").out()).contains("3 failures found");
    }

    @Test
    void import_readPositionOfAnotherFile_readsFromTheBeginning() throws Exception {
        site.fail(A, A);
        tables.log("site", site.log(), "0".repeat(40), Files.size(site.log()));
        site.fail(A);

        Run run = site.imported();
        site.startGuard();

        assertThat(run.out()).contains("note: " + site.log() + " is read as if it were new.");
        MovingSite.await("the ban", () -> !site.bans().isEmpty());
    }

    @Test
    void import_positionThatOurGuardHasPassed_isNotGoneBackTo() throws Exception {
        site.fail(B);
        tables.log("site", site.log(), sha1OfFirstLine(), Files.size(site.log()));
        site.fail(A, A);
        site.imported();
        site.startGuard();
        MovingSite.await("the failures", () -> site.ask("status").out().contains("2 failures found"));
        site.stopGuard();

        Run run = site.imported();
        site.startGuard();

        assertThat(run.out()).contains("Bailiff itself has read as far or farther");
        assertThat(site.ask("status", "site").out()).contains("1 failing, 0 failures found");
    }

    @Test
    void import_noDatabase_saysWhere() {
        Run run = Run.of("import", "-c", site.path("etc"), "--state", site.path("state"), "--db", site.path("none"));

        assertThat(run.exit()).isOne();
        assertThat(run.err()).isEqualTo("bailiff: There is no database of fail2ban in " + site.path("none") + ".\n");
    }

    @Test
    void import_somethingElse_saysSo() throws Exception {
        Files.writeString(directory.resolve("other"), "no database at all, but long enough to look like a file of one");

        Run run = Run.of("import", "-c", site.path("etc"), "--state", site.path("state"), "--db", site.path("other"));

        assertThat(run.exit()).isOne();
        assertThat(run.err()).contains("fail2ban's database " + site.path("other") + " cannot be read");
    }

    @Test
    void import_whileAnotherProgramWrites_readsWhatIsThere() throws Exception {
        tables.current("site", A, now, 3_600, 1, DATA);
        tables.run("PRAGMA journal_mode = MEMORY");

        assertThat(site.imported("--json").objects())
                .extracting(object -> object.get("bans"))
                .startsWith(1);
        tables.current("site", B, now, 3_600, 1, DATA);
        assertThat(site.imported("--json").objects())
                .as("the database is still fail2ban's to write")
                .extracting(object -> object.get("bans"))
                .startsWith(1);
    }

    private String sha1OfFirstLine() throws Exception {
        List<String> lines = Files.readAllLines(site.log());
        byte[] first = (lines.getFirst() + "\n").getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(first));
    }

    private static String time(Instant time) {
        return Json.time(time);
    }
}
