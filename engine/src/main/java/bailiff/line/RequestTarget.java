package bailiff.line;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a request asked for, in the one spelling that all spellings of the same path have in common.
 *
 * <p>A server takes {@code /%78mlrpc.php}, {@code //xmlrpc.php}, {@code /./a/../xmlrpc.php} and {@code
 * http://site/xmlrpc.php} for {@code /xmlrpc.php}, and logs each as it was sent. As nginx
 * (ngx_http_parse_complex_uri) and Apache (ap_normalize_path, then ap_unescape_url) do by default, percent-encoded
 * bytes are decoded, once; runs of slashes are one slash; {@code .} and {@code ..} are followed; scheme and host are
 * left out. Letters keep their case. What follows the name of a script ({@code /xmlrpc.php/x}) and {@code ;} stay: to
 * the servers they are part of the path. The query stays as it was sent. A fragment is dropped, as nginx drops it;
 * Apache refuses it.
 *
 * <p>An encoded slash is a slash, as to nginx; Apache answers it with 404 unless told otherwise. Stateless.
 */
public final class RequestTarget {

    /*
     * The one spelling never holds a blank, a quotation mark, a backslash, a control or a byte above 126: those are
     * percent-encoded, in capitals, and so are %, ? and # where they are part of the path. So nothing that a client
     * sends can look like another field of the line once it is decoded.
     */

    private static final String HEX = "0123456789ABCDEF";

    private RequestTarget() {}

    /**
     * The one spelling of a target.
     *
     * @param bytes holds the target as it was logged from {@code from} up to {@code to}
     * @return the same in its one spelling; null when it has it already, and when it is not a path that a server takes
     *     (an impossible escape, {@code ..} above the root, a NUL, {@code *}, a host and port)
     */
    public static byte @Nullable [] normalized(byte[] bytes, int from, int to) {
        int start = startOfPath(bytes, from, to);
        if (start < 0 || (start == from && isPlain(bytes, from, to))) {
            return null;
        }
        int end = start;
        while (end < to && bytes[end] != '?' && bytes[end] != '#') {
            end++;
        }
        byte[] path = new byte[end - start + 1];
        int length = unescaped(bytes, start, end, path);
        length = length < 0 ? -1 : merged(path, length);
        return length < 0 ? null : spelled(path, length, bytes, end, to);
    }

    /** Where the path starts; -1 when there is none. A path that is absent behind a host is empty, and stands for /. */
    private static int startOfPath(byte[] bytes, int from, int to) {
        if (from < to && bytes[from] == '/') {
            return from;
        }
        int at = from;
        while (at < to && isLetter(bytes[at])) {
            at++;
        }
        boolean absolute = at > from && at + 2 < to && bytes[at] == ':' && bytes[at + 1] == '/' && bytes[at + 2] == '/';
        if (!absolute) {
            return -1;
        }
        at += 3;
        int host = at;
        while (at < to && bytes[at] != '/' && bytes[at] != '?' && bytes[at] != '#') {
            at++;
        }
        return at == host ? -1 : at;
    }

    /** Whether the target has its one spelling already, as nearly all have. */
    private static boolean isPlain(byte[] bytes, int from, int to) {
        byte before = 0;
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '?') {
                return true;
            }
            if (b == '%' || b == '#' || b == '\\' || b <= ' ' || b == 0x7f) {
                return false;
            }
            if (before == '/' && (b == '/' || b == '.')) {
                return false;
            }
            before = b;
        }
        return true;
    }

    /** Undoes first what the server escaped for its log, then what the client did; -1 when that is not possible. */
    private static int unescaped(byte[] bytes, int from, int to, byte[] path) {
        int length = 0;
        for (int i = from; i < to; i++) {
            int b = bytes[i] & 0xff;
            if (b == '\\') {
                int next = i + 1 < to ? bytes[i + 1] : 0;
                b = next == 'x' ? logged(hex(bytes, i + 2, to)) : letter(next);
                i += next == 'x' ? 3 : 1;
            } else if (b == '%') {
                b = hex(bytes, i + 1, to);
                i += 2;
            }
            if (b <= 0) {
                return -1;
            }
            path[length++] = (byte) b;
        }
        return length;
    }

    /** A byte that servers write as \xHH; -1 for one that they do not: then that was sent as it stands. */
    private static int logged(int b) {
        return b < ' ' || b > '~' || b == '"' || b == '\\' ? b : -1;
    }

    /** What Apache writes as a backslash and that letter (ap_escape_logitem). */
    private static int letter(int letter) {
        return switch (letter) {
            case '"', '\\' -> letter;
            case 'b' -> '\b';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0b;
            default -> -1;
        };
    }

    private static int hex(byte[] bytes, int at, int to) {
        if (at + 2 > to) {
            return -1;
        }
        int high = Character.digit((char) bytes[at], 16);
        int low = Character.digit((char) bytes[at + 1], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    /** Merges slashes and follows dots, in place; -1 when they lead above the root. */
    private static int merged(byte[] path, int length) {
        if (length == 0) {
            path[0] = '/';
            return 1;
        }
        int out = 1;
        int at = 1;
        while (at < length) {
            int end = at;
            while (end < length && path[end] != '/') {
                end++;
            }
            boolean last = end == length;
            if (isDots(path, at, end, 2)) {
                if (out == 1) {
                    return -1;
                }
                out = parent(path, out);
            } else if (end > at && !isDots(path, at, end, 1)) {
                int name = last ? end - at : end - at + 1;
                System.arraycopy(path, at, path, out, name);
                out += name;
            }
            at = end + 1;
        }
        return out;
    }

    private static boolean isDots(byte[] path, int from, int to, int dots) {
        return to - from == dots && path[from] == '.' && path[to - 1] == '.';
    }

    /** Where the folder ends in which the folder lies that ends there with its slash. */
    private static int parent(byte[] path, int end) {
        int at = end - 1;
        while (path[at - 1] != '/') {
            at--;
        }
        return at;
    }

    private static byte[] spelled(byte[] path, int length, byte[] bytes, int end, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length + 16 + to - end);
        for (int i = 0; i < length; i++) {
            int b = path[i] & 0xff;
            if (b <= ' ' || b > '~' || "\"\\%?#".indexOf(b) >= 0) {
                out.write('%');
                out.write(HEX.charAt(b >> 4));
                out.write(HEX.charAt(b & 15));
            } else {
                out.write(b);
            }
        }
        if (end < to && bytes[end] == '?') {
            out.write(bytes, end, to - end);
        }
        return out.toByteArray();
    }

    private static boolean isLetter(byte b) {
        return (b | 0x20) >= 'a' && (b | 0x20) <= 'z';
    }
}
