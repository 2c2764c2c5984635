package bailiff.enforce;

import java.util.Locale;
import java.util.Optional;

/** The transport protocols that a fence can close. */
public enum Protocol {
    TCP("tcp"),
    UDP("udp"),
    SCTP("sctp"),
    DCCP("dccp"),
    /** Every protocol; with ports, those of the four above. */
    ALL("all");

    private final String word;

    Protocol(String word) {
        this.word = word;
    }

    /** The protocol of that name in any case, as a jail's {@code protocol} option writes it, or nothing. */
    public static Optional<Protocol> named(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT);
        for (Protocol protocol : values()) {
            if (protocol.word.equals(wanted)) {
                return Optional.of(protocol);
            }
        }
        return Optional.empty();
    }

    /** The name in lower case, which is also nft's. */
    @Override
    public String toString() {
        return word;
    }
}
