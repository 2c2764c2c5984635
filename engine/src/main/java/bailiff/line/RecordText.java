package bailiff.line;

import bailiff.net.IpAddress;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/** Makes the fields of a request into its record, and keeps texts that come again and again. Not thread-safe. */
final class RecordText {

    /** What comes next is often what came last: the same few agents, sites and referers. A power of two. */
    private static final int REMEMBERED = 256;

    /** Longer texts are not worth remembering. */
    private static final int LONGEST = 256;

    private static final byte[] NOTHING = {};
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private final byte[][] seen = new byte[REMEMBERED][];
    private final String[] texts = new String[REMEMBERED];

    RecordText() {
        Arrays.fill(seen, NOTHING);
        Arrays.fill(texts, "");
    }

    /** The bytes as text, in UTF-8 in which every byte that is not stands as U+FFFD. */
    String text(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length == 0 || length > LONGEST) {
            return new String(bytes, from, length, StandardCharsets.UTF_8);
        }
        int slot = hash(bytes, from, to) & (REMEMBERED - 1);
        if (!Arrays.equals(seen[slot], 0, seen[slot].length, bytes, from, to)) {
            seen[slot] = Arrays.copyOfRange(bytes, from, to);
            texts[slot] = new String(bytes, from, length, StandardCharsets.UTF_8);
        }
        return texts[slot];
    }

    /** Only decides what is remembered: whoever chooses collisions makes texts be built anew, as all once were. */
    private static int hash(byte[] bytes, int from, int to) {
        // By eight bytes at a time: one at a time it was a quarter of what a line costs.
        long hash = (long) to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ (long) WORDS.get(bytes, at)) * MIX;
            hash ^= hash >>> 32;
        }
        for (; at < to; at++) {
            hash = (hash ^ bytes[at]) * MIX;
        }
        return (int) (hash >>> 40);
    }

    /** Of a path as it was sent so much is kept: what matters of it is that of a script. */
    private static final int LONGEST_SPELLING = 160;

    /** What was asked for: the path in its one spelling, the query, and the path as sent where that was another. */
    record Target(String path, String query, String spelling) {

        static final Target NONE = new Target("", "", "");
    }

    /** Takes a target apart that stands there as the server logged it. */
    Target target(byte[] bytes, int from, int to) {
        byte[] normal = RequestTarget.normalized(bytes, from, to);
        if (normal == null) {
            return split(bytes, from, to, "");
        }
        int sent = Math.min(mark(bytes, from, to), from + LONGEST_SPELLING);
        Target target = split(normal, 0, normal.length, text(bytes, from, sent));
        return target.path().equals(target.spelling()) ? new Target(target.path(), target.query(), "") : target;
    }

    private Target split(byte[] bytes, int from, int to, String spelling) {
        int mark = mark(bytes, from, to);
        return new Target(text(bytes, from, mark), mark == to ? "" : text(bytes, mark + 1, to), spelling);
    }

    private static int mark(byte[] bytes, int from, int to) {
        int mark = from;
        while (mark < to && bytes[mark] != '?') {
            mark++;
        }
        return mark;
    }

    /** A record in the making; what is not set is absent. */
    static final class Draft {

        Instant time = Instant.EPOCH;
        IpAddress client = IpAddress.ofV4(0);
        String method = "";
        Target target = Target.NONE;
        String protocol = "";
        int status;
        long bytes = -1;
        String referer = "";
        String agent = "";
        String host = "";
        String user = "";
        boolean tellsReferer;
        boolean tellsAgent;

        /** Forgets what was set. */
        void clear() {
            method = "";
            target = Target.NONE;
            protocol = "";
            status = 0;
            bytes = -1;
            referer = "";
            agent = "";
            host = "";
            user = "";
            tellsReferer = false;
            tellsAgent = false;
        }

        AccessRecord record() {
            return new AccessRecord(
                    time,
                    client,
                    method,
                    target.path(),
                    target.query(),
                    protocol,
                    status,
                    bytes,
                    referer,
                    agent,
                    host,
                    user,
                    target.spelling(),
                    tellsReferer,
                    tellsAgent);
        }
    }
}
