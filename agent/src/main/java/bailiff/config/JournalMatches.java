package bailiff.config;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code journalmatch}: which entries of the journal are read. Stateless. */
final class JournalMatches {

    private JournalMatches() {}

    /** The alternatives of all lines, each of words that an entry must all fit; what is wrong goes to the problems. */
    static List<List<String>> read(List<Passage> lines, Problems problems) {
        List<List<String>> matches = new ArrayList<>();
        for (Passage line : lines) {
            try {
                List<String> match = new ArrayList<>();
                for (String word : ShellWords.split(line)) {
                    if (word.equals("+")) {
                        matches.add(match);
                        match = new ArrayList<>();
                    } else if (word.indexOf('=') > 0) {
                        match.add(word);
                    } else {
                        problems.error(
                                line.place(),
                                "read " + Quoted.of(line.text().strip())
                                        + ", expected FIELD=value, several of them, or + between them");
                    }
                }
                matches.add(match);
            } catch (BadValue e) {
                problems.add(e.problem());
            }
        }
        matches.removeIf(List::isEmpty);
        return matches;
    }
}
