package bailiff.filter;

import bailiff.net.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What one line says of somebody: a failure or a success, with what the expression took from it. Immutable. */
public final class Sighting {

    /*
     * Nearly every line blames an address, whose text hardly anybody asks for: it is written when somebody does. Two
     * threads that ask at once write the same.
     */
    private final Instant time;
    private final @Nullable IpAddress address;
    private final int regex;
    private final int attempts;
    private final Map<String, String> groups;
    private final List<String> before;
    private final List<String> users;
    private @Nullable String host;

    /**
     * A sighting by several lines of a session.
     *
     * @param time as {@link #time}
     * @param host as {@link #host}
     * @param regex as {@link #regex}
     * @param attempts as {@link #attempts}
     * @param groups as {@link #groups}
     * @param before as {@link #before}
     * @param users as {@link #users}
     */
    public Sighting(
            Instant time,
            String host,
            int regex,
            int attempts,
            Map<String, String> groups,
            List<String> before,
            List<String> users) {
        this(
                time,
                null,
                host,
                regex,
                attempts,
                groups instanceof TakenGroups ? groups : Map.copyOf(groups),
                List.copyOf(before),
                List.copyOf(users));
    }

    private Sighting(
            Instant time,
            @Nullable IpAddress address,
            @Nullable String host,
            int regex,
            int attempts,
            Map<String, String> groups,
            List<String> before,
            List<String> users) {
        this.time = time;
        this.address = address;
        this.host = host;
        this.regex = regex;
        this.attempts = attempts;
        this.groups = groups;
        this.before = before;
        this.users = users;
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

    /** A sighting of that address by one line alone, which stands for one attempt. */
    static Sighting of(Instant time, IpAddress address, int regex, Map<String, String> groups) {
        return new Sighting(time, address, null, regex, 1, groups, List.of(), List.of());
    }

    /** When it happened, by the line's own clock; the reading time where the line carries none. */
    public Instant time() {
        return time;
    }

    /** What the line wrote where the address stands, without brackets: hostile text, perhaps a name. */
    public String host() {
        String known = host;
        if (known == null) {
            known = Objects.toString(address);
            host = known;
        }
        return known;
    }

    /** The address that the line blames; nothing where it names a host, since names are not believed. */
    public Optional<IpAddress> address() {
        return address == null ? IpAddress.parse(host()) : Optional.of(address);
    }

    /** The index, from 0, of the failregex that matched; for a success that of the successregex. */
    public int regex() {
        return regex;
    }

    /** How many attempts the line stands for, at least 1. */
    public int attempts() {
        return attempts;
    }

    /**
     * Every named group that took part in the match, by its tag in lower case ({@code user, ip4}); values are hostile
     * text. Not to be changed.
     */
    public Map<String, String> groups() {
        return groups;
    }

    /** The earlier lines that belong to it, oldest first, where a filter joins the lines of a session; hostile text. */
    public List<String> before() {
        return before;
    }

    /** The distinct users that the session tried so far, in order, where a filter joins its lines; hostile text. */
    public List<String> users() {
        return users;
    }

    /** The same at another time. */
    public Sighting at(Instant other) {
        return new Sighting(other, address, host, regex, attempts, groups, before, users);
    }

    /** The site that the line is about, as it calls itself (hostile text); empty where the filter tells of none. */
    public String site() {
        return groups.getOrDefault("site", "");
    }

    /** Whether the line says, by {@code <F-TWICE>}, that there is no such account. */
    public boolean isUnknown() {
        return groups.containsKey(Examination.TWICE);
    }

    /** The account that the line is about, told apart from those of the same name on other sites; hostile text. */
    public String account() {
        return site() + ' ' + groups.getOrDefault("user", "");
    }

    /** The user name that was tried, as written (hostile text). */
    public Optional<String> user() {
        return Optional.ofNullable(groups.get("user"));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Sighting that && parts().equals(that.parts());
    }

    @Override
    public int hashCode() {
        return parts().hashCode();
    }

    private List<Object> parts() {
        return List.of(time, host(), regex, attempts, groups, before, users);
    }

    @Override
    public String toString() {
        return "Sighting" + parts();
    }
}
