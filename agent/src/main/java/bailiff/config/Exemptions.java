package bailiff.config;

import bailiff.net.Cidr;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is never banned by a jail.
 *
 * @param ignoreip addresses, networks ({@code 192.0.2.0/24}), host names, and files that list such ({@code file:/path}),
 *     as written; each is one of the four
 * @param ignoreself whether the machine's own addresses are among them
 * @param ignorecommand the command that says by exit code 0 that somebody is to be ignored, with tags; empty for none
 * @param ignorecache for how long such answers are remembered
 * @param services the verified services that are spared, by their names, with the networks that they send from
 * @param crawlers those that are known by the names of their addresses; none for a jail that does not guard the web
 * @param proxies whether addresses are spared that many people come through; never in a jail that does not guard the web
 */
public record Exemptions(
        List<String> ignoreip,
        boolean ignoreself,
        String ignorecommand,
        IgnoreCache ignorecache,
        Map<String, List<Cidr>> services,
        List<Crawler> crawlers,
        boolean proxies) {

    public Exemptions {
        ignoreip = List.copyOf(ignoreip);
        crawlers = List.copyOf(crawlers);
        Map<String, List<Cidr>> copy = new LinkedHashMap<>();
        services.forEach((name, networks) -> copy.put(name, List.copyOf(networks)));
        services = Collections.unmodifiableMap(copy);
    }

    /** Exemptions without services. */
    public Exemptions(List<String> ignoreip, boolean ignoreself, String ignorecommand, IgnoreCache ignorecache) {
        this(ignoreip, ignoreself, ignorecommand, ignorecache, Map.of(), List.of(), false);
    }

    /** Exemptions without a command. */
    public Exemptions(List<String> ignoreip, boolean ignoreself) {
        this(ignoreip, ignoreself, "", IgnoreCache.NONE);
    }

    /** The same with another {@code ignoreip}. */
    public Exemptions ignoring(List<String> other) {
        return new Exemptions(other, ignoreself, ignorecommand, ignorecache, services, crawlers, proxies);
    }

    /** The same with another {@code ignoreself}. */
    public Exemptions ignoringSelf(boolean other) {
        return new Exemptions(ignoreip, other, ignorecommand, ignorecache, services, crawlers, proxies);
    }

    /** The same with another {@code ignorecommand}. */
    public Exemptions askingCommand(String other) {
        return new Exemptions(ignoreip, ignoreself, other, ignorecache, services, crawlers, proxies);
    }

    /** The same with another {@code ignorecache}. */
    public Exemptions remembering(IgnoreCache other) {
        return new Exemptions(ignoreip, ignoreself, ignorecommand, other, services, crawlers, proxies);
    }
}
