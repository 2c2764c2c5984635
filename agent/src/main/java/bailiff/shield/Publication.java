package bailiff.shield;

import bailiff.net.Cidr;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A form in which bans are written for others who cannot ask. Immutable. */
interface Publication {

    /** What the file is called in messages. */
    String name();

    /** How long it is left alone after it was written, whatever changes. */
    Duration pause();

    /** After how long it is written anew also when nothing has changed. */
    Duration life();

    /** Bans that it takes, the newest. */
    int most();

    /** Whether a ban of that subject can be written in it. */
    boolean takes(Cidr subject);

    /** The file with these bans. */
    String text(List<Bans.Standing> bans, Instant now);

    /** What the guard leaves at its end; empty where the file is left as it is. */
    String farewell();
}
