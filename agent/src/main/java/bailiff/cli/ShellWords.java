package bailiff.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Splits a line into words as a shell does: blanks part them, quotes and backslashes keep together. */
final class ShellWords {

    private ShellWords() {}

    /** The words; nothing when a quote is not closed. */
    static Optional<List<String>> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char character = line.charAt(i);
            boolean escapes = character == '\\' && quote != '\'' && i + 1 < line.length();
            if (escapes && (quote == 0 || "\"\\".indexOf(line.charAt(i + 1)) >= 0)) {
                i++;
                word.append(line.charAt(i));
                begun = true;
            } else if (quote == 0 && (character == '\'' || character == '"')) {
                quote = character;
                begun = true;
            } else if (character == quote) {
                quote = 0;
            } else if (quote == 0 && Character.isWhitespace(character)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(character);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return quote == 0 ? Optional.of(words) : Optional.empty();
    }
}
