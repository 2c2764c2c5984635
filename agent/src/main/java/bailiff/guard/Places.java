package bailiff.guard;

import java.nio.file.Path;
import java.util.Objects;

/** Where the guard's files are unless somebody says otherwise. Apart from the guard, for those who only ask it. */
public final class Places {

    /** The control socket's name in the run directory. */
    public static final String SOCKET = "control.sock";

    /** The name of the shield's socket in the run directory. */
    public static final String SHIELD_SOCKET = "shield.sock";

    /** The ledger's directory. */
    public static final Path STATE = Path.of("/var/lib/bailiff");

    /** The ledger's name in its directory. */
    static final String LEDGER = "ledger.sqlite3";

    private static final String RUN = "/run/bailiff";

    private Places() {}

    /** The directory of the control socket: what the environment's {@code BAILIFF_RUN} says, else the usual one. */
    public static Path run() {
        return Path.of(Objects.requireNonNullElse(System.getenv("BAILIFF_RUN"), RUN));
    }
}
