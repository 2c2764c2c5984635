package bailiff.line;

import bailiff.net.IpAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Access logs with one JSON object a line: Caddy's, Traefik's, and what administrators have nginx and Apache write, told
 * by the usual names of fields. Not thread-safe.
 */
final class JsonForm implements AccessForm {

    /*
     * A field counts at the top, in Caddy's "request" and in its "headers", and nowhere else: names in other places
     * ("resp_headers") may be chosen by others. What is named twice in one place makes the line nobody's: servers do not
     * write that, but a client may where the server does not escape what it was sent. Of several names for one thing the
     * one counts that is named first here: so Caddy's client_ip (behind trusted proxies) before remote_ip. Headers of
     * the client that tell addresses (X-Forwarded-For) are not believed.
     */

    private enum Slot {
        TIME,
        CLIENT,
        METHOD,
        TARGET,
        REQUEST,
        PROTOCOL,
        STATUS,
        BYTES,
        REFERER,
        AGENT,
        HOST,
        USER
    }

    private record Known(Slot slot, int rank) {}

    private static final Map<String, Known> NAMES = new HashMap<>();

    static {
        know(Slot.TIME, "ts", "startutc", "time_iso8601", "time_local", "msec", "@timestamp", "timestamp", "time");
        know(
                Slot.CLIENT,
                "client_ip",
                "clienthost",
                "remote_addr",
                "remote_ip",
                "remote_address",
                "clientip",
                "client",
                "remoteip",
                "ip");
        know(Slot.METHOD, "request_method", "requestmethod", "method", "http_method");
        know(Slot.TARGET, "request_uri", "requestpath", "uri", "url", "path");
        know(Slot.REQUEST, "request", "request_line");
        know(Slot.PROTOCOL, "server_protocol", "requestprotocol", "proto", "protocol", "http_version");
        know(Slot.STATUS, "status", "downstreamstatus", "status_code", "response", "response_code");
        know(
                Slot.BYTES,
                "body_bytes_sent",
                "downstreamcontentsize",
                "size",
                "bytes_sent",
                "bytes_written",
                "bytes",
                "response_size");
        know(Slot.REFERER, "http_referer", "request_referer", "referer", "referrer", "http_referrer");
        know(Slot.AGENT, "http_user_agent", "request_user-agent", "user-agent", "user_agent", "agent", "useragent");
        know(Slot.HOST, "host", "http_host", "requesthost", "vhost", "server_name", "virtual_host", "requestaddr");
        know(Slot.USER, "remote_user", "clientusername", "user_id", "user");
    }

    private static void know(Slot slot, String... names) {
        for (int rank = 0; rank < names.length; rank++) {
            NAMES.put(names[rank], new Known(slot, rank));
        }
    }

    private final AccessTime times;
    private final RecordText texts = new RecordText();
    private final JsonText json = new JsonText();
    private final Map<Slot, JsonText.Value> values = new EnumMap<>(Slot.class);
    private final Map<Slot, Integer> ranks = new EnumMap<>(Slot.class);

    /* Servers leave a header out that was not sent, and one that they do not log: once it was there, it is the former. */
    private boolean tellsReferer;
    private boolean tellsAgent;

    /** For a log whose times are of that zone where they name none. */
    JsonForm(ZoneId zone) {
        this.times = new AccessTime(zone);
    }

    @Override
    public Optional<AccessRecord> read(LogLine line) {
        values.clear();
        ranks.clear();
        if (!json.read(line.buffer(), line.from(), line.to(), this::take)) {
            return Optional.empty();
        }
        Optional<IpAddress> client = value(Slot.CLIENT).flatMap(JsonForm::address);
        Optional<Instant> time = value(Slot.TIME).flatMap(this::time);
        int status = (int) value(Slot.STATUS).map(JsonForm::number).orElse(-1L).longValue();
        if (client.isEmpty() || time.isEmpty() || status < 0 || status > 999) {
            return Optional.empty();
        }
        return request(client.get(), time.get(), status);
    }

