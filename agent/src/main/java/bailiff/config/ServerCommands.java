package bailiff.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A configuration as fail2ban understands it: what its client would tell its server, command by command.
 *
 * @param all each command a list of texts, whole numbers, booleans, lists and maps of such; unmodifiable
 */
public record ServerCommands(List<List<Object>> all) {

    /** Nothing is told. */
    public static final ServerCommands NONE = new ServerCommands(List.of());

    public ServerCommands {
        all = List.copyOf(all);
    }

    /** What {@code fail2ban-client -d} would print of it, log paths as they are written. */
    public static List<List<Object>> of(Configuration configuration) {
        return configuration.commands().all();
    }

    /** What {@code fail2ban.conf} comes to, with fail2ban's own defaults. */
    static List<List<Object>> ofServer(ServerOptions server) {
        List<List<Object>> commands = new ArrayList<>();
        String stacksize = server.text("stacksize");
        if (!stacksize.isEmpty()) {
            commands.add(List.of("set", "thread", Map.of("stacksize", number(stacksize))));
        }
        for (String[] option : new String[][] {
            {"syslogsocket", "auto"},
            {"loglevel", "INFO"},
            {"logtarget", "STDERR"},
            {"allowipv6", "auto"},
            {"dbfile", "/var/lib/fail2ban/fail2ban.sqlite3"},
        }) {
            commands.add(List.of("set", option[0], server.options().getOrDefault(option[0], option[1])));
        }
        String matches = server.text("dbmaxmatches");
        if (!matches.isEmpty()) {
            commands.add(List.of("set", "dbmaxmatches", number(matches)));
        }
        commands.add(List.of("set", "dbpurgeage", server.options().getOrDefault("dbpurgeage", "1d")));
        return commands;
    }

    /** The number, where it is one; the text as it stands otherwise. */
    static Object number(String text) {
        return text.matches("[0-9]{1,9}") ? (Object) Integer.valueOf(text) : text;
    }

    /** A command of words and a value. */
    static List<Object> command(Object... words) {
        return List.copyOf(Arrays.asList(words));
    }
}
