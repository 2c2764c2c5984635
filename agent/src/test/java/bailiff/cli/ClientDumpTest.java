package bailiff.cli;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.Needs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bailiff client -d} prints what {@code fail2ban-client -d} prints of the same configuration. */
class ClientDumpTest {

    private static final Path CLIENT = Path.of("/usr/bin/fail2ban-client");

    @TempDir
    Path directory;

    @BeforeEach
    void configure() throws IOException {
        for (String folder : List.of("filter.d", "action.d")) {
            Files.createDirectories(directory.resolve(folder));
        }
        Files.createFile(directory.resolve("site one.log"));
        write("fail2ban.conf", """
                [Definition]
                loglevel = NOTICE
                logtarget = %1$s/f2b.log
                syslogsocket = auto
                allowipv6 = auto
                socket = %1$s/f2b.sock
                dbfile = None
                dbmaxmatches = 7
                dbpurgeage = 2d

                [Thread]
                stacksize = 32
                """.formatted(directory));
        write("jail.conf", """
                [DEFAULT]
                backend = polling
                ignoreip = 127.0.0.0/8 ::1
                ignoreself = false
                usedns = no

                [wp]
                enabled = true
                filter = wp
                maxretry = 5
                bantime = 1h
                bantime.increment = true
                logpath = %1$s/site*.log tail
                          %1$s/nothing.log
                action = note[port="80,443", say='so "it" is']
                         long

                [journal]
                enabled = true
                filter = wp
                backend = systemd
                journalmatch = _SYSTEMD_UNIT=a.service + _COMM=b
                """.formatted(directory));
        write("filter.d/wp.conf", """
                [Definition]
                failregex = ^ tab\\t"quoted" 'both' café <HOST>$
                            ^ second from <ADDR>$
                ignoreregex = ^ good
                datepattern = ^%%Y-%%m-%%d %%H:%%M:%%S
                """);
        write("action.d/note.conf", """
                [Definition]
                actionban = echo <ip> <say>
                            echo <port>
                [Init]
                port = 1
                say = nothing
                """);
        write("action.d/long.conf", """
                [Definition]
                actionstart = %s
                              %s
                              end
                actionban = true %s<ip>
                """.formatted("true; ".repeat(300), "x".repeat(1_200), "word ".repeat(190)));
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private List<String> theirs(String... options) throws Exception {
        boolean there = Files.isExecutable(CLIENT);
        String why = "Needs fail2ban as the oracle (package fail2ban).";
        Needs.orSkip(there, why);
        List<String> words = Stream.concat(Stream.of(CLIENT.toString(), "-c", directory.toString()), Stream.of(options))
                .toList();
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectError(directory.resolve("err").toFile());
        builder.environment().put("PYTHONIOENCODING", "utf-8");
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out.lines().toList();
    }

    private Run ours(String... options) {
        return Run.of(Stream.concat(Stream.of("client", "-c", directory.toString()), Stream.of(options))
                .toArray(String[]::new));
    }

    @Test
    void client_d_isTheSameText() throws Exception {
        Run run = ours("-d");

        assertThat(run.exit()).isZero();
        assertThat(run.lines()).isEqualTo(theirs("-d")).hasSizeGreaterThan(20);
    }

    @Test
    void client_dp_breaksLongCommandsAlike() throws Exception {
        Run run = ours("--dp");

        assertThat(run.exit()).isZero();
        assertThat(run.lines())
                .isEqualTo(theirs("--dp"))
                .hasSizeGreaterThan(ours("-d").lines().size());
    }

    @Test
    void client_dOfAFaultyJail_saysSoAndDumpsTheRest() throws IOException {
        write("jail.local", "[bad]\nenabled = true\nfilter = nosuch\n");

        Run run = ours("-d");

        assertThat(run.exit()).isZero();
        assertThat(run.lines())
                .contains("['start', 'wp']")
                .anyMatch(line -> line.startsWith("['config-error', \"Jail 'bad' skipped"));
        assertThat(run.err()).contains("[bad] filter");
    }

    @Test
    void client_dAndT_dumpsThenTests() {
        assertThat(ours("-d", "-t").lines())
                .contains("['start', 'wp']")
                .endsWith("OK: configuration test is successful");
    }
}
