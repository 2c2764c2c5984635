package bailiff.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files made to hurt the reader end in a problem, soon, and without an exception. */
@Timeout(60)
class HostileConfigurationTest {

    @TempDir
    private Path path;

    private ConfigDirectory directory = new ConfigDirectory(Path.of(""));

    @BeforeEach
    void makeDirectory() {
        directory = ConfigDirectory.withFilter(path);
    }

    @Test
    void read_valueThatRefersToItself_isAProblem() {
        directory.jail("maxretry = %(maxretry)s\nbantime = %(a)s\na = %(b)s\nb = %(a)s\n");

        assertThat(directory.problems())
                .containsExactlyInAnyOrder(
                        "ERROR jail.local:5: [web] maxretry: refers to itself, or to too many values: gave up at"
                                + " 'maxretry'",
                        "ERROR jail.local:6: [web] bantime: refers to itself, or to too many values: gave up at 'b'");
    }

    @Test
    void read_tagThatRefersToItself_isAProblem() {
        directory
                .write("filter.d/test.conf", "[Definition]\nfailregex = <a> <HOST>\na = <b>\nb = <a>\n")
                .jail("");

        assertThat(directory.problems())
                .containsExactly("ERROR filter.d/test.conf:2: [Definition] failregex: the tag '<a>' refers to itself");
    }

    @Test
    void read_valueThatDoublesAndDoubles_isAProblem() {
        directory.jail(doubling("%%(v%1$d)s%%(v%1$d)s") + "bantime = %(v17)s\nv0 = 0123456789\n");

        assertThat(directory.problems())
                .hasSize(1)
                .first()
                .satisfies(problem ->
                        assertThat(problem).containsAnyOf("refers to itself, or to too many values", "grows beyond"));
    }

    @Test
    void read_valueOfAMegabytePutInAgainAndAgain_isAProblem() {
        directory.jail("big = " + "x".repeat(1 << 20) + "\nbantime = " + "%(big)s".repeat(1_000) + "\n");

        assertThat(directory.problems())
                .containsExactly(
                        "ERROR jail.local:6: [web] bantime: grows beyond 1048576 characters when values are put in");
    }

    @Test
    void read_tagThatDoublesAndDoubles_isAProblem() {
        directory
                .write(
                        "filter.d/test.conf",
                        "[Definition]\nfailregex = <v40> <HOST>\nv0 = 0123456789\n" + doubling("<v%1$d><v%1$d>"))
                .jail("");

        assertThat(directory.problems())
                .hasSize(1)
                .first()
                .satisfies(problem ->
                        assertThat(problem).contains("grows beyond 1048576 characters when tags are replaced"));
    }

    @Test
    void read_tagsThatFanOutOverManyOptions_areAProblem() {
        StringBuilder filter = new StringBuilder("[Definition]\nfailregex = <HOST>\n");
        for (int i = 0; i < 2_000; i++) {
            filter.append("v%d = ".formatted(i))
                    .append("<w%d>".formatted(i).repeat(20))
                    .append('\n');
            filter.append("w%d = ".formatted(i))
                    .append("x".repeat(1_000))
                    .append("<v%d>".formatted(i + 1))
                    .append('\n');
        }
        directory.write("filter.d/test.conf", filter.toString()).jail("");

        assertThat(directory.problems()).hasSize(1);
        assertThat(directory.read().leftOut()).containsExactly("web");
    }

    @Test
    void read_actionThatRefersToItself_isAProblem() {
        directory
                .write("action.d/own.conf", "[Definition]\nactionban = <a>\n[Init]\na = <b>\nb = <a>\n")
                .jail("action = own\n");

        assertThat(directory.problems())
                .singleElement()
                .asString()
                .contains("action.d/own.conf:")
                .contains("refers to itself");
    }

    @Test
    void read_thirtyThousandJailsThatEachBlowUp_endInProblemsSoon() {
        StringBuilder jails = new StringBuilder("[DEFAULT]\nenabled = %(v9)s\nv0 = true\n");
        for (int i = 1; i < 10; i++) {
            jails.append("v%d = ".formatted(i))
                    .append("%%(v%d)s".formatted(i - 1).repeat(3))
                    .append('\n');
        }
        for (int i = 0; i < 30_000; i++) {
            jails.append("[j%d]\n".formatted(i));
        }
        directory.write("jail.local", jails.toString());

        Configuration configuration = directory.read();

        assertThat(configuration.jails()).isEmpty();
        assertThat(configuration.hasErrors()).isTrue();
    }

