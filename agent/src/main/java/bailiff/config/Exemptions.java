package bailiff.config;

import java.util.List;

/**
 * Who is never banned by a jail.
 *
 * @param ignoreip addresses, networks ({@code 192.0.2.0/24}) and host names, as written; each is one of the three
 * @param ignoreself whether the machine's own addresses are among them
 */
public record Exemptions(List<String> ignoreip, boolean ignoreself) {

    public Exemptions {
        ignoreip = List.copyOf(ignoreip);
    }
}
