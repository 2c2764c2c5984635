package bailiff.cli;

import java.util.List;
import java.util.Map;

/** The commands that Bailiff means to answer otherwise than fail2ban. */
final class ClientDifferences {

    /** A pattern of commands, and why. */
    static final Map<String, String> MEANT = Map.ofEntries(
            Map.entry("version", "the commands are those of a newer release than Debian's"),
            Map.entry("status --all.*|stats|statistics", "Debian's release does not have it"),
            Map.entry("[gs]et wp \\w*failregex.*", "expressions are told as they were written"),
            Map.entry("[gs]et dbfile.*", "the ledger is another file in another format"),
            Map.entry("set wp (findtime|bantime) abc", "the error says what was expected"),
            Map.entry("set wp bantime\\.(formula|multipliers|maxtime) bad", "the error says what was expected"),
            Map.entry("set wp bantime\\.overalljails true", "a switch is a truth value, not its text"),
            Map.entry("set wp action note start", "an action's methods are not called by hand"),
            Map.entry("set wp addaction py .*", "no Python actions"),
            Map.entry("set wp banip (127.0.0.1|foo)", "who must never be banned is not, and what is no address"),
            Map.entry("add (new|wp).*", "no jail is made by hand"),
            Map.entry("set wp attempt", "the error says what was expected"));

    private ClientDifferences() {}

    /** The patterns of {@link #MEANT} that the command is of. */
    static List<String> of(List<String> command) {
        String line = String.join(" ", command);
        return MEANT.keySet().stream().filter(line::matches).toList();
    }
}
