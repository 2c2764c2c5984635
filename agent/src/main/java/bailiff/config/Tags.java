package bailiff.config;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts values into values where they say {@code <option>}, as filters do; a tag that names no option stays. */
final class Tags {

    /*
     * Innermost first, so that in <lt_<logtype>/prefix> the inner tag completes the name of the outer one. Each pass
     * replaces what it finds once; passes repeat until nothing changes. A value that still changes after DEEPEST passes
     * refers to itself.
     */
    static final int DEEPEST = 50;
    static final int LONGEST = 1 << 20;

    private static final Pattern TAG = Pattern.compile("<([^ <>\\n]{1,200}+)>");

    /** What a tag stands for. */
    interface Values {
        Optional<Passage> find(String tag) throws BadValue;
    }

    private Tags() {}

    static Passage expand(Passage raw, Values values) throws BadValue {
        Passage before = raw;
        for (int pass = 0; pass < DEEPEST; pass++) {
            Optional<Passage> after = pass(before, values);
            if (after.isEmpty()) {
                return before;
            }
            before = after.get();
            if (before.text().length() > LONGEST) {
                throw new BadValue(raw.place(), "grows beyond " + LONGEST + " characters when tags are replaced");
            }
        }
        throw new BadValue(raw.place(), "a tag refers to itself, or through more than " + DEEPEST + " others");
    }

    /** The value with each of its tags replaced once; nothing when it has none. */
    private static Optional<Passage> pass(Passage before, Values values) throws BadValue {
        Passage.Builder into = new Passage.Builder(before.place());
        Matcher tag = TAG.matcher(before.text());
        int done = 0;
        while (tag.find()) {
            Optional<Passage> value = values.find(tag.group(1));
            if (value.isPresent()) {
                into.append(before, done, tag.start(), 0);
                into.append(value.get(), 1);
                done = tag.end();
            }
            if (into.length() > LONGEST) {
                return Optional.of(into.build());
            }
        }
        if (done == 0) {
            return Optional.empty();
        }
        into.append(before, done, before.text().length(), 0);
        return Optional.of(into.build());
    }
}
