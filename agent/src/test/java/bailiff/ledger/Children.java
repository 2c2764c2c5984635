package bailiff.ledger;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Starts classes of these tests as processes of their own, and speaks for them. */
final class Children {

    @SuppressWarnings("StreamResourceLeak")
    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private Children() {}

    static Process start(Class<?> program, Path ledger) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        ledger.toString())
                .redirectError(Redirect.INHERIT)
                .start();
    }

    /** Writes a line from within a child; it has left the process when this returns. */
    static void say(String line) throws IOException {
        OUT.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
