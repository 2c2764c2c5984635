package bailiff.action;

import bailiff.ban.Ban;
import java.util.Map;

/**
 * A ban as actions are told of it.
 *
 * @param groups what the filter found in the line that led to it, by name in lower case ({@code user}); hostile text
 * @param restored whether it is a ban of an earlier run, or of before the action was there
 */
public record Ticket(Ban ban, Map<String, String> groups, boolean restored) {

    public Ticket {
        groups = Map.copyOf(groups);
    }

    Ticket again() {
        return restored ? this : new Ticket(ban, groups, true);
    }

    /** The same without what the filter found. */
    Ticket plain() {
        return new Ticket(ban, Map.of(), restored);
    }

    String family() {
        return ban.subject().first().isV4() ? "inet4" : "inet6";
    }
}
