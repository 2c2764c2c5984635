package bailiff.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Takes a file apart into sections and options, as Python's {@code configparser} does it in fail2ban.
 *
 * <p>Not thread-safe: made for one file.
 */
final class IniParser {

    /*
     * The rules: "#" or ";" as the first visible character makes the line a comment, also inside a value; ";" after a
     * blank starts a comment at a line's end; an indented line goes on with the value above it; blank lines inside a
     * value are kept; "=" or ":" ends an option's name, whichever comes first. Nothing may stand twice in one file.
     */
    static final int MOST_PROBLEMS = 100;
    static final int MOST_LINES = 100_000;

    private final String file;
    private final Map<String, Map<String, Passage>> sections = new LinkedHashMap<>();
    private final Map<String, Integer> sectionLines = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private int line;
    private String section = "";
    private String option = "";
    private int indent;
    private boolean inSection;
    private boolean dropping;
    private Passage.Builder value = new Passage.Builder(Place.ofFile(""));

    private IniParser(String file) {
        this.file = file;
    }

    /** Reads the bytes of a file, which is called by that name in problems. */
    static IniFile parse(String file, byte[] bytes) {
        IniParser parser = new IniParser(file);
        parser.decode(bytes).lines().limit(MOST_LINES + 1L).forEach(parser::line);
        parser.endOption();
        return new IniFile(parser.sections, List.copyOf(parser.problems));
    }

    private String decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            int at = 1;
            for (int i = 0; i < buffer.position(); i++) {
                at += bytes[i] == '\n' ? 1 : 0;
            }
            problems.add(Problem.error(new Place(file, at, "", ""), "read bytes that are not UTF-8, expected UTF-8"));
            return "";
        }
    }

    private void line(String raw) {
        line++;
        if (line > MOST_LINES) {
            problems.add(Problem.error(new Place(file, line, "", ""), "expected at most " + MOST_LINES + " lines"));
            return;
        }
        String body = withoutComment(raw);
        boolean commented = body.length() < raw.length();
        String text = body.strip();
        if (text.isEmpty()) {
            if (!commented && !option.isEmpty()) {
                value.newLine(here());
            }
            return;
        }
        int depth = raw.length() - raw.stripLeading().length();
        if (inSection && depth > indent && (dropping || !option.isEmpty())) {
            continueValue(text);
            return;
        }
        indent = depth;
        endOption();
        if (text.startsWith("[") && text.lastIndexOf(']') > 1) {
            startSection(text.substring(1, text.lastIndexOf(']')));
        } else {
            startOption(text);
        }
    }

    private static String withoutComment(String raw) {
        String text = raw.stripLeading();
        if (text.startsWith("#") || text.startsWith(";")) {
            return "";
        }
        for (int at = raw.indexOf(';'); at > 0; at = raw.indexOf(';', at + 1)) {
            if (Character.isWhitespace(raw.charAt(at - 1))) {
                return raw.substring(0, at);
            }
        }
        return raw;
    }

    private void continueValue(String text) {
        if (!dropping) {
            value.newLine(here());
            value.append(text, here());
        }
    }

    private void startSection(String name) {
        section = name;
        inSection = true;
        Integer first = sectionLines.putIfAbsent(name, line);
        if (first != null && !name.equals(IniFile.DEFAULT)) {
            problem("section " + Quoted.of(name) + " stands here and at line " + first
                    + ", expected it once in a file");
        }
        sections.computeIfAbsent(name, ignored -> new LinkedHashMap<>());
    }

    private void startOption(String text) {
        int end = delimiter(text);
        if (!inSection) {
            problem("read " + Quoted.of(text) + " before the first section, expected [section]");
            return;
        }
        if (end <= 0) {
            notAnOption(text);
            dropping = true;
            return;
        }
        option = text.substring(0, end).strip().toLowerCase(Locale.ROOT);
        value = new Passage.Builder(here());
        value.append(text.substring(end + 1).strip(), here());
    }

    /** A broken heading is no fault of the section above it: what follows was meant for another, nobody knows which. */
    private void notAnOption(String text) {
        boolean heading = text.startsWith("[") || text.endsWith("]");
        String expected = heading ? ", expected [section]" : ", expected option = value";
        problem(new Place(file, line, heading ? "" : section, ""), "read " + Quoted.of(text) + expected);
    }

    private static int delimiter(String text) {
        int equals = text.indexOf('=');
        int colon = text.indexOf(':');
        return equals < 0 || colon < 0 ? Math.max(equals, colon) : Math.min(equals, colon);
    }

    private void endOption() {
        dropping = false;
        if (option.isEmpty()) {
            return;
        }
        Passage done = value.buildStripped();
        Map<String, Passage> options = sections.getOrDefault(section, Map.of());
        Passage first = options.putIfAbsent(option, done);
        if (first != null) {
            problem(
                    done.place(),
                    "stands here and at line " + first.place().line() + ", expected it once in a section");
        }
        option = "";
    }

    private void problem(String message) {
        problem(new Place(file, line, section, ""), message);
    }

    private void problem(Place place, String message) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(Problem.error(place, message));
        }
    }

    private Place here() {
        return new Place(file, line, section, option);
    }
}
