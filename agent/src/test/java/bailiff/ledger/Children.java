package bailiff.ledger;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts classes of these tests as processes of their own, and speaks for them. */
final class Children {

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out);

    private Children() {}

    static Process start(Class<?> program, Path ledger, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Xmx64m"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(options));
        command.addAll(List.of(program.getName(), ledger.toString()));
        return new ProcessBuilder(command).start();
    }

    /** Writes a line from within a child; it has left the process when this returns. */
    static void say(String line) throws IOException {
        OUT.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
