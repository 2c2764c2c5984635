package bailiff.wire;

import java.io.Serial;

/** Bytes that are no pickle of plain values, or one beyond our bounds. */
public final class PickleException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    /** One sentence without hostile text. */
    PickleException(String message) {
        super(message);
    }
}
