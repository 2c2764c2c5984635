package bailiff.guard;

import bailiff.config.ConfigReader;
import bailiff.enforce.CommandRunner;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * How a guard is to run.
 *
 * @param configuration reads the configuration, at start and at every reload
 * @param observe whether bans are only decided and shown, and nobody is shut out
 * @param lift whether bans are taken out of the kernel when the guard stops
 * @param state the directory of the ledger; made when missing
 * @param run the directory of the control socket; made when missing
 * @param runner how nft is started
 * @param clock the time
 * @param version this program's, for status
 * @param logtarget where a log in fail2ban's form is written, as fail2ban's {@code logtarget}; empty for what the
 *     configuration says, which counts only where bans are enforced
 */
public record GuardSettings(
        ConfigReader configuration,
        boolean observe,
        boolean lift,
        Path state,
        Path run,
        CommandRunner runner,
        InstantSource clock,
        String version,
        String logtarget) {

    /** Settings that leave the log in fail2ban's form to the configuration. */
    public GuardSettings(
            ConfigReader configuration,
            boolean observe,
            boolean lift,
            Path state,
            Path run,
            CommandRunner runner,
            InstantSource clock,
            String version) {
        this(configuration, observe, lift, state, run, runner, clock, version, "");
    }
}
