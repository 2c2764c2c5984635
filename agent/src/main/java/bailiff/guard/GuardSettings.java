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
 */
public record GuardSettings(
        ConfigReader configuration,
        boolean observe,
        boolean lift,
        Path state,
        Path run,
        CommandRunner runner,
        InstantSource clock,
        String version) {}
