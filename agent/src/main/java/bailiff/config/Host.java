package bailiff.config;

import java.nio.file.Path;
import java.time.ZoneId;

/**
 * What a configuration takes for granted of the machine.
 *
 * @param zone the zone of log times that name none, where no logtimezone is set
 * @param services the names of ports ({@code /etc/services}); need not exist
 */
public record Host(ZoneId zone, Path services) {

    /** The machine that this program runs on. */
    public static Host local() {
        return new Host(ZoneId.systemDefault(), Path.of("/etc/services"));
    }
}
