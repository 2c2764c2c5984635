package bailiff.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiscoveryTest {

    @TempDir
    Path directory;

    @Test
    void look_wildcardsInDirectories_findsTheFilesAndWatchesWhereMoreMayAppear() throws IOException {
        create("www/a/log/access.log", "www/a/log/error.log", "www/b/log/access.log", "www/.c/log/access.log");
        Files.createDirectories(directory.resolve("www/d"));

        Discovery.Found found = look("www/*/log/access.log");

        assertThat(names(found.logs().keySet())).containsExactly("www/a/log/access.log", "www/b/log/access.log");
        assertThat(names(found.watches().keySet())).containsExactlyInAnyOrder("www", "www/a/log", "www/b/log", "www/d");
    }

    @Test
    void look_plainPathThatIsMissing_isALogAllTheSame() {
        Discovery.Found found = look("not/there/log");

        assertThat(names(found.logs().keySet())).containsExactly("not/there/log");
        assertThat(found.watches()).containsOnlyKeys(directory);
    }

    @Test
    void look_twoEntriesMeanOneFile_theFirstCounts() throws IOException {
        create("a.log");
        Discovery discovery = new Discovery(List.of(
                new LogPath(directory + "/*.log", LogPath.Start.TAIL),
                new LogPath(directory + "/a.log", LogPath.Start.HEAD)));

        assertThat(discovery.look(Set.of()).logs().values())
                .extracting(LogPath::start)
                .containsExactly(LogPath.Start.TAIL);
    }

    @Test
    void look_oldAndCompressedFilesUnderAGlob_areNoLogs() throws IOException {
        create("a.log", "a.log.1", "a.log.2.gz", "b.gz", "b.8080");

        assertThat(names(look("*").logs().keySet())).containsExactly("a.log", "b.8080");
    }

    @Test
    void look_oldFilesOfNoKnownLog_areLogs() throws IOException {
        create("a.log.1");

        assertThat(names(look("*").logs().keySet())).containsExactly("a.log.1");
    }

    @Test
    void look_directoryChangesAfterEachLook_seesEveryChange() throws IOException {
        Discovery discovery = discovery("*.log");
        for (int i = 0; i < 50; i++) {
            create(i + ".log");

            assertThat(discovery.look(Set.of()).logs()).hasSize(i + 1);
        }
    }

    @Test
    void look_directoryRestsForManyLooks_seesWhatComesAfterThem() throws IOException {
        Discovery discovery = discovery("*.log");
        for (int i = 0; i < 5; i++) {
            discovery.look(Set.of());
        }
        create("a.log");

        assertThat(discovery.look(Set.of()).logs()).hasSize(1);
    }

    @Test
    void entryFor_pathThatAPatternMeans_isItsEntry() {
        Discovery discovery = discovery("www/*/access.log");

        assertThat(discovery.entryFor(directory.resolve("www/gone/access.log"))).isPresent();
        assertThat(discovery.entryFor(directory.resolve("www/access.log"))).isEmpty();
        assertThat(discovery.entryFor(directory.resolve("www/a/b/access.log"))).isEmpty();
    }

    @Test
    void logPath_thatNamesNoFile_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new LogPath("/", LogPath.Start.HEAD));
        assertThatIllegalArgumentException().isThrownBy(() -> new LogPath("/var/log/\0", LogPath.Start.HEAD));
    }

    private Discovery.Found look(String pattern) {
        return discovery(pattern).look(Set.of());
    }

    private Discovery discovery(String pattern) {
        return new Discovery(List.of(new LogPath(directory.resolve(pattern).toString(), LogPath.Start.HEAD)));
    }

    private Stream<String> names(Collection<Path> paths) {
        return paths.stream().map(path -> directory.relativize(path).toString());
    }

    private void create(String... names) throws IOException {
        for (String name : names) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.resolveSibling(""));
            Files.createFile(file);
        }
    }
}
