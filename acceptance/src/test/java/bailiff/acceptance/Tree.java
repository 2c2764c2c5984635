package bailiff.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of the program for one test to change, in a place with blanks in its name. */
final class Tree implements AutoCloseable {

    private final Folder folder = Folder.make();
    private final Folder place = new Folder(folder.directory("a place with blanks"));

    Tree() {
        Installation.copyTo(place);
    }

    /** A file in it. */
    Path path(String name) {
        return place.path().resolve(name);
    }

    /** A file beside it. */
    Path beside(String name) {
        return folder.path().resolve(name);
    }

    Path launcher() {
        return path("bailiff");
    }

    Path jar() {
        return path("agent/target/bailiff.jar");
    }

    /** Writes a shell script. */
    void script(String name, String text) {
        allow(place.write(name, "#!/bin/sh\n" + text), "rwxr-xr-x");
    }

    /** Writes a source that is newer than what was built. */
    void addSource() {
        try {
            Path source = place.write("engine/src/main/Some.java", "");
            Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes it a source tree, in which the launcher rehearses; nothing in it is newer than what was built. */
    void haveSources() {
        place.write("pom.xml", "");
        touchJar();
    }

    /** Has the jar be built now. */
    void touchJar() {
        try {
            Files.setLastModifiedTime(jar(), FileTime.from(Instant.now()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes notes for quick starts that Java cannot take, with the time of the jar. */
    void writeNotes(String build, String kind) {
        try {
            Path notes = place.write("agent/target/bailiff-" + build + "-" + kind + ".aot", "no notes at all");
            Files.setLastModifiedTime(notes, Files.getLastModifiedTime(jar()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void allow(Path path, String permissions) {
        try {
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of the files beside the jar that are no jars. */
    List<String> besideTheJar() {
        try (Stream<Path> files = Files.list(path("agent/target"))) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs the launcher with these arguments. */
    Outcome run(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(launcher().toString()));
        command.addAll(List.of(arguments));
        return Programs.run(command, environment);
    }

    @Override
    public void close() {
        folder.close();
    }
}
