package bailiff.config;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads {@code logencoding}: what Python calls a codec, as a charset. */
final class LogEncoding {

    /*
     * Python takes '-', '_' and blanks for the same in a codec's name, and knows many by further names. What Java does
     * not know by any of the spellings tried here is refused. So is an encoding in which a line feed or a digit is
     * another byte than in ASCII: files are cut into lines before they are decoded.
     */
    private static final Map<String, Charset> FURTHER = Map.ofEntries(
            Map.entry("auto", StandardCharsets.UTF_8),
            Map.entry("u8", StandardCharsets.UTF_8),
            Map.entry("utf", StandardCharsets.UTF_8),
            Map.entry("utf8", StandardCharsets.UTF_8),
            Map.entry("utf-8-sig", StandardCharsets.UTF_8),
            Map.entry("cp65001", StandardCharsets.UTF_8),
            Map.entry("l1", StandardCharsets.ISO_8859_1),
            Map.entry("latin", StandardCharsets.ISO_8859_1),
            Map.entry("8859", StandardCharsets.ISO_8859_1),
            Map.entry("iso8859", StandardCharsets.ISO_8859_1),
            Map.entry("646", StandardCharsets.US_ASCII));

    private static final String PROBE = "\n 0129AZaz.:[]";

    private LogEncoding() {}

    /** The charset of that name. */
    static Charset parse(Passage value) throws BadValue {
        String read = value.text().strip();
        Charset charset = find(read.toLowerCase(Locale.ROOT).replaceAll("[ _]", "-"))
                .orElseThrow(() -> new BadValue(
                        value.place(), "read " + Quoted.of(read) + ", expected an encoding such as utf-8 or latin-1"));
        if (!isLikeAscii(charset)) {
            throw new BadValue(
                    value.place(),
                    "read " + Quoted.of(read) + ", expected an encoding that has ASCII's line feed, such as utf-8");
        }
        return charset;
    }

    private static Optional<Charset> find(String name) {
        Charset further = FURTHER.get(name);
        if (further != null) {
            return Optional.of(further);
        }
        String joined = name.replace("-", "");
        return Stream.of(
                        name,
                        name.replace('-', '_'),
                        joined,
                        name.replaceFirst("^iso-?(?=\\d)", "iso-"),
                        name.replaceFirst("^cp-?(?=\\d)", "ibm"),
                        "x-" + joined)
                .flatMap(spelling -> known(spelling).stream())
                .findFirst();
    }

    private static Optional<Charset> known(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }

    private static boolean isLikeAscii(Charset charset) {
        return charset.canEncode() && new String(PROBE.getBytes(charset), StandardCharsets.US_ASCII).equals(PROBE);
    }
}
