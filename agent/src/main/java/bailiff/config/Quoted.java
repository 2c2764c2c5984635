package bailiff.config;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Text that others wrote, made fit to be shown: on one line, without characters that act on a terminal. */
final class Quoted {

    private static final int LONGEST = 80;

    private Quoted() {}

    /** The text in quotes, cut after {@value #LONGEST} characters. */
    static String of(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return "'" + plain(shown) + "'";
    }

    /** The text with a question mark for every character that cannot be seen. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(point -> plain.appendCodePoint(isSeen(point) ? point : '?'));
        return plain.toString();
    }

    /** Why a file or directory could not be read. */
    static String reason(Exception failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "permission denied";
            case NoSuchFileException missing -> "no such file";
            default -> plain(String.valueOf(failure.getMessage()));
        };
    }

    private static boolean isSeen(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
