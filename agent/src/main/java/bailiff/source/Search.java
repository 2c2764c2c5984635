package bailiff.source;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the file of which a mark speaks, wherever rotation has put it since.
 *
 * @param log the log's name
 * @param real where that leads when symbolic links are resolved; the same as {@code log} where there are none
 * @param live whether what is found was written while we followed
 */
record Search(Path log, Path real, boolean live) {

    /*
     * First by inode: the log itself, its old files, and then, for logs that are links to dated files, any file of the
     * directory. Then by content: an old file that copytruncate has made, or that was compressed. The content must agree
     * in the first case too, for inode numbers are used again; only where nothing had been read is there none to compare,
     * and then the name must be one that rotation gives.
     */

    private static final int MOST = 1_000;

    /** Where to look, the likeliest and cheapest first. */
    private enum Stage {
        SAME_NAME,
        OLD_NAME,
        NEIGHBOUR,
        COPY
    }

    /** The log itself or one of its old files. */
    Optional<Generation> everywhere(Mark mark) throws IOException {
        return search(mark, List.of(log));
    }

    /** One of the old files: for when the log itself was emptied. */
    Optional<Generation> amongOld(Mark mark) throws IOException {
        return search(mark, List.of());
    }

    /** The file that was written after the given one: the next younger of the old ones, or else the log itself. */
    Path successor(Generation of) throws IOException {
        for (Path name : names()) {
            List<Path> old = Rotations.of(name);
            int place = place(of, old);
            if (place >= 0 && place < old.size() - 1) {
                return old.get(place + 1);
            }
        }
        return log;
    }

    /** Where a file that is open stands among others, perhaps compressed since; -1 when it does not. */
    private int place(Generation of, List<Path> files) throws IOException {
        for (int i = 0; i < files.size(); i++) {
            if (Look.isFile(files.get(i), of.stat())) {
                return i;
            }
        }
        Mark mark = of.mark();
        for (int i = files.size() - 1; i >= 0 && mark.knowsContent(); i--) {
            Optional<Generation> copy = at(files.get(i), mark);
            if (copy.isPresent()) {
                copy.get().close();
                return i;
            }
        }
        return -1;
    }

    private Optional<Generation> search(Mark mark, List<Path> self) throws IOException {
        for (Stage stage : Stage.values()) {
            for (Path place : places(stage, mark, self)) {
                Optional<Generation> found = at(place, mark);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    private List<Path> places(Stage stage, Mark mark, List<Path> self) {
        return switch (stage) {
            case SAME_NAME -> withInode(mark.inode(), self);
            case OLD_NAME -> withInode(mark.inode(), old());
            case NEIGHBOUR -> mark.knowsContent() ? withInode(mark.inode(), neighbours()) : List.of();
            case COPY ->
                mark.knowsContent()
                        ? Stream.concat(self.stream(), old().stream()).toList()
                        : List.of();
        };
    }

    private List<Path> old() {
        return names().stream().flatMap(name -> old(name).stream()).toList();
    }

    private List<Path> names() {
        return real.equals(log) ? List.of(log) : List.of(log, real);
    }

    /** Newest first, and what is not compressed before what is. */
    private static List<Path> old(Path log) {
        List<Path> newestFirst = Rotations.of(log).reversed();
        List<Path> ordered = new ArrayList<>(newestFirst);
        ordered.removeIf(Rotations::isGzip);
        newestFirst.stream().filter(Rotations::isGzip).forEach(ordered::add);
        return ordered;
    }

    private List<Path> neighbours() {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(real.resolveSibling(""))) {
            for (Path file : files) {
                if (found.size() < MOST) {
                    found.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            return found;
        }
        return found;
    }

    private static List<Path> withInode(long inode, Collection<Path> files) {
        return files.stream()
                .filter(file -> Look.at(file) instanceof Look.Present(FileStat stat) && stat.inode() == inode)
                .toList();
    }

    /** That the log itself cannot be opened is for the caller to know; an old file that cannot be is none. */
    private Optional<Generation> at(Path place, Mark mark) throws IOException {
        try {
            return Generation.fromMark(Opened.open(place), mark, live);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            if (place.equals(log)) {
                throw e;
            }
            return Optional.empty();
        }
    }
}
