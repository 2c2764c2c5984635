package bailiff.line;

import bailiff.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Reads the lines of Apache's (2.2 and 2.4) and nginx's error logs that name a client. Never throws, whatever the bytes.
 * Not thread-safe.
 *
 * <p>{@snippet lang = "text" :
 * [Sat Apr 09 18:57:18.093525 2016] [access_compat:error] [pid 4560] [client 192.0.2.1:44442] AH01797: MESSAGE: SUBJECT
 * [Sat Apr 09 18:57:18 2016] [error] [client 192.0.2.1] MESSAGE: SUBJECT
 * 2026/11/19 10:41:25 [error] 22110#22110: *96 MESSAGE, client: 192.0.2.1, server: NAME, request: "SUBJECT", host: "..."
 * }
 */
public final class ErrorLog {

    /*
     * Apache writes the client in brackets of its own, before anything that the client chose. nginx writes it behind its
     * message, and escapes nothing: so only messages are believed up to whose end nothing is the client's, which is
     * those without a quotation mark; and of limit_req's and limit_conn's, whose only quoted text is the zone's name.
     */

    private static final int MOST_BRACKETS = 6;
    private static final int LONGEST_MESSAGE = 200;
    private static final String CLIENT = ", client: ";
    private static final String REQUEST = ", request: \"";

    private final DateDetector times;

    /** For a log whose times are of that zone; error logs name none. */
    public ErrorLog(ZoneId zone) {
        try {
            this.times = DateDetector.of("^\\[(?:%a )?%b %d %H:%M:%S(?:\\.%f)? %ExY\\]\n^%ExY/%m/%d %H:%M:%S", zone);
        } catch (DatePatternException e) {
            throw new IllegalStateException("our own pattern", e);
        }
    }

    /** What the line tells; empty where it is no line of an error log or names no client. */
    public Optional<ErrorRecord> read(LogLine line) {
        if (line.length() < 40) {
            return Optional.empty();
        }
        byte[] bytes = line.buffer();
        boolean apache = bytes[line.from()] == '[';
        boolean nginx = bytes[line.from()] == '2' && bytes[line.from() + 4] == '/';
        if (!apache && !nginx) {
            return Optional.empty();
        }
        Optional<Instant> time = times.time(line, Instant.EPOCH);
        if (time.isEmpty()) {
            return Optional.empty();
        }
        String text = new String(bytes, line.from(), line.length(), StandardCharsets.UTF_8);
        return apache ? apache(time.get(), text) : nginx(time.get(), text);
    }

    private static Optional<ErrorRecord> apache(Instant time, String text) {
        int at = 0;
        boolean ports = false;
        Optional<IpAddress> client = Optional.empty();
        for (int i = 0; i < MOST_BRACKETS && client.isEmpty(); i++) {
            int close = text.startsWith("[", at) ? text.indexOf("] ", at) : -1;
            if (close < 0) {
                return Optional.empty();
            }
            if (text.startsWith("[client ", at)) {
                String address = text.substring(at + 8, close);
                client = ports ? withoutPort(address) : IpAddress.parse(address);
            }
            // [error] is of 2.2, [core:error] of 2.4; the date before it has colons too.
            ports = i == 1 ? text.substring(at, close).indexOf(':') >= 0 : ports;
            at = close + 2;
        }
        if (client.isEmpty()) {
            return Optional.empty();
        }
        String code =
                text.regionMatches(at, "AH", 0, 2) && text.startsWith(": ", at + 7) ? text.substring(at, at + 7) : "";
        int start = code.isEmpty() ? at : at + 9;
        int colon = text.indexOf(": ", start);
        String message = colon < 0 ? text.substring(start) : text.substring(start, colon);
        String subject = colon < 0 ? "" : withoutReferer(text.substring(colon + 2));
        return Optional.of(new ErrorRecord(time, client.get(), code, cut(message), subject));
    }

    private static String withoutReferer(String subject) {
        int referer = subject.lastIndexOf(", referer: ");
        return referer < 0 ? subject : subject.substring(0, referer);
    }

    private static Optional<ErrorRecord> nginx(Instant time, String text) {
        int level = text.indexOf("] ");
        int number = level < 0 ? -1 : text.indexOf(": ", level);
        int client = number < 0 ? -1 : text.indexOf(CLIENT, number);
        if (client < 0) {
            return Optional.empty();
        }
        int start = number + 2;
        if (text.startsWith("*", start)) {
            start = text.indexOf(' ', start) + 1;
        }
        if (start <= 0 || start > client) {
            return Optional.empty();
        }
        String message = text.substring(start, client);
        boolean certain = message.indexOf('"') < 0 || message.startsWith("limiting ");
        int end = text.indexOf(", ", client + CLIENT.length());
        Optional<IpAddress> address =
                IpAddress.parse(text.substring(client + CLIENT.length(), end < 0 ? text.length() : end));
        int request = text.indexOf(REQUEST, client);
        int from = request + REQUEST.length();
        int close = request < 0 ? -1 : text.indexOf('"', from);
        String subject = close < 0 ? "" : text.substring(from, close);
        return certain ? address.map(who -> new ErrorRecord(time, who, "", cut(message), subject)) : Optional.empty();
    }

    private static String cut(String message) {
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) : message;
    }

    /** Apache 2.4 writes a port behind every address, also of IPv6 without brackets; 2.2 writes none. */
    private static Optional<IpAddress> withoutPort(String text) {
        int colon = text.lastIndexOf(':');
        String before = colon < 0 ? text : text.substring(0, colon);
        boolean bracketed = before.startsWith("[") && before.endsWith("]");
        return IpAddress.parse(bracketed ? before.substring(1, before.length() - 1) : before);
    }
}