    /** Takes a value at the top, in request, or in request's headers; false when it was there before. */
    private boolean take(String parent, String name, JsonText.Value value) {
        if (!parent.isEmpty() && !parent.equals("request") && !parent.equals("request.headers")) {
            return true;
        }
        Known known = NAMES.get(name);
        if (known == null || (parent.equals("request.headers") && !ofHeader(known.slot()))) {
            return true;
        }
        int best = ranks.getOrDefault(known.slot(), Integer.MAX_VALUE);
        if (best == known.rank()) {
            return false;
        }
        if (known.rank() < best) {
            ranks.put(known.slot(), known.rank());
            values.put(known.slot(), value);
        }
        return true;
    }

    private static boolean ofHeader(Slot slot) {
        return slot == Slot.AGENT || slot == Slot.REFERER;
    }

    private Optional<JsonText.Value> value(Slot slot) {
        return Optional.ofNullable(values.get(slot));
    }

    private Optional<AccessRecord> request(IpAddress client, Instant time, int status) {
        RecordText.Draft draft = new RecordText.Draft();
        draft.client = client;
        draft.time = time;
        draft.status = status;
        value(Slot.REQUEST).ifPresent(line -> requestLine(line, draft));
        JsonText.Value target = values.get(Slot.TARGET);
        if (target != null) {
            draft.target = target(target);
            draft.method = method(text(Slot.METHOD));
            draft.protocol = text(Slot.PROTOCOL);
        }
        if (draft.method.isEmpty() && value(Slot.REQUEST).isEmpty() && target == null) {
            return Optional.empty();
        }
        draft.bytes = value(Slot.BYTES).map(JsonForm::number).orElse(-1L);
        draft.referer = text(Slot.REFERER);
        draft.agent = text(Slot.AGENT);
        draft.host = text(Slot.HOST);
        draft.user = text(Slot.USER);
        tellsReferer |= value(Slot.REFERER).isPresent();
        tellsAgent |= value(Slot.AGENT).isPresent();
        draft.tellsReferer = tellsReferer;
        draft.tellsAgent = tellsAgent;
        return Optional.of(draft.record());
    }

    /** nginx's $request: METHOD TARGET PROTOCOL. */
    private void requestLine(JsonText.Value value, RecordText.Draft draft) {
        String[] words = value.text().split(" ", -1);
        if (words.length < 2 || words.length > 3 || method(words[0]).isEmpty() || words[1].isEmpty()) {
            return;
        }
        draft.method = words[0];
        draft.target = target(new JsonText.Value(words[1], true));
        draft.protocol = words.length == 3 ? words[2] : "";
    }

    private RecordText.Target target(JsonText.Value value) {
        byte[] bytes = value.asLogged().getBytes(StandardCharsets.UTF_8);
        return texts.target(bytes, 0, bytes.length);
    }

    /** A method as servers know them; empty for anything else. */
    private static String method(String text) {
        return text.length() <= 24 && text.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || c == '-' || c == '_')
                ? text
                : "";
    }

    private String text(Slot slot) {
        String text = value(slot).map(JsonText.Value::text).orElse("");
        return text.equals("-") ? "" : text;
    }

    /** An address, perhaps with a port behind it. */
    private static Optional<IpAddress> address(JsonText.Value value) {
        String text = value.text();
        Optional<IpAddress> whole = IpAddress.parse(text);
        int colon = text.lastIndexOf(':');
        if (whole.isPresent() || colon < 0) {
            return whole;
        }
        String before = text.substring(0, colon);
        boolean bracketed = before.startsWith("[") && before.endsWith("]");
        return IpAddress.parse(bracketed ? before.substring(1, before.length() - 1) : before);
    }

    private Optional<Instant> time(JsonText.Value value) {
        byte[] bytes = value.text().getBytes(StandardCharsets.UTF_8);
        return times.read(bytes, 0, bytes.length);
    }

    private static Long number(JsonText.Value value) {
        byte[] bytes = value.text().getBytes(StandardCharsets.UTF_8);
        return Numbers.read(bytes, 0, bytes.length);
    }
}
