package bailiff.line;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One line of the access log of Apache or nginx, taken apart without copying: the forms {@code common}, {@code
 * combined}, and {@code vhost_combined}, and whatever further fields stand behind them.
 *
 * <p>{@snippet lang = "text" :
 * [HOST:PORT ]CLIENT IDENT USER [TIME] "METHOD TARGET PROTOCOL" STATUS BYTES["REFERER" "AGENT"]
 * }
 *
 * <p>Read from line to line by the same object, which allocates nothing. Never throws, whatever the bytes. Not
 * thread-safe.
 */
public final class AccessLine {

    /*
     * The client chooses its user name, its request, and all that stands behind; its address and the time are the
     * server's. In what the client chooses both servers escape quotation marks and backslashes (Apache: \" and \\,
     * nginx: \x22 and \x5C), so the first quotation mark that has no backslash before it opens the request. The user
     * name may hold blanks, brackets and times, but it stands before the time: so the last bracket that opens before
     * the request opens the time.
     *
     * What is not certain is absent: a request that is not METHOD TARGET or METHOD TARGET PROTOCOL has none of the
     * three, and a field that is "-" is not there.
     */

    /** A field of the line. */
    public enum Field {
        /** The server's own name and port, of {@code vhost_combined} only. */
        HOST(0),
        /** The client's address, or its name where the server looks names up. */
        CLIENT(1),
        /** What the client's machine said of its user (RFC 1413); nearly always absent. */
        IDENT(2),
        /** The name that the client gave, whether or not it was let in, as escaped by the server. */
        USER(3),
        /** The time, without its brackets. */
        TIME(4),
        /** All that stands between the first quotation marks, as escaped by the server. */
        REQUEST(5),
        METHOD(6),
        /** What was asked for, as it was sent and escaped by the server. */
        TARGET(7),
        /** Absent in a request of HTTP/0.9. */
        PROTOCOL(8),
        /** Three digits. */
        STATUS(9),
        /** Digits: the length of the answer. */
        BYTES(10),
        REFERER(11),
        AGENT(12);

        private final int slot;

        Field(int slot) {
            this.slot = slot;
        }
    }

    private static final int FIELDS = Field.values().length;

    /** The longest method that servers know, UNSUBSCRIBE and the like, is half as long. */
    private static final int LONGEST_METHOD = 24;

    private static final int LONGEST_PORT = 5;

    private final int[] starts = new int[FIELDS];
    private final int[] ends = new int[FIELDS];
    private byte[] buffer = {};
    private int limit;

    /**
     * Takes the line apart; the fields are good until the next call and until the bytes change.
     *
     * @param bytes holds the line, without its line feed, from {@code from} up to {@code to}
     * @return whether it is a line of an access log: it has a client, a time, a request and a status
     */
    public boolean read(byte[] bytes, int from, int to) {
        boolean is = readToStatus(bytes, from, to);
        if (is) {
            readBytes(end(Field.STATUS));
        }
        return is;
    }

    /** As {@link #read}, but no further than to the status; what stands behind is absent. */
    boolean readToStatus(byte[] bytes, int from, int to) {
        buffer = bytes;
        limit = to;
        Arrays.fill(starts, -1);
        ends[Field.REFERER.slot] = -1;
        ends[Field.AGENT.slot] = -1;
        int quote = openingQuote(from);
        return quote >= 0 && readTime(from, quote) && readRequest(quote + 1);
    }

    /** Whether the line has that field, and it is not {@code -}. */
    public boolean has(Field field) {
        return starts[field.slot] >= 0;
    }

    /** Whether the log has a field for Referers or clients' names, though it may be {@code -}: those two may be left out. */
    boolean tells(Field field) {
        return ends[field.slot] >= 0;
    }

    /** Where in the bytes a field starts that the line has; -1 where it has none. */
    public int start(Field field) {
        return starts[field.slot];
    }

    /** Where in the bytes a field ends that the line has. */
    public int end(Field field) {
        return ends[field.slot];
    }

    /** A field as text, in UTF-8 in which every byte that is not stands as U+FFFD; empty where the line has none. */
    public String text(Field field) {
        int start = start(field);
        return start < 0 ? "" : new String(buffer, start, end(field) - start, StandardCharsets.UTF_8);
    }

    /** The status of the answer, 100 to 999, of a line that was read. */
    public int status() {
        int at = start(Field.STATUS);
        return (buffer[at] - '0') * 100 + (buffer[at + 1] - '0') * 10 + buffer[at + 2] - '0';
    }

    private int openingQuote(int from) {
        for (int i = from; i < limit; i++) {
            if (buffer[i] == '"' && (i == from || buffer[i - 1] != '\\')) {
                return i;
            }
        }
        return -1;
    }

    /** Reads what stands before the request. */
    private boolean readTime(int from, int quote) {
        if (quote - from < 3 || buffer[quote - 1] != ' ' || buffer[quote - 2] != ']') {
            return false;
        }
        int open = quote - 3;
        while (open > from && buffer[open] != '[') {
            open--;
        }
        if (open <= from || buffer[open - 1] != ' ') {
            return false;
        }
        put(Field.TIME, open + 1, quote - 2);
        return readClient(from, open - 1);
    }

