package bailiff.line;

import bailiff.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A form of access log that an administrator wrote down: Apache's {@code LogFormat} or nginx's {@code log_format}. Not
 * thread-safe.
 */
final class LogFormat implements AccessForm {

    /*
     * The line is compared with the format from left to right: a field goes up to where the text behind it stands next.
     * Between quotation marks both servers escape those of the client, so there the field goes up to the next one that
     * is not escaped. Outside of them a client's text (its user name) may hold what stands behind the field, but no
     * quotation mark: so it goes up to the last such place before the next quotation mark.
     */

    /** What a field of the format tells. */
    enum Meaning {
        SKIP,
        TIME,
        CLIENT,
        FORWARDED,
        REQUEST,
        METHOD,
        TARGET,
        PATH,
        QUERY,
        PROTOCOL,
        STATUS,
        BYTES,
        REFERER,
        AGENT,
        HOST,
        USER
    }

    /** A field, and the text that stands behind it. */
    record Part(Meaning meaning, FormatText behind) {}

    /** As long as {@code  +0100} with the blank before it. */
    private static final int OFFSET = 6;

    private final FormatText head;
    private final List<Part> parts;
    private final RecordText texts = new RecordText();
    private final AccessTime times;
    private final RecordText.Draft draft = new RecordText.Draft();
    private boolean hasClient;
    private boolean hasTime;
    private String path = "";
    private String query = "";

    private LogFormat(FormatText head, List<Part> parts, ZoneId zone) {
        this.head = head;
        this.parts = parts;
        this.times = new AccessTime(zone);
    }

