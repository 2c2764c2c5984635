package bailiff.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/** What our manual tells people to write into their configurations, so that tests do as they do. */
final class Manual {

    private Manual() {}

    /** The blocks of a page that are marked as being in that language, in their order. */
    static List<String> blocks(String page, String language) {
        Pattern block = Pattern.compile("(?s)```" + language + "\n(.*?)```");
        try {
            return block.matcher(Files.readString(Installation.source(page)))
                    .results()
                    .map(found -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The only such block. */
    static String block(String page, String language) {
        List<String> blocks = blocks(page, language);
        if (blocks.size() != 1) {
            throw new AssertionError(page + " has " + blocks.size() + " blocks of " + language);
        }
        return blocks.getFirst();
    }
}
