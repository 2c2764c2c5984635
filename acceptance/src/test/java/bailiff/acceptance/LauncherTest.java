package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** {@code ./bailiff}: finds Java, builds when it has to, runs. */
class LauncherTest {

    @AutoClose
    private final Tree tree = new Tree();

    private Outcome version(Map<String, String> environment) {
        return tree.run(environment, "--version");
    }

    @Test
    void version_javaHome_isPrinted() {
        assertThat(version(Installation.java()).good().out()).startsWith("bailiff ");
    }

    @Test
    void version_throughALink_isPrinted() throws IOException {
        Path link = Files.createSymbolicLink(tree.beside("link"), tree.launcher());

        assertThat(Programs.run(List.of(link.toString(), "--version"), Installation.java())
                        .good()
                        .out())
                .startsWith("bailiff ");
    }

    @Test
    void arguments_withBlanks_arriveWhole() {
        Outcome outcome = tree.run(Installation.java(), "why", "1.2.3.4 or so", "--run", "/no such");

        assertThat(outcome.err()).contains("/no such/control.sock");
    }

    @Test
    void javaHome_tooOld_isPassedOver() {
        tree.script("old/bin/java", "echo 'openjdk version \"17.0.1\" 2021-10-19' >&2; exit 1\n");
        tree.script("old/bin/javac", "exit 1\n");
        Path path = Path.of(System.getProperty("java.home"), "bin");

        Outcome outcome =
                version(Map.of("JAVA_HOME", tree.path("old").toString(), "PATH", path + ":" + System.getenv("PATH")));

        assertThat(outcome.good().out()).startsWith("bailiff ");
    }

    @Test
    void javaHome_thatSaysItsVersion_isNotRunToLearnIt() throws IOException {
        tree.script("old/bin/java", "touch '" + tree.path("was run") + "'\n");
        tree.script("old/bin/javac", "exit 1\n");
        Files.writeString(tree.path("old/release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"24.0.2\"\n");
        Path path = Path.of(System.getProperty("java.home"), "bin");

        Outcome outcome =
                version(Map.of("JAVA_HOME", tree.path("old").toString(), "PATH", path + ":" + System.getenv("PATH")));

        assertThat(outcome.good().out()).startsWith("bailiff ");
        assertThat(tree.path("was run")).doesNotExist();
    }

    @Test
    void java_nowhere_isOneLineAndExitTwo() {
        Needs.root();
        Needs.program("unshare", "util-linux");
        String hide = "[ ! -d /usr/lib/jvm ] || mount -t tmpfs tmpfs /usr/lib/jvm; exec \"$0\" ping";

        Outcome outcome = Programs.run(
                List.of("unshare", "-m", "sh", "-c", hide, tree.launcher().toString()),
                Map.of("JAVA_HOME", "", "PATH", "/usr/sbin:/usr/bin:/sbin:/bin"));

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).singleElement().asString().startsWith("bailiff: no JDK 25 or newer found");
    }

    @Test
    void jar_missing_isBuiltFirst() throws IOException {
        Files.move(tree.jar(), tree.path("built.jar"));
        tree.script("mvnw", "cp built.jar agent/target/bailiff.jar\n");

        Outcome outcome = version(Installation.java());

        assertThat(outcome.good().out()).startsWith("bailiff ");
        assertThat(outcome.err()).contains("building");
    }

    @Test
    void sources_newerThanTheJar_areBuiltFirst() {
        tree.script("mvnw", "touch agent/target/bailiff.jar\n");
        tree.addSource();

        Outcome outcome = version(Installation.java());

        assertThat(outcome.good().out()).startsWith("bailiff ");
        assertThat(outcome.err()).contains("building");
    }

    @Test
    void build_fails_showsWhatMavenSaidAndExitsTwo() throws IOException {
        Files.delete(tree.jar());
        tree.script("mvnw", "echo 'no such symbol'; exit 1\n");

        Outcome outcome = version(Installation.java());

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("no such symbol", "the build failed");
    }

    @Test
    void twoStarts_atOnce_buildOnce() throws Exception {
        Needs.program("flock", "util-linux");
        tree.script("mvnw", "echo built >>builds; sleep 1; touch agent/target/bailiff.jar\n");
        tree.addSource();
        Files.setLastModifiedTime(tree.path("engine/src/main/Some.java"), FileTime.from(Instant.now()));
        Files.setLastModifiedTime(tree.jar(), FileTime.from(Instant.now().minusSeconds(60)));

        CompletableFuture<Outcome> other = CompletableFuture.supplyAsync(() -> version(Installation.java()));
        Outcome one = version(Installation.java());

        assertThat(one.good().out()).startsWith("bailiff ");
        assertThat(other.join().good().out()).startsWith("bailiff ");
        assertThat(tree.path("builds")).hasContent("built");
    }

    private Outcome asNobody() {
        Needs.root();
        Needs.program("setpriv", "util-linux");
        return Programs.run(
                List.of(
                        "setpriv",
                        "--reuid=nobody",
                        "--regid=nogroup",
                        "--clear-groups",
                        tree.launcher().toString(),
                        "--version"),
                Installation.java());
    }

    @Test
    void anotherUser_afterTheBuild_runs() {
        Outcome outcome = asNobody();

        assertThat(outcome.good().out()).startsWith("bailiff ");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void anotherUser_newerSources_runsWhatIsThereAndSaysSo() {
        tree.addSource();

        Outcome outcome = asNobody();

        assertThat(outcome.good().out()).startsWith("bailiff ");
        assertThat(outcome.err().lines()).singleElement().asString().contains("cannot be written");
    }

    @Test
    void anotherUser_noJar_isOneLineAndExitTwo() throws IOException {
        Files.delete(tree.jar());

        Outcome outcome = asNobody();

        assertThat(outcome.exit()).isEqualTo(2);
        assertThat(outcome.err().lines()).singleElement().asString().startsWith("bailiff: not built yet");
    }
}
