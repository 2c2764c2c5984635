package bailiff.config;

import java.util.Map;

/**
 * What {@code fail2ban.conf} says of the server.
 *
 * @param options the options of its [Definition] with everything put in, by name: {@code logtarget},
 *     {@code loglevel}, {@code socket}, {@code dbfile}, {@code dbpurgeage}, {@code dbmaxmatches}, {@code allowipv6};
 *     those that no file sets are missing
 * @param shield how the shield answers
 */
public record ServerOptions(Map<String, String> options, ShieldOptions shield) {

    /** Nothing is set. */
    public static final ServerOptions NONE = new ServerOptions(Map.of(), ShieldOptions.DEFAULT);

    public ServerOptions {
        options = Map.copyOf(options);
    }

    /** The option's text, empty where no file sets it. */
    public String text(String option) {
        return options.getOrDefault(option, "");
    }
}
