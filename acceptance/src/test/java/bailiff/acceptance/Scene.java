package bailiff.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where a burst takes place: which way its guests come, and who they were. Its burst's thread alone uses it. */
final class Scene {

    /** The ways to the site. */
    enum Way {
        /** Straight to Apache. */
        DIRECT(Network.SITE, 80, "198.18."),
        /** By a reverse proxy on another machine to nginx and PHP-FPM. */
        PROXIED(Network.GATEWAY, 80, "198.19.");

        final String host;
        final int port;
        final String network;

        Way(String host, int port, String network) {
            this.host = host;
            this.port = port;
            this.network = network;
        }
    }

    private final Crowd crowd;
    private final Blog blog;
    private final Way way;
    private final List<Guest> guests = new ArrayList<>();

    Scene(Crowd crowd, Blog blog, Way way) {
        this.crowd = crowd;
        this.blog = blog;
        this.way = way;
    }

    /** A guest; of his address this is the second half. */
    Guest guest(String half) {
        return at(way.network + half);
    }

    /** A guest at that address. */
    Guest at(String address) {
        boolean isSix = address.contains(":");
        Guest guest = new Guest(crowd, address, isSix ? Network.SITE6 : way.host, way.port);
        guests.add(guest);
        return guest;
    }

    /** So many guests in a row of networks; of their addresses this is the third number of the first. */
    Stream<Guest> guests(int network, int number) {
        return Stream.iterate(0, i -> i < number, i -> i + 1)
                .map(i -> guest((network + i / 250) + "." + (1 + i % 250)));
    }

    /** What is on the site. */
    Blog blog() {
        return blog;
    }

    /** Who was there. */
    List<Guest> everybody() {
        return List.copyOf(guests);
    }
}
