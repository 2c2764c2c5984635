package bailiff.evidence.site;

import bailiff.evidence.site.SimulatedSite.Sensor;
import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * So many addresses with one attempt each, evenly at random over so long.
 *
 * @param seconds how long it takes
 * @param agents what its addresses call themselves
 */
record SimulatedBotnet(int sources, long seconds, Manner manner, Agents agents) {

    /** What its addresses call themselves. */
    enum Agents {
        /** All the same old browser, which nobody else has. */
        ONE,
        /** Each something of its own. */
        ROTATING,
        /** All what many people of the site have too. */
        POPULAR
    }

    /** How its addresses behave. */
    enum Manner {
        /** Sends the form without fetching it. */
        BLIND(Conduct.BLIND, Origin.NONE, Door.LOGIN),
        /** Fetches the form first, and says so, as the better ones do. */
        FORM(Conduct.BARE, Origin.DOOR, Door.LOGIN),
        /** Calls XML-RPC in the name of a browser. */
        XMLRPC(Conduct.FOREIGN, Origin.NONE, Door.XMLRPC),
        /** Calls it in the name of the telephone app that people use. */
        APP(Conduct.CLIENT, Origin.NONE, Door.XMLRPC),
        /** Does all that a browser does. */
        BROWSER(Conduct.BROWSING, Origin.DOOR, Door.LOGIN);

        private final Conduct conduct;
        private final Origin origin;
        private final Door door;

        Manner(Conduct conduct, Origin origin, Door door) {
            this.conduct = conduct;
            this.origin = origin;
            this.door = door;
        }
    }

    private static final String[] NAMES = {"admin", "user0", "test"};

    /** Its attempts from that second on, in order. */
    List<Attempt> attempts(RandomGenerator random, Sensor sensor, long from) {
        long[] times = new long[sources];
        Arrays.setAll(times, _ -> from + random.nextLong(seconds));
        Arrays.sort(times);
        return Arrays.stream(times)
                .mapToObj(time -> attempt(random, sensor, time))
                .toList();
    }

    private String agent(RandomGenerator random) {
        String version = switch (agents) {
            case ONE -> "40";
            case ROTATING -> Integer.toString(random.nextInt(1_000_000));
            case POPULAR -> "";
        };
        if (version.isEmpty()) {
            return manner == Manner.APP ? SimulatedSite.APP : SimulatedSite.BROWSERS[0];
        }
        return manner == Manner.APP ? "wp-android/" + version : "Mozilla/5.0 (Windows NT 6.1; rv:" + version + ")";
    }

    private Attempt attempt(RandomGenerator random, Sensor sensor, long time) {
        boolean trap = sensor != Sensor.ACCESS_LOG;
        String name = NAMES[random.nextInt(NAMES.length)];
        Login login = trap
                ? new Login(name, name.equals("user0") ? Account.KNOWN : Account.UNKNOWN, Outcome.FAILURE, 1, false)
                : Login.untold(Outcome.FAILURE);
        String agent = agent(random);
        Conduct conduct = sensor.seen(manner.conduct);
        return new Attempt(
                Instant.ofEpochSecond(time),
                IpAddress.ofV4(random.nextInt()),
                login,
                new Request(
                        manner.door,
                        agents == Agents.POPULAR ? "HTTP/2.0" : "HTTP/1.1",
                        "",
                        manner.origin,
                        Optional.of(agent),
                        conduct,
                        false));
    }
}
