package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShellTextTest {

    private static final String NASTY = "a'b\"c `touch pwned` $(touch pwned) ; touch pwned & * \\ \n<ip> ${HOME} #";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "printf %%s <F-USER>",
                "printf %%s \"<F-USER>\"",
                "printf %%s '<F-USER>'",
                "x=<F-USER>; printf %%s \"$x\""
            })
    void of_hostileValue_reachesTheProgramAsItIs(String template) throws Exception {
        assertThat(run(template.replace("%%", "%"), NASTY)).isEqualTo(NASTY);
        assertThat(directory.resolve("pwned")).doesNotExist();
    }

    @Test
    void of_valueBetweenOtherText_joinsIt() throws Exception {
        assertThat(run("printf %s user=<F-USER>,'it is \"<F-USER>\"'", "a b")).isEqualTo("user=a b,it is \"a b\"");
    }

    @Test
    void of_escapedQuotes_keepTheirPlace() throws Exception {
        assertThat(run("printf %s \\'<F-USER>\\'\"\\\"<F-USER>\"", "a b")).isEqualTo("'a b'\"a b");
    }

    @Test
    void of_whatIsNoTag_staysForTheShell() {
        ShellText text = ShellText.of("cat <input >output <ip>", tag -> tag.equals("ip") ? "192.0.2.1" : null);

        assertThat(text.command()).isEqualTo("cat <input >output \"${f2bV_ip}\"");
        assertThat(text.variables()).isEqualTo(Map.of("f2bV_ip", "192.0.2.1"));
    }

    @Test
    void of_randomHostileValues_neverChangeTheCommand() throws Exception {
        SplittableRandom random = new SplittableRandom(7);
        String alphabet = "ab'\"`$(){};&|<>*?[]~#\\ \t\n!-";
        for (int i = 0; i < 50; i++) {
            StringBuilder value = new StringBuilder("x");
            for (int length = random.nextInt(30); length > 0; length--) {
                value.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            value.append('x');

            assertThat(run("printf '%s|' <F-USER> \"<F-USER>\" '<F-USER>'", value.toString()))
                    .isEqualTo((value + "|").repeat(3));
        }
    }

    private String run(String template, String user) throws IOException, InterruptedException {
        ShellText text = ShellText.of(template, tag -> tag.equals("F-USER") ? user : null);
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", text.command())
                .directory(directory.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(text.variables());
        builder.start().waitFor();
        return Files.readString(output, StandardCharsets.UTF_8);
    }
}
