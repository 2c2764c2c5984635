package bailiff.action;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an attacker writes into a log, in front of a real shell. */
class ShellSafetyTest {

    private static final List<String> PIECES = List.of(
            "$(touch OWNED)",
            "`touch OWNED`",
            "; touch OWNED;",
            "\ntouch OWNED\n",
            "' ; touch OWNED; '",
            "\" ; touch OWNED; \"",
            "| touch OWNED",
            "& touch OWNED &",
            "> OWNED",
            "${x:=$(touch OWNED)}",
            "\\",
            "'",
            "\"",
            "$((",
            "))",
            "}",
            "{ touch OWNED;}",
            "x touch OWNED",
            "\r\n",
            "<(touch OWNED)",
            "PATH=. x",
            "*",
            "~",
            "\u2028",
            "\ud83d\ude00",
            "\0",
            "#",
            "!",
            "EOF\ntouch OWNED\nEOF",
            "esac\ntouch OWNED",
            "*) touch OWNED;;",
            "-e touch",
            "%s%n",
            "<ip>",
            "<br>",
            "f2bV_F_user",
            "$f2bV_F_user",
            "$0",
            "\u0007",
            "a",
            " ",
            "=");

    /** Each writes a file named DONE at its end where the value did not break it. */
    private static final List<String> PLACES = List.of(
            "echo <F-USER> >/dev/null",
            "echo \"<F-USER>\" >/dev/null",
            "echo '<F-USER>' >/dev/null",
            "user=<F-USER>; echo \"$user\" >/dev/null",
            "user=<F-USER> true",
            "cat >/dev/null <<EOF\n<F-USER>\nEOF",
            "cat >/dev/null <<'EOF'\n<F-USER>\nEOF",
            "echo \"$(echo \"<F-USER>\")\" >/dev/null",
            "echo `echo '<F-USER>'` >/dev/null",
            "case \"<F-USER>\" in a) true;; esac",
            "[ \"x<F-USER>\" = x ] || true",
            "printf %s \"a<F-USER>b\" | cat >/dev/null",
            "sh -c 'echo \"<F-USER>\"' >/dev/null",
            "lgm=$(printf '%.100s' \"<F-USER>\"); echo \"$lgm\" >/dev/null",
            "for word in <F-USER>; do true; done",
            "true # <F-USER>",
            "if [ ! -z '<F-USER>' ]; then true; fi");

    @TempDir
    Path directory;

    @Test
    void command_withHostileValueInAnyPlace_runsNothingOfIt() throws Exception {
        SplittableRandom random = new SplittableRandom(42);
        Shell shell = new ProcessShell(List.of("env", "-C", directory.toString()));
        for (String place : PLACES) {
            for (int i = 0; i < 12; i++) {
                String value = Stream.generate(() -> PIECES.get(random.nextInt(PIECES.size())))
                        .limit(1 + random.nextInt(4))
                        .collect(Collectors.joining());

                Shell.Outcome outcome = run(shell, place + "\ntouch DONE", value);

                assertThat(directory.resolve("OWNED"))
                        .as("%s with %s", place, value)
                        .doesNotExist();
                assertThat(directory.resolve("DONE"))
                        .as("%s with %s: %s", place, value, outcome)
                        .exists();
                Files.delete(directory.resolve("DONE"));
            }
        }
    }

    @Test
    void command_withValueInDoubleQuotes_seesItUnchanged() throws Exception {
        Shell shell = new ProcessShell(List.of("env", "-C", directory.toString()));
        boolean ascii = !"UTF-8".equals(System.getProperty("sun.jnu.encoding"));
        for (String value : PIECES) {
            if (ascii && !value.chars().allMatch(letter -> letter < 128)) {
                // In the locale C, which bailiff's launcher replaces, Java has no other letters for other programs.
                continue;
            }
            run(shell, "printf %s \"<F-USER>\" >seen", value);

            assertThat(Files.readString(directory.resolve("seen"))).isEqualTo(value.replace('\0', '?'));
        }
    }

    private static Shell.Outcome run(Shell shell, String command, String value) {
        TicketTags tags =
                new TicketTags(Bans.with("192.0.2.1", Map.of("user", value)), Bans.background(), new HostNames());
        return shell.run(DynamicTags.put(command, tags), Duration.ofSeconds(20));
    }
}
