package bailiff.line;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the default forms of a time, read at a given place without a regular expression. Not thread-safe.
 */
final class Layout {

    /*
     * A layout is written in the language of datepattern, of which it knows directives, literal characters, [..], a ?
     * after either, (?:..)? and \b at the end of that. Each step takes what it can and never gives back, so a layout
     * reads every character once; the forms are chosen so that nothing need be given back.
     */

    /** One step: where its text ends, or -1. */
    private interface Step {
        int read(DateText text, int at, DateReading out);
    }

    /** Says of a reading where a part of it stands. */
    private interface Place {
        void say(DateReading out, int from, int end);
    }

    private final String notation;
    private final LayoutStart start;
    private final Step[] steps;

    private Layout(String notation, LayoutStart start, Step[] steps) {
        this.notation = notation;
        this.start = start;
        this.steps = steps;
    }

    /** The layout so written; the notation is the program's own, so a wrong one is a bug. */
    static Layout of(String notation) {
        return new Layout(notation, LayoutStart.of(notation), new Reader(notation).steps());
    }

    String notation() {
        return notation;
    }

    /** How it starts. */
    LayoutStart start() {
        return start;
    }

    /** Where the possible time that starts at {@code at} ends, or -1 when there is none. */
    int read(DateText text, int at, DateReading out) {
        out.clear();
        int end = run(steps, text, at, out);
        return end >= 0 && isEnd(text, end) && out.isPossible() ? end : -1;
    }

    private static int run(Step[] steps, DateText text, int at, DateReading out) {
        int end = at;
        for (Step step : steps) {
            end = step.read(text, end, out);
            if (end < 0) {
                return -1;
            }
        }
        return end;
    }

    /** Whether a time may end here: not inside a word, and not inside a host's name that begins like a time. */
    private static boolean isEnd(DateText text, int at) {
        if (!isBoundary(text, at)) {
            return false;
        }
        boolean goesOn = at + 1 < text.length() && (text.charAt(at) == '.' || text.charAt(at) == '-');
        return !goesOn || !isWord(text.charAt(at + 1));
    }

    private static boolean isBoundary(DateText text, int at) {
        return at == text.length() || !isWord(text.charAt(at));
    }

    static boolean isWord(char c) {
        if (c < 0x80) {
            return LayoutStart.kind(c) != LayoutStart.Kind.MARK || c == '_';
        }
        return Character.isLetterOrDigit(c);
    }

    /** Reads a notation. */
    private static final class Reader {

        private final String notation;
        private int at;

        Reader(String notation) {
            this.notation = notation;
        }

        Step[] steps() {
            List<Step> steps = new ArrayList<>();
            while (at < notation.length() && notation.charAt(at) != ')') {
                steps.add(step());
            }
            return steps.toArray(new Step[0]);
        }

        private Step step() {
            char c = notation.charAt(at++);
            return switch (c) {
                case '%' -> directive(notation.startsWith("Ex", at) ? 3 : 1);
                case '{' -> {
                    at--;
                    yield directive(notation.indexOf('}', at) + 1 - at);
                }
                case '[' -> oneOf();
                case '(' -> option();
                case '\\' -> escaped(notation.charAt(at++));
                default -> literal(String.valueOf(c));
            };
        }

        private Step directive(int length) {
            String symbol = notation.substring(at, at + length);
            at += length;
            DateToken token = DateToken.of(symbol).orElseThrow(() -> new IllegalArgumentException(notation));
            return switch (token) {
                case MINUTE, MINUTE_DIGITS -> placed(token, DateReading::placeMinute);
                case SECOND, SECOND_DIGITS -> placed(token, DateReading::placeSecond);
                case FRACTION -> placed(token, DateReading::placeFraction);
                default -> (text, from, out) -> token.read(text, from, text.length(), out);
            };
        }

        private static Step placed(DateToken token, Place place) {
            return (text, from, out) -> {
                int end = token.read(text, from, text.length(), out);
                place.say(out, from, end);
                return end;
            };
        }

        private Step oneOf() {
            int close = notation.indexOf(']', at);
            String characters = notation.substring(at, close);
            at = close + 1;
            return literal(characters);
        }

        private Step escaped(char c) {
            return c == 'b' ? (text, from, out) -> isBoundary(text, from) ? from : -1 : literal(String.valueOf(c));
        }

        private Step literal(String characters) {
            boolean optional = at < notation.length() && notation.charAt(at) == '?';
            at += optional ? 1 : 0;
            return (text, from, out) -> {
                boolean there = from < text.length() && characters.indexOf(text.charAt(from)) >= 0;
                if (there) {
                    return from + 1;
                }
                return optional ? from : -1;
            };
        }

        /** Tried on a reading of its own first, so that one that fails half-way leaves nothing behind. */
        private Step option() {
            at += "?:".length();
            Step[] inner = steps();
            at += ")?".length();
            DateReading trial = new DateReading();
            return (text, from, out) -> run(inner, text, from, trial) < 0 ? from : run(inner, text, from, out);
        }
    }
}
