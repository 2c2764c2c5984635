package bailiff.report;

import bailiff.net.Cidr;
import bailiff.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everyone who knocked at a door, numbered: an address of IPv4, a /64 of IPv6. Bounded. Not thread-safe. */
final class Sources {

    /** Botnets against one site were of some thousand addresses. */
    static final int MOST = 65_536;

    static final int NONE = -1;

    private static final int CUSTOMER = 64;

    /** So many styles, scripts and pictures make a browser: the administration's first page has some thirty. */
    private static final int BROWSER = 3;

    /* A network is comparable, so keys that were chosen to collide make a bucket a tree, not a list. */
    private final Map<Cidr, Integer> numbers = new HashMap<>();
    private final List<Source> sources = new ArrayList<>();
    private long beyond;

    /** One of them, and what it did. */
    static final class Source {

        private final Cidr network;
        private long attempts;
        private long served;
        private long successes;
        private int fetched;
        private boolean vouched;

        private Source(Cidr network) {
            this.network = network;
        }

        Cidr network() {
            return network;
        }

        /** How often it tried, as the access log says; or, where that says nothing of it, WordPress or the error log. */
        long attempts() {
            return attempts;
        }

        long served() {
            return served;
        }

        /** How often it was let in, as far as the logs tell. */
        long successes() {
            return successes;
        }

        /** Whether it fetched, after its first attempt, what a browser fetches with pages, as no robot needs. */
        boolean isBrowser() {
            return fetched >= BROWSER;
        }

        /** Whether it set a password anew by mail. */
        boolean isVouched() {
            return vouched;
        }

        void vouch() {
            vouched = true;
        }

        void attempted(boolean wasServed) {
            attempts++;
            served += wasServed ? 1 : 0;
        }

        void succeeded() {
            successes++;
        }
    }

    /** The number of whoever has that address; {@link #NONE} when there is no room for one more. */
    int number(IpAddress address) {
        Cidr network = network(address);
        Integer known = numbers.get(network);
        if (known != null) {
            return known;
        }
        if (sources.size() >= MOST) {
            beyond++;
            return NONE;
        }
        sources.add(new Source(network));
        numbers.put(network, sources.size() - 1);
        return sources.size() - 1;
    }

    private static Cidr network(IpAddress address) {
        return address.isV4() ? address.alone() : address.prefix(CUSTOMER);
    }

    /** Notes that whoever has that address fetched what belongs to a page; of strangers nothing is noted. */
    void fetched(IpAddress address) {
        Integer known = numbers.get(network(address));
        if (known != null) {
            Source source = sources.get(known);
            source.fetched = Math.min(BROWSER, source.fetched + 1);
        }
    }

    Source get(int number) {
        return sources.get(number);
    }

    int size() {
        return sources.size();
    }

    /** Attempts of sources for which there was no room. */
    long beyond() {
        return beyond;
    }
}