    /**
     * The form that a format describes; empty where it names no client, no time, no status or no request, or two fields
     * in it touch, so that nobody could tell them apart.
     *
     * @param format as in the server's configuration, without the name of the format and the quotation marks around it
     */
    static Optional<LogFormat> of(String format, ZoneId zone) {
        FormatWords words = FormatWords.of(format);
        List<Part> parts = words.parts();
        List<Meaning> told = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (i + 1 < parts.size() && parts.get(i).behind().isEmpty()) {
                return Optional.empty();
            }
            told.add(parts.get(i).meaning());
        }
        boolean asks = told.contains(Meaning.REQUEST) || told.contains(Meaning.TARGET) || told.contains(Meaning.PATH);
        boolean who = told.contains(Meaning.CLIENT) || told.contains(Meaning.FORWARDED);
        return asks && who && told.contains(Meaning.TIME) && told.contains(Meaning.STATUS)
                ? Optional.of(new LogFormat(words.head(), parts, zone))
                : Optional.empty();
    }

    @Override
    public Optional<AccessRecord> read(LogLine line) {
        draft.clear();
        hasClient = false;
        hasTime = false;
        path = "";
        query = "";
        byte[] bytes = line.buffer();
        if (!head.stands(bytes, line.from(), line.to())) {
            return Optional.empty();
        }
        int at = line.from() + head.length();
        boolean quoted = head.endsInQuote();
        for (Part part : parts) {
            int end = end(bytes, at, line.to(), part, quoted);
            end = part.meaning() == Meaning.TIME && isOffset(bytes, end, line.to()) ? end + OFFSET : end;
            if (end < 0 || !take(part.meaning(), bytes, at, end)) {
                return Optional.empty();
            }
            at = end + part.behind().length();
            quoted = part.behind().endsInQuote();
        }
        if (!path.isEmpty()) {
            byte[] whole = (path + query).getBytes(StandardCharsets.UTF_8);
            draft.target = texts.target(whole, 0, whole.length);
        }
        return hasClient && hasTime ? Optional.of(draft.record()) : Optional.empty();
    }

    private static int end(byte[] bytes, int at, int to, Part part, boolean quoted) {
        FormatText behind = part.behind();
        if (behind.isEmpty()) {
            return to;
        }
        boolean last = part.meaning() == Meaning.USER && !quoted;
        int found = -1;
        for (int i = at; i < to; i++) {
            if (quoted && bytes[i] == '\\') {
                i++;
            } else if (behind.stands(bytes, i, to)) {
                if (part.meaning() == Meaning.FORWARDED && i > at && bytes[i - 1] == ',') {
                    // A list goes on behind its comma.
                    continue;
                }
                found = i;
                if (!last) {
                    return found;
                }
            } else if (bytes[i] == '"') {
                // The field would hold a quotation mark that nobody escaped.
                return found;
            }
        }
        return found;
    }

    /** Whether the blank there is the one in nginx's 09/Apr/2016:18:57:18 +0100, not what stands behind the time. */
    private static boolean isOffset(byte[] bytes, int at, int to) {
        return at >= 0
                && at + OFFSET < to
                && bytes[at] == ' '
                && (bytes[at + 1] == '+' || bytes[at + 1] == '-')
                && Numbers.read(bytes, at + 2, at + OFFSET) >= 0;
    }

    private boolean take(Meaning meaning, byte[] bytes, int from, int to) {
        boolean none = to == from || (to == from + 1 && bytes[from] == '-');
        switch (meaning) {
            case SKIP -> {}
            case TIME -> takeTime(bytes, from, to);
            case CLIENT -> takeClient(IpAddress.parse(bytes, from, to), true);
            case FORWARDED -> takeClient(last(bytes, from, to), false);
            case STATUS -> {
                draft.status = (int) Numbers.read(bytes, from, Math.min(to, from + 4));
                return draft.status >= 100 && draft.status <= 999;
            }
            case BYTES -> draft.bytes = none ? -1 : Numbers.read(bytes, from, to);
            case REQUEST -> takeRequest(bytes, from, to);
            default -> takeText(meaning, none ? "" : texts.text(bytes, from, to), bytes, from, to);
        }
        return true;
    }

    private void takeText(Meaning meaning, String text, byte[] bytes, int from, int to) {
        switch (meaning) {
            case METHOD -> draft.method = text;
            case TARGET -> draft.target = text.isEmpty() ? RecordText.Target.NONE : texts.target(bytes, from, to);
            case PATH -> path = text;
            case QUERY -> query = text.isEmpty() || text.startsWith("?") ? text : "?" + text;
            case PROTOCOL -> draft.protocol = text;
            case REFERER -> {
                draft.referer = text;
                draft.tellsReferer = true;
            }
            case AGENT -> {
                draft.agent = text;
                draft.tellsAgent = true;
            }
            case HOST -> draft.host = text;
            case USER -> draft.user = text;
            default -> {}
        }
    }

    private void takeTime(byte[] bytes, int from, int to) {
        Optional<Instant> time = times.read(bytes, from, to);
        if (!hasTime && time.isPresent()) {
            draft.time = time.get();
            hasTime = true;
        }
    }

    /** What the server itself says of its client counts before what is forwarded to it. */
    private void takeClient(Optional<IpAddress> address, boolean certain) {
        if (address.isPresent() && (certain || !hasClient)) {
            draft.client = address.get();
            hasClient = true;
        }
    }

    /** The last of a list: what the nearest proxy added, while all before it may be the client's invention. */
    private static Optional<IpAddress> last(byte[] bytes, int from, int to) {
        int at = to;
        while (at > from && bytes[at - 1] != ' ' && bytes[at - 1] != ',') {
            at--;
        }
        return IpAddress.parse(bytes, at, to);
    }

    private void takeRequest(byte[] bytes, int from, int to) {
        String[] words = new String(bytes, from, to - from, StandardCharsets.UTF_8).split(" ", -1);
        boolean whole = (words.length == 2 || words.length == 3)
                && words[0].matches("[A-Z_-]{1,24}")
                && !words[1].isEmpty()
                && (words.length == 2 || words[2].startsWith("HTTP/"));
        if (whole) {
            byte[] target = words[1].getBytes(StandardCharsets.UTF_8);
            draft.method = words[0];
            draft.target = texts.target(target, 0, target.length);
            draft.protocol = words.length == 3 ? words[2] : "";
        }
    }
}
