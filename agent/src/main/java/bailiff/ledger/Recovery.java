package bailiff.ledger;

import java.nio.file.Path;

/**
 * A damaged ledger was moved aside and an empty one begun: the bans, evidence and read positions of before are unknown.
 *
 * @param aside where the damaged file lies now, with its write-ahead log beside it
 * @param cause what was wrong with it, fit for the owner
 */
public record Recovery(Path aside, String cause) {}
