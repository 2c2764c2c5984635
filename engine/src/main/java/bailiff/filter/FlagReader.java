package bailiff.filter;

import java.util.Optional;

/** Reads the letters of {@code (?i)} and {@code (?i-s:}. */
final class FlagReader {

    private static final String KNOWN = "imsxau";

    private FlagReader() {}

    /** The flags in force after the letters that stand next, which may switch some off. */
    static Flags read(Cursor in, Flags before) throws RegexException {
        int start = in.at();
        Flags flags = letters(in, before, true);
        if (in.accept("-")) {
            flags = letters(in, flags, false);
        }
        if (in.at() == start) {
            throw in.error(start, "an extension that exists: (?: (?P< (?P= (?= (?! (?<= (?<! (?> (?( (?# or flags");
        }
        return flags;
    }

    /** As {@link #read} for letters that are followed by the closing bracket; nothing, if they are not. */
    static Optional<Flags> readAlone(Cursor in, Flags before) throws RegexException {
        int start = in.at();
        Flags flags = letters(in, before, true);
        return in.at() > start && in.accept(")") ? Optional.of(flags) : Optional.empty();
    }

    private static Flags letters(Cursor in, Flags before, boolean on) throws RegexException {
        Flags flags = before;
        while (!in.atEnd() && KNOWN.indexOf(in.peek()) >= 0) {
            flags = flags.with((char) in.next("a flag"), on);
        }
        return flags;
    }
}
