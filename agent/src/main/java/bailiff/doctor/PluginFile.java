package bailiff.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our plugin in a WordPress.
 *
 * @param version as its header has it; empty where it has none
 */
record PluginFile(Path path, String version) {

    private static final Path PLACE = Path.of("wp-content/mu-plugins/bailiff.php");
    private static final Pattern VERSION = Pattern.compile("(?m)^ \\* Version: *([0-9A-Za-z.-]{1,40})\\s*$");

    /* Where packages, panels and people put sites; as deep as /var/www/clients/client1/web1/web. */
    private static final List<Path> USUAL =
            List.of(Path.of("/var/www"), Path.of("/srv"), Path.of("/usr/share/wordpress"), Path.of("/usr/share/nginx"));
    private static final int DEEPEST = 5;
    private static final int MOST_DIRECTORIES = 2_000;
    private static final int HEADER = 8 << 10;

    /** Those in that WordPress, or else in the usual places. */
    static List<PluginFile> find(Optional<Path> wordPress) {
        List<PluginFile> found = new ArrayList<>();
        if (wordPress.isPresent()) {
            at(wordPress.get()).ifPresent(found::add);
            return found;
        }
        Deque<Place> left = new ArrayDeque<>();
        USUAL.forEach(root -> left.add(new Place(root, 0)));
        for (int looked = 0; looked < MOST_DIRECTORIES && !left.isEmpty(); looked++) {
            Place place = left.remove();
            boolean isSite = Files.isDirectory(place.path.resolve("wp-content"));
            at(place.path).ifPresent(found::add);
            if (!isSite && place.depth < DEEPEST) {
                below(place).forEach(left::add);
            }
        }
        return found;
    }

    private record Place(Path path, int depth) {}

    private static List<Place> below(Place place) {
        List<Place> below = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(place.path)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry) && below.size() < MOST_DIRECTORIES) {
                    below.add(new Place(entry, place.depth + 1));
                }
            }
        } catch (IOException e) {
            // What cannot be read is no place where anything can be found.
            return below;
        }
        return below;
    }

    private static Optional<PluginFile> at(Path site) {
        Path file = site.resolve(PLACE);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            Matcher version = VERSION.matcher(new String(in.readNBytes(HEADER), StandardCharsets.UTF_8));
            return Optional.of(new PluginFile(file, version.find() ? version.group(1) : ""));
        } catch (IOException e) {
            return Optional.of(new PluginFile(file, ""));
        }
    }
}
