package bailiff.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** What our pages tell people to copy, so that tests try what they will have. */
final class Docs {

    private Docs() {}

    /** The blocks of that language on a page of {@code docs}, in order. */
    static List<String> blocks(String page, String language) {
        try {
            String text = Files.readString(Installation.source("docs/" + page));
            Pattern block = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL);
            return block.matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
