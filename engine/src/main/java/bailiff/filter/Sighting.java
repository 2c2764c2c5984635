package bailiff.filter;

import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one line says of somebody: a failure, with what the failregex took from it.
 *
 * @param time when it happened, by the line's own clock; the reading time where the line carries none
 * @param host what the line wrote where the address stands, without brackets (hostile text, perhaps a name)
 * @param regex the index, from 0, of the failregex that matched
 * @param attempts how many attempts the line stands for, at least 1
 * @param groups every named group that took part in the match, by its tag in lower case ({@code user, ip4});
 *     values are hostile text
 * @param before the earlier lines that belong to it, oldest first, where a filter joins the lines of a session; hostile
 * @param users the distinct users that the session tried so far, in order, where a filter joins its lines; hostile
 */
public record Sighting(
        Instant time,
        String host,
        int regex,
        int attempts,
        Map<String, String> groups,
        List<String> before,
        List<String> users) {

    public Sighting {
        groups = groups instanceof TakenGroups ? groups : Map.copyOf(groups);
        before = List.copyOf(before);
        users = List.copyOf(users);
    }

    /** A sighting outside of any session. */
    public Sighting(
            Instant time, String host, int regex, int attempts, Map<String, String> groups, List<String> before) {
        this(time, host, regex, attempts, groups, before, List.of());
    }

    /** A sighting by one line alone. */
    public Sighting(Instant time, String host, int regex, int attempts, Map<String, String> groups) {
        this(time, host, regex, attempts, groups, List.of());
    }

    /** The address that the line blames; nothing where it names a host, since names are not believed. */
    public Optional<IpAddress> address() {
        return IpAddress.parse(host);
    }

    /** The same at another time. */
    public Sighting at(Instant other) {
        return new Sighting(other, host, regex, attempts, groups, before, users);
    }

    /** The user name that was tried, as written (hostile text). */
    public Optional<String> user() {
        return Optional.ofNullable(groups.get("user"));
    }
}
