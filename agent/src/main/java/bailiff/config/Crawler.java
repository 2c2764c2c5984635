package bailiff.config;

import java.util.List;
import java.util.Locale;

/**
 * A service that is known by the names of its addresses in the DNS, as those of search engines are: a file of
 * {@code services.d} with {@code hosts} and {@code agents}.
 *
 * @param name its name, as the file has it
 * @param hosts the ends of its hosts' names, in small letters, each with a dot in front: {@code .search.msn.com}
 * @param agents words of lines, in small letters, that make one look at all: what its programs call themselves
 */
public record Crawler(String name, List<String> hosts, List<String> agents) {

    public Crawler {
        hosts = List.copyOf(hosts);
        agents = List.copyOf(agents);
    }

    /** Whether a host of that name is one of the service's, if the name is true. */
    public boolean owns(String host) {
        String small = host.toLowerCase(Locale.ROOT);
        return hosts.stream().anyMatch(small::endsWith);
    }

    /** Whether a line, given in small letters, has one of the words. */
    public boolean isNamedIn(String line) {
        for (String agent : agents) {
            if (line.contains(agent)) {
                return true;
            }
        }
        return false;
    }
}
