package bailiff.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code ./bailiff} has Java note for quick starts: made once, used after, never in the way. */
class RehearsalTest {

    /* Stands for Java: writes down how it is run, and whichever notes it is asked for. */
    private static final String JAVA = """
            echo "$*" >>"$(dirname "$0")/../runs"
            for argument; do
                case $argument in
                    -XX:AOTCacheOutput=*) [ -e "$(dirname "$0")/../mute" ] || echo notes >"${argument#*=}" ;;
                esac
            done
            """;

    @AutoClose
    private final Tree tree = new Tree();

    @BeforeEach
    void haveSources() {
        tree.haveSources();
        tree.script("jdk/bin/java", JAVA);
        tree.script("jdk/bin/javac", "exit 1\n");
        release("25.0.9+1");
    }

    private void release(String build) {
        try {
            Files.writeString(
                    tree.path("jdk/release"), "JAVA_VERSION=\"25.0.9\"\nJAVA_RUNTIME_VERSION=\"" + build + "\"\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> runs() throws IOException {
        return Files.readAllLines(tree.path("jdk/runs"));
    }

    private Outcome start(String... arguments) {
        return tree.run(Map.of("JAVA_HOME", tree.path("jdk").toString()), arguments);
    }

    private void haveNotes() throws IOException {
        start("ping").good();
        // The stand-in does not run the command that makes the notes for asking, so these are empty.
        tree.writeNotes("25.0.9+1", "ask");
        Files.delete(tree.path("jdk/runs"));
    }

    @Test
    void firstStart_afterABuild_rehearsesAndRuns() throws IOException {
        Outcome outcome = start("check");

        assertThat(outcome.good().err()).contains("rehearsing");
        assertThat(runs()).hasSize(2);
        assertThat(runs().getFirst()).contains("-XX:AOTCacheOutput=", "bailiff.cli.Rehearsal");
        assertThat(runs().getLast()).contains("-25.0.9+1-read.aot").endsWith("bailiff.jar check");
        assertThat(tree.besideTheJar()).containsExactly("bailiff-25.0.9+1-ask.aot", "bailiff-25.0.9+1-read.aot");
    }

    @Test
    void laterStarts_useTheNotesOfTheirKind() throws IOException {
        haveNotes();

        assertThat(start("ping").good().err()).isEmpty();
        start("match", "wordpress", "some.log");
        start("guard");

        assertThat(runs()).hasSize(3);
        assertThat(runs().getFirst()).contains("-ask.aot");
        assertThat(runs().get(1)).contains("-read.aot");
        assertThat(runs().getLast()).doesNotContain("AOT");
    }

    @Test
    void jar_newerThanTheNotes_isRehearsedAgain() throws IOException {
        haveNotes();
        Files.setLastModifiedTime(tree.jar(), FileTime.from(Instant.now().plusSeconds(2)));

        assertThat(start("ping").good().err()).contains("rehearsing");
    }

    @Test
    void jar_olderThanTheNotesAreOf_isRehearsedAgain() throws IOException {
        haveNotes();
        Files.setLastModifiedTime(tree.jar(), FileTime.from(Instant.now().minusSeconds(3600)));

        assertThat(start("ping").good().err()).contains("rehearsing");
    }

    @Test
    void copyWithoutSources_notesOfAnotherJar_areNotUsed() throws IOException {
        haveNotes();
        Files.delete(tree.path("pom.xml"));
        Files.setLastModifiedTime(tree.jar(), FileTime.from(Instant.now().minusSeconds(3600)));

        assertThat(start("ping").good().err()).isEmpty();

        assertThat(runs()).singleElement().asString().doesNotContain("AOT");
    }

    @Test
    void java_updated_isRehearsedAgainAndTheOldNotesGo() throws IOException {
        haveNotes();
        release("25.0.10+7");

        assertThat(start("ping").good().err()).contains("rehearsing");
        assertThat(tree.besideTheJar()).containsExactly("bailiff-25.0.10+7-ask.aot", "bailiff-25.0.10+7-read.aot");
    }

    @Test
    void rehearsal_withoutNotes_isNotTriedAgain() throws IOException {
        Files.writeString(tree.path("jdk/mute"), "");

        start("check").good();
        assertThat(start("check").good().err()).isEmpty();

        assertThat(runs()).hasSize(3);
        assertThat(runs().getLast()).doesNotContain("AOT");
    }

    @Test
    void rehearsal_withoutRoomForItsFiles_doesNotHoldUpOtherStarts() {
        // The lock that keeps others waiting goes with the descriptor 9.
        tree.script("jdk/bin/java", "test ! -e /proc/$$/fd/9\n");
        Map<String, String> nowhere = Map.of("JAVA_HOME", tree.path("jdk").toString(), "TMPDIR", "/nonexistent");

        assertThat(tree.run(nowhere, "ping").good().err()).contains("rehearsing");
    }

    @Test
    void guard_firstStart_doesNotWaitForARehearsal() throws IOException {
        assertThat(start("guard").good().err()).isEmpty();

        assertThat(runs()).hasSize(1);
    }

    @Test
    void copyWithoutSources_doesNotRehearse() throws IOException {
        Files.delete(tree.path("pom.xml"));

        assertThat(start("ping").good().err()).isEmpty();

        assertThat(tree.besideTheJar()).isEmpty();
    }

    @Test
    void notes_thatAreNone_arePassedOverInSilence() throws IOException {
        String build = System.getProperty("java.runtime.version");
        for (String kind : List.of("ask", "read")) {
            tree.writeNotes(build, kind);
        }

        Outcome outcome = tree.run(Installation.java(), "--version");

        assertThat(outcome.good().out()).startsWith("bailiff ");
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out().lines()).hasSize(1);
    }

    @Test
    void realRehearsal_makesNotesThatJavaTakes() throws IOException {
        tree.run(Installation.java(), "--version").good();

        String build = System.getProperty("java.runtime.version");
        for (String kind : List.of("ask", "read")) {
            Path notes = tree.path("agent/target/bailiff-" + build + "-" + kind + ".aot");
            assertThat(Files.size(notes)).isGreaterThan(1 << 20);
        }
        assertThat(loads("--version")).contains("bailiff.cli.Main source: shared objects file");
        assertThat(loads("match", "--help")).contains("bailiff.cli.MatchCommand source: shared objects file");
    }

    /** Where the classes of a start are from; one that says more than it is asked for fails the test. */
    private String loads(String... arguments) throws IOException {
        Path log = tree.beside("loads");
        Outcome outcome = tree.run(
                Map.of(
                        "JAVA_HOME",
                        System.getProperty("java.home"),
                        "BAILIFF_JAVA_OPTIONS",
                        "-Xlog:class+load:file=" + log),
                arguments);
        assertThat(outcome.good().err()).isEmpty();
        assertThat(outcome.out()).doesNotContain("[warning]", "[error]");
        return Files.readString(log);
    }
}
