package bailiff.filter;

import java.util.random.RandomGenerator;

/** Grows expressions of Python's dialect, most of them valid, out of seeded chance. */
final class RandomExpression {

    private static final String[] ATOMS = {
        "a",
        "b",
        "ab",
        "c",
        ".",
        "\\d",
        "\\w",
        "\\s",
        "\\W",
        "\\S",
        "[ab]",
        "[^a]",
        "[a-c1]",
        "[[&]",
        "[^\\W\\d]",
        "\\b",
        "\\B",
        "^",
        "$",
        "\\Z",
        "\\n",
        "1",
        " ",
        "\\.",
        "{",
        "[\\]x-]"
    };
    private static final String[] QUANTIFIERS = {
        "*", "+", "?", "*?", "+?", "??", "{2}", "{,2}", "{1,}", "{2,}", "{1,2}?", "++", "*+", "?+"
    };
    private static final String[] TEXT = {"a", "b", "ab", "c", "A", "B", "1", " ", "\n", ".", "&", "[", "{", "é", "_"};

    private final RandomGenerator random;
    private int groups;

    RandomExpression(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        String flags = random.nextInt(5) == 0 ? pick("(?i)", "(?m)", "(?s)", "(?a)", "(?im)") : "";
        return flags + choice(3);
    }

    static String text(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(10); i > 0; i--) {
            text.append(TEXT[random.nextInt(TEXT.length)]);
        }
        return text.toString();
    }

    private String choice(int depth) {
        String branch = sequence(depth);
        return random.nextInt(4) == 0 ? branch + "|" + sequence(depth) : branch;
    }

    private String sequence(int depth) {
        StringBuilder sequence = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            sequence.append(atom(depth));
            if (random.nextInt(3) == 0) {
                sequence.append(pick(QUANTIFIERS));
            }
        }
        return sequence.toString();
    }

    private String atom(int depth) {
        int kind = depth == 0 ? 0 : random.nextInt(14);
        return switch (kind) {
            case 7 -> "(?:" + choice(depth - 1) + ")";
            case 8 -> pick("(?=", "(?!") + choice(depth - 1) + ")";
            case 9 -> pick("(?<=", "(?<!") + pick("a", "b|c", "[ab]1", "\\w") + ")";
            case 10 -> "(?>" + choice(depth - 1) + ")";
            case 11 -> "(?i:" + choice(depth - 1) + ")";
            case 12 -> group(depth);
            case 13 -> reference(depth);
            default -> pick(ATOMS);
        };
    }

    /** Groups take at least one character: what an empty turn of a loop leaves in a group is each engine's own. */
    private String group(int depth) {
        String body = pick("a", "[ab]", "\\w", "b|a") + choice(depth - 1).replace("|", "");
        return "(?P<g" + ++groups + ">" + body + ")";
    }

    private String reference(int depth) {
        if (groups == 0) {
            return pick(ATOMS);
        }
        String name = "g" + (1 + random.nextInt(groups));
        return random.nextBoolean() ? "(?P=" + name + ")" : "(?(" + name + ")" + sequence(depth - 1) + "|b)";
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
