package bailiff.filter;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A program that asks an installed fail2ban. */
final class Fail2banProgram {

    private Fail2banProgram() {}

    /** The lines that the program of that name prints; none where fail2ban's package is not installed. */
    static List<String> run(String name) throws IOException {
        Process python = new ProcessBuilder("/usr/bin/python3", "-c", text("fail2ban_common.py") + text(name))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        return python.inputReader(StandardCharsets.UTF_8).lines().toList();
    }

    private static String text(String name) throws IOException {
        try (InputStream program = Fail2banProgram.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(program).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
