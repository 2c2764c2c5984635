package bailiff.shield;

/**
 * What the shield has done since the guard began.
 *
 * @param asked questions that were understood
 * @param refused attempts that were refused, or would have been if the guard did not only observe
 * @param repeats attempts that repeated an earlier one
 * @param malformed questions that were not understood, whose attempts went on
 */
public record Tally(long asked, long refused, long repeats, long malformed) {}
