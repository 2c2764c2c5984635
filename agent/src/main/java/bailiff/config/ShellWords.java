package bailiff.config;

import java.util.ArrayList;
import java.util.List;

/** Takes a line apart as a shell does, without putting anything in: {@code a 'b c' "d \"e\"" f\ g}. */
final class ShellWords {

    private final Passage line;
    private final String text;
    private final List<String> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private int at;

    private ShellWords(Passage line) {
        this.line = line;
        this.text = line.text();
    }

    /** The words; a quotation mark without its counterpart is an error. */
    static List<String> split(Passage line) throws BadValue {
        ShellWords shell = new ShellWords(line);
        while (shell.skipBlanks()) {
            shell.word();
        }
        return shell.words;
    }

    private boolean skipBlanks() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at < text.length();
    }

    private void word() throws BadValue {
        word.setLength(0);
        while (at < text.length() && !isBlank(text.charAt(at))) {
            char c = text.charAt(at++);
            if (c == '"' || c == '\'') {
                quoted(c);
            } else {
                word.append(c == '\\' ? next() : c);
            }
        }
        words.add(word.toString());
    }

    private void quoted(char quote) throws BadValue {
        char c = next();
        while (c != quote) {
            if (quote == '"' && c == '\\') {
                char escaped = next();
                if (escaped != '"' && escaped != '\\') {
                    word.append(c);
                }
                c = escaped;
            }
            word.append(c);
            c = next();
        }
    }

    private char next() throws BadValue {
        if (at == text.length()) {
            throw new BadValue(line.place(), "read " + Quoted.of(text) + ", expected what is quoted in it to end");
        }
        return text.charAt(at++);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
