package bailiff.ledger;

/**
 * What a jail has seen since its ledger began; history that is purged still counts.
 *
 * @param failures failures ever seen
 * @param bans bans ever decided, prolonged ones each time
 * @param open failures that may yet lead to a ban
 */
public record Totals(long failures, long bans, long open) {}
