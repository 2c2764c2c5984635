package bailiff.filter;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whom a match blames.
 *
 * @param address the one to blame, where it is an address
 * @param written where it is none: a network in canonical form, or else what the line says
 * @param end where that ends in the text that prefregex sees
 * @param doubt why it is not to be believed; empty when it is
 */
record Blame(Optional<IpAddress> address, String written, int end, String doubt) {

    /** The groups that can hold the one to blame, in fail2ban's order; the first that took part does. */
    static final List<String> IDS = List.of("fid", "ip4", "ip6", "dns");

    /** The group that holds the lines of a session together. */
    static final String SESSION = "mlfid";

    /** The group that makes a network of an address. */
    static final String LENGTH = "cidr";

    private static final String NO_ADDRESS = "What stands where the address should be is no valid address.";
    private static final String PIECE = "What was taken for the address is a piece of something longer.";

    /** Whether a match of the expression can blame anybody, if only together with other lines of a session. */
    static boolean isPossible(Expression expression) {
        return Stream.concat(IDS.stream(), Stream.of(SESSION)).anyMatch(expression.groupNumbers()::containsKey);
    }

    /** An address or network in canonical form, or else what the line says. */
    String host() {
        return address.isPresent() ? address.get().toString() : written;
    }

    /** The failure of one line that blames so; {@code regex} is the index of the expression that matched. */
    Sighting sighting(Instant time, int regex, Map<String, String> groups) {
        return address.isPresent()
                ? Sighting.of(time, address.get(), regex, groups)
                : new Sighting(time, written, regex, 1, groups);
    }

    /** Whom these groups, perhaps of several lines, blame; nobody if none of them is an id. */
    static Optional<String> host(Map<String, String> groups) {
        return id(groups).map(id -> read(id, groups).orElse(groups.getOrDefault(id, "")));
    }

    /** Whom the line itself blames that the two matches, of which the second wins, took these groups from. */
    static Optional<Blame> of(Find prefix, Find failure, Map<String, String> groups) {
        Optional<String> known = id(groups);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        String id = known.get();
        Find find = failure.expression().knows(id) ? failure : prefix;
        int start = find.expression().start(id);
        return Optional.of(
                of(id, Optional.empty(), find, start, find.expression().end(id), groups));
    }

    private static Optional<String> id(Map<String, String> groups) {
        for (int i = 0; i < IDS.size(); i++) {
            String id = IDS.get(i);
            if (groups.containsKey(id)) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    /** The address that stands there, if it is nothing else. */
    static Optional<IpAddress> address(Find find, int start, int end) {
        return IpAddress.parse(find.subject().bytes(), start, end);
    }

    /**
     * Whom the group of that name blames which the match took from {@code start} to {@code end}; with {@code start} below
     * zero it is put together of others.
     *
     * @param address what the group holds, where that is known to be an address; without, its text is read
     */
    static Blame of(String id, Optional<IpAddress> address, Find find, int start, int end, Map<String, String> groups) {
        Subject subject = find.subject();
        int place = subject.offset() + (start < 0 ? find.expression().end() : end);
        String written = "";
        boolean loose = id.equals("dns") || id.equals("fid");
        if (address.isEmpty()) {
            Optional<String> valid = read(id, groups);
            if (valid.isEmpty()) {
                return new Blame(address, groups.getOrDefault(id, ""), place, loose ? "" : NO_ADDRESS);
            }
            written = valid.get();
        }
        boolean piece = !id.equals("dns") && start >= 0 && isPiece(find, start, end);
        return new Blame(address, written, place, piece ? PIECE : "");
    }

    /** The address or network in canonical form, if it is one. */
    private static Optional<String> read(String id, Map<String, String> groups) {
        String written = groups.getOrDefault(id, "");
        String length = groups.getOrDefault(LENGTH, "");
        if (id.equals("ip4") || id.equals("ip6")) {
            return length.isEmpty() ? address(written) : network(written + "/" + length);
        }
        boolean bracketed = written.startsWith("[") && written.endsWith("]");
        String bare = bracketed ? written.substring(1, written.length() - 1) : written;
        return bare.contains("/") ? network(bare) : address(bare);
    }

    private static Optional<String> address(String written) {
        return IpAddress.parse(written).map(IpAddress::toString);
    }

    private static Optional<String> network(String written) {
        return Cidr.parse(written).map(Cidr::toString);
    }

    /*
     * Where an expression is not anchored beside the address, a longer number or name would lend a piece of itself:
     * 8.8.8.8 out of 188.8.8.8 or out of the name 8.8.8.8.example. No address is written so close to other text.
     */
    private static boolean isPiece(Find find, int start, int end) {
        Subject subject = find.subject();
        return continuesBefore(subject, start) || (find.expression().end() == end && continuesAfter(subject, end));
    }

    private static boolean continuesBefore(Subject subject, int start) {
        int before = start == 0 ? 0 : subject.before(start, 0);
        return start > 0 && (isLetterOrDigit(subject, before) || subject.bytes()[before] == '.');
    }

    private static boolean continuesAfter(Subject subject, int end) {
        byte next = subject.bytes()[end];
        boolean joined = end < subject.length() && (next == '.' || next == '-');
        return isLetterOrDigit(subject, end) || (joined && isLetterOrDigit(subject, end + 1));
    }

    private static boolean isLetterOrDigit(Subject subject, int at) {
        return at < subject.length() && Character.isLetterOrDigit(subject.character(at));
    }
}
