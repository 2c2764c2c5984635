package bailiff.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where configuration files are looked for: one directory, and what is built in. */
final class Library {

    /*
     * Over the built-in configuration, the built-in jail.conf is read before the directory's files, so that these win
     * option by option. Filters are never mixed like that: the built-in file counts only where the directory has none
     * of that name, so that a filter that somebody copied in full stays what it is.
     */
    static final int MOST_FILES = 1_000;

    private final Path directory;
    private final boolean overBuiltIn;
    private final Set<Source.BuiltIn> stoodIn = new LinkedHashSet<>();

    Library(Path directory, boolean overBuiltIn) {
        this.directory = directory.toAbsolutePath().normalize();
        this.overBuiltIn = overBuiltIn;
    }

    Path directory() {
        return directory;
    }

    /** The files of a base name ({@code jail}, {@code filter.d/sshd}) that are there, the one that wins last. */
    List<Source> files(String base, Problems problems) {
        List<Source> files = new ArrayList<>();
        Source.BuiltIn builtIn = new Source.BuiltIn(base + ".conf");
        Source own = new Source.OnDisk(directory.resolve(base + ".conf"));
        if (builtIn.exists() && (base.equals("jail") ? overBuiltIn : !own.exists())) {
            files.add(builtIn);
            standIn(builtIn);
        }
        files.add(own);
        files.addAll(listed(base + ".d", ".conf", problems));
        files.add(own.local());
        files.addAll(listed(base + ".d", ".local", problems));
        return files.stream().filter(Source::exists).toList();
    }

    /** The file that an {@code [INCLUDES]} names; nothing when there is none. */
    Optional<Source> included(Source from, String written) {
        try {
            Source named = Path.of(written).isAbsolute() ? new Source.OnDisk(Path.of(written)) : from.sibling(written);
            return named.exists() ? Optional.of(named) : builtIn(named);
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private Optional<Source> builtIn(Source missing) {
        if (!(missing instanceof Source.OnDisk(Path path)) || !path.startsWith(directory)) {
            return Optional.empty();
        }
        Source.BuiltIn substitute =
                new Source.BuiltIn(directory.relativize(path).toString());
        if (!substitute.exists() || substitute.name().equals("jail.conf")) {
            return Optional.empty();
        }
        standIn(substitute);
        return Optional.of(substitute);
    }

    private void standIn(Source.BuiltIn substitute) {
        if (!overBuiltIn) {
            stoodIn.add(substitute);
        }
    }

    /** The built-in files that were used although a directory was to be read alone. */
    Set<Source.BuiltIn> stoodIn() {
        return stoodIn;
    }

    private List<Source> listed(String folder, String extension, Problems problems) {
        Path path = directory.resolve(folder);
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (var names = Files.list(path)) {
            List<Path> found = names.filter(name -> name.toString().endsWith(extension))
                    .limit(MOST_FILES + 1L)
                    .sorted()
                    .toList();
            if (found.size() > MOST_FILES) {
                problems.error(Place.ofFile(path.toString()), "expected at most " + MOST_FILES + " *" + extension);
                return List.of();
            }
            return found.stream().<Source>map(Source.OnDisk::new).toList();
        } catch (IOException | UncheckedIOException e) {
            problems.error(Place.ofFile(path.toString()), "cannot be listed: " + Quoted.reason(e));
            return List.of();
        }
    }
}
