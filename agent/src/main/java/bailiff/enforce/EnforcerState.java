package bailiff.enforce;

import java.time.Instant;

/**
 * How enforcement stands, for {@code status}.
 *
 * @param backend the firewall's name
 * @param verified whether the fences stood when last looked at, a few seconds ago, and have any effect
 * @param pending changes that wait to be made or made again
 * @param done changes made since the start
 * @param failures changes refused since the start, each attempt counted
 * @param health whether something is wrong now
 */
public record EnforcerState(String backend, boolean verified, int pending, long done, long failures, Health health) {

    /** Whether something is wrong, and since when. */
    public sealed interface Health {}

    /** Every change that was taken up is in force. */
    public record Sound() implements Health {}

    /** Something is not in force; it is tried again. {@code why} is one line in the firewall's words. */
    public record Failing(Instant since, String why) implements Health {}
}
