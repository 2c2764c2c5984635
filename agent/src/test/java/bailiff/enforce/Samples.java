package bailiff.enforce;

import bailiff.net.Cidr;
import bailiff.net.PortRange;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Fences and bans for tests, of the jail {@code wordpress} where no other is named. */
final class Samples {

    private Samples() {}

    /** The jail closes the ports of a web server. */
    static Fence web(String jail) {
        return new Fence(jail, Protocol.TCP, List.of(PortRange.of(80), PortRange.of(443)));
    }

    /** A ban that does not end. */
    static Change ban(String text) {
        return new Change.Add("wordpress", network(text), Instant.MAX);
    }

    /** A ban from now on. */
    static Change banFor(String text, Duration duration) {
        return new Change.Add("wordpress", network(text), Instant.now().plus(duration));
    }

    /** The end of a ban. */
    static Change remove(String text) {
        return new Change.Remove("wordpress", network(text));
    }

    static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    static Set<Cidr> networks(String... texts) {
        return Arrays.stream(texts).map(Samples::network).collect(Collectors.toUnmodifiableSet());
    }
}
