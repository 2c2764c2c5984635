package bailiff.shield;

import bailiff.line.Printable;
import bailiff.shield.Question.Referer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the head of an attempt's request looks like, as far as whoever asks tells it. All of it is the client's own word,
 * in which what could disturb a terminal is escaped ({@link Printable}). Immutable.
 *
 * @param agent the User-Agent as sent, empty where none was, a long one cut; nothing where it was not told
 * @param referer what kind of page it names as the one it comes from
 * @param protocol as logs of access have it, such as {@code HTTP/1.1}; empty where it was not told
 * @param spelling the path of the door as sent, where no browser would write it so ({@code //xmlrpc.php}); else empty
 */
public record Head(Optional<String> agent, Referer referer, String protocol, String spelling) {

    /** Of which nothing was told. */
    public static final Head UNTOLD = new Head(Optional.empty(), Referer.UNTOLD, "", "");

    /*
     * Empty and dotted steps, letters and digits that need no encoding but have one, something behind the name of the
     * script: as the plugin has it in Look::ODD.
     */
    private static final Pattern ODD = Pattern.compile(
            "//|/\\.\\.?(?:/|$)|%(?:2[D-F]|3[0-9]|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9A])|/(?:wp-login|xmlrpc)\\.php/",
            Pattern.CASE_INSENSITIVE);

    /** That path where it is oddly spelled; else empty. */
    static String spelling(String path) {
        return ODD.matcher(path).find() ? path : "";
    }

    /**
     * What the plugin has encoded: its {@code %XX} are bytes of UTF-8. What is no such thing stays as it stands, so that
     * the hash behind a word that was cut ({@code %~0a1b2c3d}) still tells it from others.
     */
    static String decoded(String word) {
        if (word.indexOf('%') < 0) {
            return word;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(word.length());
        for (int at = 0; at < word.length(); at++) {
            char letter = word.charAt(at);
            if (letter == '%' && isByte(word, at + 1)) {
                bytes.write(HexFormat.fromHexDigits(word, at + 1, at + 3));
                at += 2;
            } else {
                bytes.write(letter);
            }
        }
        return Printable.text(bytes.toString(StandardCharsets.UTF_8), Question.LONGEST);
    }

    private static boolean isByte(String word, int at) {
        return at + 1 < word.length()
                && HexFormat.isHexDigit(word.charAt(at))
                && HexFormat.isHexDigit(word.charAt(at + 1));
    }
}