    @Test
    void read_asManySectionsAsFit_areRead() {
        directory.jail(sections(49_000));

        assertThat(directory.onlyJail().name()).isEqualTo("web");
    }

    private static String sections(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append("[s%d]\na = b\n".formatted(i));
        }
        return text.toString();
    }

    @Test
    void read_fileOfTenMegabytes_isAProblem() {
        directory.jail("bantime = " + "9".repeat(10 << 20) + "\n");

        assertThat(directory.problems())
                .containsExactly("ERROR jail.local: cannot be read: the file is larger than 4194304 bytes");
    }

    @Test
    void read_includesThatFanOut_areAProblem() {
        for (int i = 0; i < 30; i++) {
            String next = "i" + (i + 1) + ".conf";
            directory.write("i" + i + ".conf", "[INCLUDES]\nbefore = " + next + "\n " + next + "\n " + next + "\n");
        }
        directory.write("i30.conf", "[DEFAULT]\na = 1\n").jail("[INCLUDES]\nbefore = i0.conf\n");

        assertThat(directory.problems())
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).contains("expected includes of at most 1000 files"));
        assertThat(directory.read().leftOut()).containsExactly("web");
    }

    @Test
    void read_thousandsOfBrackets_areAProblem() {
        directory.jail("action = a" + "[x=1]".repeat(50_000) + "[\n");

        assertThat(directory.problems())
                .hasSize(1)
                .first()
                .satisfies(problem -> assertThat(problem).contains("[web] action: read the end at position"));
    }

    @Test
    void read_thousandsOfUnclosedTags_areLeftAsTheyAre() {
        directory
                .write("filter.d/test.conf", "[Definition]\nfailregex = ^" + "<".repeat(100_000) + " <HOST>\n")
                .jail("");

        assertThat(directory.onlyJail().filter().failregex().getFirst()).hasSize(100_008);
    }

    @Test
    void read_directoryInPlaceOfAFile_isNotThere() throws IOException {
        Files.createDirectories(path.resolve("jail.d/x.conf"));
        directory.jail("");

        assertThat(directory.onlyJail().name()).isEqualTo("web");
    }

    @Test
    void read_filesWithBytesChangedAtRandom_neverThrows() throws IOException {
        byte[] sane = """
                [INCLUDES]
                before = other.conf
                [DEFAULT]
                bantime = 1h 30m
                action_ = %(banaction)s[port="%(port)s", name=x]
                [web]
                enabled = true
                filter = test[mode="a", b='c']
                logpath = /var/log/web tail
                banaction = iptables-multiport
                port = http,1000:2000
                action = %(action_)s
                ignoreip = 127.0.0.1/8 ::1
                failregex = %(known/failregex)s <known/x>
                """.getBytes(StandardCharsets.UTF_8);
        byte[] alphabet = "[]%()s<>=:;#\"', \n\tab0\u0000\u00ff".getBytes(StandardCharsets.ISO_8859_1);
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            byte[] changed = sane.clone();
            for (int i = random.nextInt(8); i >= 0; i--) {
                changed[random.nextInt(changed.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            Files.write(path.resolve("jail.local"), changed);

            Configuration configuration = directory.read();

            boolean explained = !configuration.leftOut().isEmpty() == configuration.hasErrors()
                    || configuration.jails().isEmpty();
            assertThat(explained).as("seed %d: %s", seed, configuration).isTrue();
        }
    }

    private static String doubling(String twice) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.append("v%d = ".formatted(i + 1)).append(twice.formatted(i)).append('\n');
        }
        return text.toString();
    }

    @Test
    void read_moreProblemsThanAnybodyReads_areCutShort() {
        StringBuilder jails = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            jails.append("[j%d]\nenabled = true\n".formatted(i));
        }
        directory.write("jail.local", jails.toString());

        List<Problem> problems = directory.read().problems();

        assertThat(problems).hasSize(Problems.MOST + 1);
        assertThat(problems.getLast().message()).isEqualTo("there are more problems than the 1000 listed");
    }
}
