package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code ./bailiff}: finds Java, builds when it has to, runs. */
class LauncherTest {

    @AutoClose
    private final Folder folder = Folder.make();

    private final Folder place = new Folder(folder.directory("a place with blanks"));
    private final Path launcher = place.path().resolve("bailiff");

    @BeforeEach
    void install() {
        Installation.copyTo(place);
    }

    private void script(String name, String text) throws IOException {
        Path file = place.write(name, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome version(Map<String, String> environment) {
        return Programs.run(List.of(launcher.toString(), "--version"), environment);
    }

    @Test
    void version_javaHome_isPrinted() {
        assertThat(version(Installation.java()).good().out()).startsWith("bailiff ");
    }

    @Test
    void version_throughALink_isPrinted() throws IOException {
        Path link = Files.createSymbolicLink(folder.path().resolve("link"), launcher);

        assertThat(Programs.run(List.of(link.toString(), "--version"), Installation.java())
                        .good()
                        .out())
                .startsWith("bailiff ");
    }

    @Test
    void arguments_withBlanks_arriveWhole() {
        Outcome outcome = Programs.run(
                List.of(launcher.toString(), "why", "1.2.3.4 or so", "--run", "/no such"), Installation.java());

        assertThat(outcome.err()).contains("/no such/control.sock");
    }

    @Test
    void javaHome_tooOld_isPassedOver() throws IOException {
        script("old/bin/java", "echo 'openjdk version \"17.0.1\" 2021-10-19' >&2; exit 1\n");
        script("old/bin/javac", "exit 1\n");
        Path path = Path.of(System.getProperty("java.home"), "bin");

        Outcome outcome = version(Map.of(
                "JAVA_HOME", place.path().resolve("old").toString(), "PATH", path + ":" + System.getenv("PATH")));

        assertThat(outcome.good().out()).startsWith("bailiff ");
    }

    @Test
    void java_nowhere_isOneLineAndExitTwo() {
        Needs.root();
        Needs.program("unshare", "util-linux");
        String hide = "[ ! -d /usr/lib/jvm ] || mount -t tmpfs tmpfs /usr/lib/jvm; exec \"$0\" ping";

        Outcome outcome = Programs.run(
                List.of("unshare", "-m", "sh", "-c", hide, launcher.toString()),
                Map.of("JAVA_HOME", "", "PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).singleElement().asString().startsWith("bailiff: no JDK 25 or newer found");
    }

    @Test
    void jar_missing_isBuiltFirst() throws IOException {
        Path jar = place.path().resolve("agent/target/bailiff.jar");
        Files.move(jar, place.path().resolve("built.jar"));
        script("mvnw", "cp built.jar agent/target/bailiff.jar\n");

        Outcome outcome = version(Installation.java());

        assertThat(outcome.good().out()).startsWith("bailiff ");
        assertThat(outcome.err()).contains("building");
    }

    @Test
    void sources_newerThanTheJar_areBuiltFirst() throws IOException {
        script("mvnw", "touch agent/target/bailiff.jar\n");
        Path source = place.write("engine/src/main/Some.java", "");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));

        Outcome outcome = version(Installation.java());

        assertThat(outcome.good().out()).startsWith("bailiff ");
        assertThat(outcome.err()).contains("building");
    }

    @Test
    void build_fails_showsWhatMavenSaidAndExitsTwo() throws IOException {
        Files.delete(place.path().resolve("agent/target/bailiff.jar"));
        script("mvnw", "echo 'no such symbol'; exit 1\n");

        Outcome outcome = version(Installation.java());

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("no such symbol", "the build failed");
    }
}
