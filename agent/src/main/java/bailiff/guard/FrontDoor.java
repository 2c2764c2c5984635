package bailiff.guard;

import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;

/** A web server that cannot ask, and turns away at its doors whom a file of the shield names. Safe for any thread. */
interface FrontDoor {

    /** For how long it turns away whom the shield would refuse for what he did himself. */
    Duration REFUSED = Duration.ofHours(1);

    /** Nobody turns anybody away. */
    FrontDoor NONE = new FrontDoor() {
        @Override
        public void refuse(IpAddress client, Instant since) {}

        @Override
        public boolean turnsAway(IpAddress client, Instant time) {
            return false;
        }
    };

    /** Turns the address away for {@link #REFUSED} from that moment on. */
    void refuse(IpAddress client, Instant since);

    /** Whether a request of the address that was made then is one that it was to turn away. */
    boolean turnsAway(IpAddress client, Instant time);
}
