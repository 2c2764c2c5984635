package bailiff.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Writes configuration directories as nobody would, but might: every construct of the grammar, put together at random,
 * some of it wrong. The same seed gives the same directory.
 */
final class ConfigTrees {

    private static final List<String> NAMES = List.of("a", "b", "c", "d", "word", "Mixed", "p.rt", "name", "_x-y");
    private static final List<String> FILTERS = List.of("f1", "f2", "f3");
    private static final List<String> ACTIONS = List.of("a1", "a2", "a-3");
    private static final List<String> JAILS = List.of("j1", "j2", "j-3");

    private final Random random;
    private final ConfigDirectory directory;

    ConfigTrees(long seed, ConfigDirectory directory) {
        this.random = new Random(seed);
        this.directory = directory;
    }

    void write() {
        for (String file : List.of("jail.conf", "jail.local", "jail.d/x.conf", "jail.d/y.local")) {
            if (file.equals("jail.conf") || chance(40)) {
                directory.write(file, jails(file.equals("jail.conf")));
            }
        }
        for (String filter : FILTERS) {
            layers("filter.d/" + filter, () -> filter(""));
        }
        for (String action : ACTIONS) {
            layers("action.d/" + action, this::action);
        }
        directory.write("filter.d/common.conf", filter("common"));
        directory.write(
                "paths.conf", "[DEFAULT]\n" + material() + (chance(20) ? "[INCLUDES]\nafter = jail.conf\n" : ""));
        if (chance(100)) {
            directory.write(
                    "fail2ban.conf",
                    "[Definition]\nloglevel = " + pick("INFO", "DEBUG") + "\ndbmaxmatches = 7\n"
                            + "dbfile = %(a)s/x\n[DEFAULT]\na = /b\n"
                            + (chance(50) ? "[Thread]\nstacksize = 0\n" : ""));
        }
    }

    private void layers(String base, java.util.function.Supplier<String> text) {
        directory.write(base + ".conf", text.get());
        if (chance(30)) {
            directory.write(base + ".local", text.get());
        }
        if (chance(15)) {
            directory.write(base + ".d/z.conf", text.get());
        }
    }

    private String jails(boolean first) {
        StringBuilder text = new StringBuilder();
        if (chance(30)) {
            text.append("[INCLUDES]\nbefore = paths.conf\n         nowhere.conf\n");
        }
        text.append("[DEFAULT]\n").append(material());
        if (first) {
            text.append("maxmatches = %(maxretry)s\nmaxretry = 5\nenabled = ").append(pick("true", "1", "yes", "On\n"));
            text.append("\nbackend = ")
                    .append(pick("auto", "polling", "systemd", "systemd[journalflags=1]"))
                    .append('\n');
            text.append("logpath = /var/log/x\n\t/var/log/y.* tail\nfilter = %(__name__)s\n");
        }
        for (String jail : JAILS) {
            if (first || chance(40)) {
                text.append('[').append(jail).append("]\n").append(jail(first));
            }
        }
        return mistake(text.toString());
    }

