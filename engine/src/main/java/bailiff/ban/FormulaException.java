package bailiff.ban;

import java.io.Serial;

/** A formula that cannot be read, or has no value; the message is one sentence for its author. */
public final class FormulaException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    /** With that sentence. */
    public FormulaException(String message) {
        super(message);
    }
}
