package bailiff.cli;

import bailiff.net.Cidr;
import bailiff.net.CidrSet;
import java.util.Optional;
import java.util.stream.Stream;

/** Services whose requests in past logs are no attack, whatever they look like; known by their addresses alone. */
final class PastServices {

    /**
     * From where WordPress.com asks sites that have Jetpack, as jetpack.com/support says: its list of addresses to allow,
     * and, since past logs may be old, the whole 192.0.64.0/18 of its hosting FAQ, of which that list has parts.
     */
    static final CidrSet JETPACK = new CidrSet(
            Stream.of("122.248.245.244", "54.217.201.243", "54.232.116.4", "192.0.64.0/18", "195.234.108.0/22")
                    .map(Cidr::parse)
                    .flatMap(Optional::stream)
                    .toList());

    private PastServices() {}
}