    private String jail(boolean first) {
        StringBuilder text = new StringBuilder(material());
        if (first || chance(30)) {
            text.append("filter = ").append(call(FILTERS, false)).append('\n');
        }
        if (first || chance(30)) {
            text.append("action = ").append(call(ACTIONS, true));
            text.append(chance(30) ? "\n   " + call(ACTIONS, true) : "").append('\n');
        }
        Set<String> seen = new LinkedHashSet<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String option = pick(
                    "findtime = 1h - 5m",
                    "bantime = 1d12h",
                    "ignoreip = 127.0.0.1,::1 10.0.0.0/8",
                    "ignoreself = no",
                    "logtimezone = UTC+0100",
                    "usedns = no",
                    "prefregex = ^<F-CONTENT>.+</F-CONTENT>$ ",
                    "journalmatch = _A=b + \"_C=d e\"\n  _F=g",
                    "failregex = ^more <HOST>\n\n  ^%(known/failregex)s",
                    "datepattern = %%Y %(a)s",
                    "maxlines = 3",
                    "ignorecommand = /bin/x <ip> %(b)s",
                    "maxretry : 7",
                    "ignoreregex = %(known/ignoreregex)s",
                    "bantime.increment = true",
                    "bantime.factor = 2",
                    "ignorecache = key=\"<ip>\", max-count=4",
                    "logencoding = UTF-8",
                    "logpath = /%(known/a)s /var/log/z",
                    "enabled = " + pick("true", "true", "%(a)s"));
            if (seen.add(option.split("[ :=]", 2)[0])) {
                text.append(option).append('\n');
            }
        }
        return text.toString();
    }

    private String filter(String kind) {
        StringBuilder text = new StringBuilder();
        if (!kind.equals("common") && chance(50)) {
            text.append("[INCLUDES]\n").append(pick("before", "after")).append(" = common.conf\n");
        }
        if (chance(40)) {
            text.append("[DEFAULT]\n").append(material());
        }
        text.append("[Definition]\n").append(material());
        if (!kind.equals("common") || chance(30)) {
            text.append("failregex = ^")
                    .append(value())
                    .append(" <HOST>")
                    .append(chance(40) ? "\n  ^<a> <HOST>" : "")
                    .append('\n');
        }
        for (String option : List.of("ignoreregex", "prefregex", "datepattern", "usedns", "logtype", "journalmatch")) {
            if (chance(15)) {
                text.append(option)
                        .append(" = ")
                        .append(
                                option.equals("usedns")
                                        ? "warn"
                                        : option.equals("journalmatch") ? "_X='y z' + _Y=<a>" : value())
                        .append('\n');
            }
        }
        text.append(init());
        return mistake(text.toString());
    }

    private String action() {
        StringBuilder text = new StringBuilder(chance(30) ? "[DEFAULT]\n" + material() : "");
        text.append("[Definition]\n").append(material());
        for (String option : ActionFiles.OPTIONS) {
            if (chance(35)) {
                String value = ActionFiles.FLAGS.contains(option) ? pick("true", "no", "<a>") : value() + " <ip>";
                text.append(option).append(" = ").append(value).append('\n');
            }
        }
        text.append(init());
        return mistake(text.toString());
    }

    private String init() {
        String plain = chance(50) ? "[Init]\n" + material() : "";
        String conditional = chance(25) ? "[Init?family=inet6]\n" + material() : "";
        String other = chance(25) ? "[sec]\n" + material() : "";
        return plain + conditional + other;
    }

    /** Options that are there to be put into others. */
    private String material() {
        StringBuilder text = new StringBuilder();
        Set<String> seen = new LinkedHashSet<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            String name = pick(NAMES);
            if (seen.add(name)) {
                text.append(name)
                        .append(pick(" = ", "=", ": ", " : ", "   =\t"))
                        .append(value(NAMES.indexOf(name) + 1));
                text.append(pick("", "", "", " ; said by the way", " ;")).append('\n');
                text.append(pick(
                        "", "", "", "# a comment\n", "\n", "  ; another\n", "  further <a>\n", "\t# no\n  more\n"));
            }
        }
        return text.toString();
    }

    private String value() {
        return value(0);
    }

    /**
     * A value that refers to options from that one on, so that few refer to themselves: fail2ban would put such into
     * each other for hours.
     */
    private String value(int from) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            text.append(pick("x", "y z", "%%", "#", "a;b", "", "<HOST>", "q=r", "1:2", "[s]", "<F-USER>u</F-USER>"));
            text.append(chance(35) ? reference(chance(3) ? 0 : from) : "").append(chance(20) ? " " : "");
        }
        return text.toString().strip().replaceAll("^[;#]+", "");
    }

    private String reference(int from) {
        List<String> names = NAMES.subList(Math.min(from, NAMES.size() - 1), NAMES.size());
        String name = pick(names);
        return switch (random.nextInt(chance(25) ? 14 : 9)) {
            case 0, 1 -> "<" + name + ">";
            case 2 -> "<known/" + name + ">";
            case 3 -> "<sec/" + name + ">";
            case 4 -> "<" + name + "-<" + pick(names) + ">>";
            case 5 -> "<default/" + name + ">";
            case 6, 7 -> "<" + name + "?family=inet6>";
            case 8 -> pick("<matches>", "<bantime>", "<name>", "<actname>", "<a", "b>", "< a>");
            case 9 -> "%(" + name + ")s";
            case 10 -> "%(known/" + name + ")s";
            case 11 -> "%(default/" + name + ")s";
            case 12 -> "%(sec/" + name + ")s";
            default -> "%(__name__)s";
        };
    }

    private String call(List<String> names, boolean several) {
        StringBuilder call = new StringBuilder(pick(names));
        if (chance(70)) {
            call.append('[');
            for (int i = random.nextInt(4); i > 0; i--) {
                String value = pick("v", "1,2", "<a>", "<known/b>", "it's", "x=y", "", "%(__name__)s", "%(a)s", "é");
                String quoted = pick("\"" + value + "\"", "'" + value.replace("'", "") + "'", value.replace(",", ";"));
                call.append(several || chance(50) ? pick(NAMES) : pick("logtype", "prefregex", "failregex", "a", "b"));
                call.append('=')
                        .append(quoted)
                        .append(i > 1 ? pick(",", ", ", "][", "] [", ",\n  ") : pick("", "", ","));
            }
            call.append(']');
        }
        return call + (chance(2) ? pick("[", "]", " [x=1]", "[x]", "[x = 1]", "[x=\"1\" ]") : "");
    }

    private String mistake(String text) {
        return chance(3)
                ? text + pick("no delimiter\n", "a = 1\na = 2\n", "[DEFAULT\n", "= x\n", "%(x)s\n", "a = %x\n")
                : text;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
