package bailiff.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import bailiff.log.LogRecord.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Fail2banLogTest {

    private static final Instant NOON = Instant.parse("2026-04-09T12:00:00.045Z");
    private static final String PID = String.valueOf(ProcessHandle.current().pid());

    @TempDir
    Path directory;

    private static LogRecord ban(String address) {
        return new LogRecord(NOON, Level.NOTICE, "actions", "[wp] Ban " + address);
    }

    private Path file() {
        return directory.resolve("fail2ban.log");
    }

    @Test
    void text_usualLayout_isFail2bansToTheColumn() {
        assertThat(RecordLayout.usual(true, true, ZoneOffset.UTC).text(ban("192.0.2.1")))
                .isEqualTo("2026-04-09 12:00:00,045 fail2ban.actions        [" + PID + "]: NOTICE  [wp] Ban 192.0.2.1");
    }

    @Test
    void text_withoutTimeAndPadding_isTheShortForm() {
        assertThat(RecordLayout.usual(false, false, ZoneOffset.UTC).text(ban("192.0.2.1")))
                .isEqualTo("fail2ban.actions[" + PID + "]: NOTICE [wp] Ban 192.0.2.1");
    }

    @ParameterizedTest
    @CsvSource({
        "'%(levelname)s: %(message)s %%', 'NOTICE: [wp] Ban 192.0.2.1 %'",
        "'%(levelname)10.3s|%(levelno)02d', '       NOT|25'",
        "'%(module)s %(name)s', 'actions fail2ban.actions'",
    })
    void text_ownLayout_isPythons(String format, String expected) {
        assertThat(RecordLayout.of(format, ZoneOffset.UTC).orElseThrow().text(ban("192.0.2.1")))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%(nothing)s", "%(message)", "%(message)q"})
    void of_layoutThatIsNotKnown_isNone(String format) {
        assertThat(RecordLayout.of(format, ZoneId.of("UTC"))).isEmpty();
    }

    @Test
    void write_hostileMessage_isOnePrintableLine() throws IOException {
        try (Fail2banLog log = Fail2banLog.open(file().toString(), "", "")) {
            log.write(ban("x\n2026-04-09 12:00:00,000 fail2ban.actions [1]: NOTICE  [wp] Ban 8.8.8.8\u001b[2J"));
        }

        assertThat(Files.readAllLines(file())).singleElement().asString().contains("\\x0a2026", "\\x1b[2J");
    }

    @Test
    void write_belowTheLevel_isLeftOut() throws IOException {
        try (Fail2banLog log = Fail2banLog.open(file().toString(), "NOTICE", "")) {
            log.write(new LogRecord(NOON, Level.INFO, "filter", "[wp] Found 192.0.2.1"));
            log.write(ban("192.0.2.1"));
        }

        assertThat(Files.readAllLines(file())).hasSize(1);
    }

    @Test
    void write_afterRotation_goesToTheNewFile() throws Exception {
        try (Fail2banLog log = Fail2banLog.open(file().toString(), "", "")) {
            log.write(ban("192.0.2.1"));
            awaitLines(file(), 1);
            Files.move(file(), directory.resolve("fail2ban.log.1"));
            log.write(ban("192.0.2.2"));
            awaitLines(file(), 1);
        }

        assertThat(Files.readString(file())).contains("192.0.2.2").doesNotContain("192.0.2.1");
        assertThat(Files.readString(directory.resolve("fail2ban.log.1"))).doesNotContain("192.0.2.2");
    }

    @Test
    void write_directoryThatIsMissing_isAProblemUntilItIsThere() throws Exception {
        Path late = directory.resolve("late/fail2ban.log");
        try (Fail2banLog log = Fail2banLog.open(late.toString(), "", "")) {
            log.write(ban("192.0.2.1"));
            awaitProblem(log);
            assertThat(log.problem())
                    .isEqualTo("The log in fail2ban's form cannot be written to " + late
                            + ": there is no such directory. 1 lines of it were lost.");

            Files.createDirectory(late.getParent());
            log.write(ban("192.0.2.2"));
            awaitLines(late, 1);
            assertThat(log.problem()).isEqualTo("The log in fail2ban's form: 1 lines of it were lost.");
        }
    }

    @Test
    void write_fullDisk_isAProblemAndThrowsNothing() throws Exception {
        try (Fail2banLog log = Fail2banLog.open("/dev/full", "", "")) {
            log.write(ban("192.0.2.1"));
            awaitProblem(log);

            assertThat(log.problem()).contains("No space left on device", "1 lines of it were lost");
        }
    }

    @Test
    void write_syslogSocket_takesADatagramWithPriority() throws Exception {
        Path socket = directory.resolve("log.sock");
        Process listener = new ProcessBuilder(
                        "python3",
                        "-c",
                        "import socket,sys\ns=socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)\ns.bind(sys.argv[1])\n"
                                + "print('ready', flush=True)\nprint(s.recv(9000).decode(), flush=True)",
                        socket.toString())
                .start();
        var said = listener.inputReader();
        assertThat(said.readLine()).isEqualTo("ready");

        try (Fail2banLog log = Fail2banLog.open("SYSLOG[facility=local1]", "", socket.toString())) {
            log.write(ban("192.0.2.1"));

            assertThat(said.readLine()).isEqualTo("<141>fail2ban.actions[" + PID + "]: NOTICE [wp] Ban 192.0.2.1");
        } finally {
            listener.destroy();
        }
    }

    @Test
    void write_syslogSocketThatIsNotThere_isAProblem() throws Exception {
        try (Fail2banLog log =
                Fail2banLog.open("SYSLOG", "", directory.resolve("none").toString())) {
            log.write(ban("192.0.2.1"));
            awaitProblem(log);

            assertThat(log.problem()).contains("nobody listens at " + directory.resolve("none"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[format=x]", "/x[format=\"%(nothing)s\"]", "/x[broken"})
    void open_targetThatCannotBeOne_saysWhatWasRead(String target) {
        assertThatThrownBy(() -> Fail2banLog.open(target, "", ""))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("logtarget: read ");
    }

    @Test
    void parse_options_areTakenApart() {
        LogTarget target = LogTarget.parse("/var/log/x.log[format=\"%(message)s, [a]\", datetime=off][padding='no']")
                .orElseThrow();

        assertThat(target.name()).isEqualTo("/var/log/x.log");
        assertThat(target.options().get("format")).isEqualTo("%(message)s, [a]");
        assertThat(target.flag("datetime", true)).isFalse();
        assertThat(target.flag("padding", true)).isFalse();
        assertThat(target.flag("other", true)).isTrue();
    }

    private static void awaitLines(Path file, long lines) throws Exception {
        await(() -> {
            try {
                return Files.exists(file) && Files.readAllLines(file).size() >= lines;
            } catch (IOException e) {
                return false;
            }
        });
    }

    private static void awaitProblem(Fail2banLog log) throws InterruptedException {
        await(() -> log.problem().contains(" lost"));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + 30_000_000_000L;
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            Thread.sleep(5);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
