package bailiff.acceptance;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a test takes that not every machine has: without it the test is skipped, or fails where {@code CI=true}. */
final class Needs {

    private static final List<String> DIRECTORIES = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin", "/usr/local/bin");

    private Needs() {}

    /** A user who may make network namespaces and mount. */
    static void root() {
        if (!"root".equals(System.getProperty("user.name"))) {
            missing("This test needs root: it makes network namespaces.");
        }
    }

    /** A program, and the Debian package that has it. */
    static void program(String name, String debianPackage) {
        if (DIRECTORIES.stream().noneMatch(directory -> Files.isExecutable(Path.of(directory, name)))) {
            missing("This test needs the program " + name + ": apt-get install " + debianPackage + ".");
        }
    }

    /** Something else, in a sentence. */
    static void missing(String sentence) {
        if ("true".equals(System.getenv("CI"))) {
            fail(sentence);
        }
        abort(sentence);
    }
}
