package bailiff.ledger;

import java.io.IOException;

/**
 * The ledger could not be opened, read or written. The message names the file and the cause, fit for the owner.
 *
 * <p>A commit that fails with it has left nothing behind and may be tried again.
 */
public final class LedgerException extends IOException {

    LedgerException(String message, Throwable cause) {
        super(message, cause);
    }

    LedgerException(String message) {
        super(message);
    }
}
