package bailiff.report;

import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.List;

/** Tells whose an address is, offline. */
public interface Whereabouts {

    /**
     * Whose it is, as far as known; texts are empty where not.
     *
     * @param country two letters
     * @param registry arin, ripencc, apnic, lacnic or afrinic
     * @param network the name of the network's operator
     * @param asn such as {@code AS64496}
     */
    record Place(String country, String registry, String network, String asn) {

        /** Of which nothing is known. */
        public static final Place UNKNOWN = new Place("", "", "", "");

        Place and(Place other) {
            return new Place(
                    country.isEmpty() ? other.country : country,
                    registry.isEmpty() ? other.registry : registry,
                    network.isEmpty() ? other.network : network,
                    asn.isEmpty() ? other.asn : asn);
        }

        boolean isKnown() {
            return !equals(UNKNOWN);
        }
    }

    /** A file of which it is told. */
    record Origin(String file, Instant date) {}

    /** Whose the address is. */
    Place of(IpAddress address);

    /** The files of which it is told; empty where there are none. */
    List<Origin> origins();

    /** Knows nothing. */
    Whereabouts NONE = new Whereabouts() {
        @Override
        public Place of(IpAddress address) {
            return Place.UNKNOWN;
        }

        @Override
        public List<Origin> origins() {
            return List.of();
        }
    };
}
