package bailiff.config;

import java.util.List;

/**
 * Who is never banned by a jail.
 *
 * @param ignoreip addresses, networks ({@code 192.0.2.0/24}), host names, and files that list such ({@code file:/path}),
 *     as written; each is one of the four
 * @param ignoreself whether the machine's own addresses are among them
 * @param ignorecommand the command that says by exit code 0 that somebody is to be ignored, with tags; empty for none
 * @param ignorecache for how long such answers are remembered
 */
public record Exemptions(List<String> ignoreip, boolean ignoreself, String ignorecommand, IgnoreCache ignorecache) {

    public Exemptions {
        ignoreip = List.copyOf(ignoreip);
    }

    /** Exemptions without a command. */
    public Exemptions(List<String> ignoreip, boolean ignoreself) {
        this(ignoreip, ignoreself, "", IgnoreCache.NONE);
    }
}
