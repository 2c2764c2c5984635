package bailiff.filter;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * Whom a match blames.
 *
 * @param host an address or network in canonical form, or else what the line says
 * @param end where that ends in the line without its time
 * @param doubt why it is not to be believed; empty when it is
 */
record Blame(String host, int end, String doubt) {

    /** The groups that can hold the one to blame; the first that took part does. */
    static final List<String> IDS = List.of("ip4", "ip6", "dns", "fid");

    private static final String NO_ADDRESS = "What stands where the address should be is no valid address.";
    private static final String PIECE = "What was taken for the address is a piece of something longer.";

    /** Whether a match of the expression can blame anybody. */
    static boolean isPossible(Expression expression) {
        return IDS.stream().anyMatch(expression.groupNumbers()::containsKey);
    }

    /** Whom the latest match of the expression blames; nobody if none of its groups took part. */
    static Optional<Blame> of(Expression expression, Seen seen) {
        return IDS.stream().filter(id -> expression.start(id) >= 0).findFirst().map(id -> of(id, expression, seen));
    }

    private static Blame of(String id, Expression expression, Seen seen) {
        String text = seen.text();
        int start = expression.start(id);
        int end = expression.end(id);
        String written = text.substring(start, end);
        if (id.equals("dns") || id.equals("fid")) {
            return new Blame(
                    IpAddress.parse(written).map(IpAddress::toString).orElse(written), seen.offset() + end, "");
        }
        int length = expression.start("cidr");
        Optional<String> address = length < 0
                ? IpAddress.parse(written).map(IpAddress::toString)
                : Cidr.parse(written + "/" + text.substring(length, expression.end("cidr")))
                        .map(Cidr::toString);
        boolean piece = continuesBefore(text, start) || (expression.end() == end && continuesAfter(text, end));
        String doubt = address.isEmpty() ? NO_ADDRESS : piece ? PIECE : "";
        return new Blame(address.orElse(written), seen.offset() + end, doubt);
    }

    /*
     * Where an expression is not anchored beside the address, a longer number or name would lend a piece of itself:
     * 8.8.8.8 out of 188.8.8.8 or out of the name 8.8.8.8.example. No address is written so close to other text.
     */
    private static boolean continuesBefore(String text, int start) {
        return start > 0 && (isLetterOrDigit(text, start - 1) || text.charAt(start - 1) == '.');
    }

    private static boolean continuesAfter(String text, int end) {
        boolean joined = end < text.length() && (text.charAt(end) == '.' || text.charAt(end) == '-');
        return isLetterOrDigit(text, end) || (joined && isLetterOrDigit(text, end + 1));
    }

    private static boolean isLetterOrDigit(String text, int at) {
        return at < text.length() && Character.isLetterOrDigit(text.charAt(at));
    }
}
