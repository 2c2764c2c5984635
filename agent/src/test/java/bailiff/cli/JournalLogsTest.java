package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import bailiff.source.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code match}, {@code regex} and {@code replay} on a real file of the systemd journal. */
class JournalLogsTest {

    private static final Instant NOON = Instant.parse("2026-04-09T12:00:00Z");

    @TempDir
    Path directory;

    private String log = "";

    @BeforeEach
    void write() throws IOException {
        String why = "Needs systemd-journal-remote and journalctl.";
        Needs.orSkip(Journal.isPossible(), why);
        Path file = directory.resolve("system.journal");
        try (Journal journal = Journal.open(file)) {
            for (int i = 0; i < 3; i++) {
                journal.ssh(NOON.plusSeconds(i), "refused 192.0.2.1 at the door");
            }
            journal.ssh(NOON.plusSeconds(9), "\u001b[2Jall is well");
        }
        log = "systemd-journal[journalfiles=\"" + file + "\"]";
        Files.createDirectories(directory.resolve("filter.d"));
        Files.writeString(directory.resolve("filter.d/door.conf"), """
                [Definition]
                _before_journal = \\S+ sshd\\[\\d+\\]:
                _before_file = never
                failregex = ^<_before_<logtype>> refused <HOST> at the door$
                journalmatch = _SYSTEMD_UNIT=ssh.service
                """);
        Files.writeString(directory.resolve("filter.d/other.conf"), """
                [Definition]
                failregex = refused <HOST>
                journalmatch = _SYSTEMD_UNIT=other.service
                """);
        jails("");
    }

    private void jails(String more) throws IOException {
        Files.writeString(directory.resolve("jail.local"), """
                [door]
                enabled = true
                backend = systemd
                filter = door
                maxretry = 3
                findtime = 60
                bantime = 600
                """ + more);
    }

    private Run run(String command, String... arguments) {
        return Run.of(Stream.concat(Stream.of(command, "-c", directory.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    @Test
    void match_filterOnTheJournal_readsItsEntriesWithTheirTimes() {
        Run run = run("match", "--json", "door", log);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.objects().getFirst())
                .containsEntry("file", "systemd-journal")
                .containsEntry("line", 1)
                .containsEntry("ip", "192.0.2.1")
                .containsEntry("time", "2026-04-09T12:00:00.000Z");
        assertThat(run.objects().getLast())
                .isEqualTo(Map.of("summary", Map.of("lines", 4, "matched", 3, "ignored", 0, "missed", 1)));
    }

    @Test
    void match_journalmatchOfTheUser_standsInForTheFilters() {
        assertThat(run("match", "door", "-m", "_SYSTEMD_UNIT=other.service", log)
                        .lines())
                .endsWith("0 lines: 0 matched, 0 ignored, 0 missed");
        assertThat(run("match", "other", "-m", "_PID=4711 + _PID=1", log).lines())
                .endsWith("4 lines: 3 matched, 0 ignored, 1 missed");
        assertThat(run("match", "door", "-m", "'", log).exit()).isEqualTo(2);
    }

    @Test
    void match_anotherLogBesideTheJournal_isRefused() {
        Run run = run("match", "door", log, "-");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("The journal is read alone");
    }

    @Test
    void match_journalThatIsNotThere_isSaid() {
        Run run = run("match", "door", "systemd-journal[journalfiles=" + directory + "/none.journal]");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("journalctl");
    }

    @Test
    void regex_filterOnTheJournal_reportsAsFail2banRegexDoes() {
        Run run = run("regex", log, "door");

        assertThat(run.exit()).isZero();
        assertThat(run.lines())
                .contains(
                        "Use         systemd journal",
                        "Use         encoding : UTF-8",
                        "Use    journal match : _SYSTEMD_UNIT=ssh.service",
                        "Failregex: 3 total",
                        "Lines: 4 lines, 0 ignored, 3 matched, 1 missed");
        assertThat(run.out()).doesNotContain("\u001b");
    }

    @Test
    void regex_expressionOnTheJournal_readsEveryEntry() {
        assertThat(run("regex", log, "refused <HOST>").lines())
                .contains("Lines: 4 lines, 0 ignored, 3 matched, 1 missed")
                .noneMatch(line -> line.startsWith("Use    journal match"));
        assertThat(run("regex", "-m", "_PID=1", log, "refused <HOST>").lines())
                .contains("Lines: 0 lines, 0 ignored, 0 matched, 0 missed");
        assertThat(run("regex", "systemd-journal[nonsense=1]", "<HOST>").exit()).isEqualTo(255);
    }

    @Test
    void replay_jailOfTheJournal_bansInItsTime() {
        Run run = run("replay", "--json", log);

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.objects().getFirst())
                .containsEntry("event", "ban")
                .containsEntry("jail", "door")
                .containsEntry("ip", "192.0.2.1")
                .containsEntry("time", "2026-04-09T12:00:02.000Z");
    }

    @Test
    void replay_jailsOfDifferentEntries_haveToBeChosen() throws IOException {
        jails("[other]\nenabled = true\nbackend = systemd\nfilter = other\n");

        Run both = run("replay", log);
        assertThat(both.exit()).isEqualTo(2);
        assertThat(both.err()).contains("choose one with --jail");
        assertThat(run("replay", "--jail", "other", log).lines())
                .containsExactly("0 lines: 0 failures, 0 bans of 0 addresses");
        assertThat(List.of(
                        run("replay", "--jail", "door", log).exit(),
                        run("replay", "-m", "_PID=4711", log).exit()))
                .containsOnly(0);
    }
}
