/** What must outlive the process: the one list of bans, the evidence behind them, and how far each log was read. */
@NullMarked
package bailiff.ledger;

import org.jspecify.annotations.NullMarked;