    private boolean readClient(int from, int end) {
        int at = from;
        int stop = blank(at, end);
        if (isNameWithPort(at, stop)) {
            put(Field.HOST, at, stop);
            at = stop + 1;
            stop = blank(at, end);
        }
        if (stop >= end || stop == at) {
            return false;
        }
        put(Field.CLIENT, at, stop);
        at = stop + 1;
        stop = blank(at, end);
        if (stop >= end) {
            return false;
        }
        put(Field.IDENT, at, stop);
        put(Field.USER, stop + 1, end);
        return true;
    }

    /** Whether a name with a port stands there; an address of IPv6 has more than one colon. */
    private boolean isNameWithPort(int from, int to) {
        int at = to - 1;
        while (at >= from && to - at <= LONGEST_PORT && isDigit(buffer[at])) {
            at--;
        }
        if (at <= from || at == to - 1 || buffer[at] != ':') {
            return false;
        }
        for (int i = from; i < at; i++) {
            if (buffer[i] == ':') {
                return buffer[from] == '[' && buffer[at - 1] == ']';
            }
        }
        return true;
    }

    private boolean readRequest(int from) {
        int close = closingQuote(from);
        if (close < 0) {
            return false;
        }
        put(Field.REQUEST, from, close);
        readWords(from, close);
        int status = close + 2;
        if (status + 3 > limit || buffer[close + 1] != ' ' || !isStatus(status)) {
            return false;
        }
        starts[Field.STATUS.slot] = status;
        ends[Field.STATUS.slot] = status + 3;
        return true;
    }

    private boolean isStatus(int at) {
        boolean digits = buffer[at] >= '1' && isDigit(buffer[at]) && isDigit(buffer[at + 1]) && isDigit(buffer[at + 2]);
        return digits && (at + 3 == limit || buffer[at + 3] == ' ');
    }

    /** The words of a request, when there are two or three. */
    private void readWords(int from, int to) {
        int method = from;
        while (method < to && method - from <= LONGEST_METHOD && isMethod(buffer[method])) {
            method++;
        }
        if (method == from || method - from > LONGEST_METHOD || method >= to || buffer[method] != ' ') {
            return;
        }
        int target = blank(method + 1, to);
        boolean bare = target == to;
        if (target == method + 1 || (!bare && !isProtocol(target + 1, to))) {
            return;
        }
        put(Field.METHOD, from, method);
        put(Field.TARGET, method + 1, target);
        if (!bare) {
            put(Field.PROTOCOL, target + 1, to);
        }
    }

    private boolean isProtocol(int from, int to) {
        boolean named = to - from >= 6
                && buffer[from] == 'H'
                && buffer[from + 1] == 'T'
                && buffer[from + 2] == 'T'
                && buffer[from + 3] == 'P'
                && buffer[from + 4] == '/';
        return named && blank(from, to) == to;
    }

    private void readBytes(int at) {
        if (at >= limit) {
            return;
        }
        int stop = at + 1;
        while (stop < limit && isDigit(buffer[stop])) {
            stop++;
        }
        boolean none = stop == at + 1 && stop < limit && buffer[stop] == '-';
        int end = none ? stop + 1 : stop;
        if (end == at + 1 || (end < limit && buffer[end] != ' ')) {
            return;
        }
        put(Field.BYTES, at + 1, end);
        int behind = readQuoted(Field.REFERER, end);
        if (behind >= 0) {
            readQuoted(Field.AGENT, behind);
        }
    }

    /** Reads {@code  "text"}; gives where it ends, or -1 when no such thing stands there. */
    private int readQuoted(Field field, int at) {
        if (at + 1 >= limit || buffer[at] != ' ' || buffer[at + 1] != '"') {
            return -1;
        }
        int close = closingQuote(at + 2);
        if (close < 0) {
            return -1;
        }
        put(field, at + 2, close);
        return close + 1;
    }

    /** Where the quotation mark stands that is not escaped. */
    private int closingQuote(int from) {
        for (int i = from; i < limit; i++) {
            byte b = buffer[i];
            if (b == '"') {
                return i;
            }
            if (b == '\\') {
                i++;
            }
        }
        return -1;
    }

    private void put(Field field, int start, int end) {
        boolean none = start == end || (end - start == 1 && buffer[start] == '-');
        starts[field.slot] = none ? -1 : start;
        ends[field.slot] = end;
    }

    private int blank(int from, int to) {
        int at = from;
        while (at < to && buffer[at] != ' ') {
            at++;
        }
        return at;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** Of a method, as servers know them: a capital letter, or {@code -} or {@code _}, which extensions have. */
    private static boolean isMethod(byte b) {
        return (b >= 'A' && b <= 'Z') || b == '-' || b == '_';
    }
}
