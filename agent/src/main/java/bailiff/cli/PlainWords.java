package bailiff.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The arguments of a command that reads logs, where they are nothing but words and {@code -c DIR}.
 *
 * @param config the directory; empty when none is named
 * @param words what is no option, in its order
 */
record PlainWords(Optional<Path> config, List<String> words) {

    private static final String CONFIG = "-c";

    /** These arguments; nothing where there is more to read in them, or fewer words than that. */
    static Optional<PlainWords> of(List<String> arguments, int least) {
        List<String> words = new ArrayList<>();
        Optional<Path> config = Optional.empty();
        for (int i = 0; i < arguments.size(); i++) {
            boolean isConfig = arguments.get(i).equals(CONFIG) && config.isEmpty() && i + 1 < arguments.size();
            String word = arguments.get(isConfig ? ++i : i);
            // Picocli reads a file's content for @FILE, and has its own mind about what an empty word is.
            if (word.isEmpty() || word.startsWith("-") || word.startsWith("@")) {
                return Optional.empty();
            }
            if (isConfig) {
                config = path(word);
                if (config.isEmpty()) {
                    return Optional.empty();
                }
            } else {
                words.add(word);
            }
        }
        return words.size() < least ? Optional.empty() : Optional.of(new PlainWords(config, List.copyOf(words)));
    }

    /** The path of that name; nothing where it cannot be one, as other letters than ASCII's in a locale without them. */
    private static Optional<Path> path(String name) {
        try {
            return Optional.of(Path.of(name));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }
}
