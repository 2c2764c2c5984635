package bailiff.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells a jail in the commands of fail2ban's server. */
final class JailCommands {

    private static final Set<String> NOT_TOLD = Set.of("action", "filter", "enabled", "backend", "logpath");

    private final String jail;
    private final List<List<Object>> commands = new ArrayList<>();

    private JailCommands(String jail) {
        this.jail = jail;
    }

    /** The commands that make the jail, without the one that starts it. Those of a faulty jail may make no sense. */
    static List<List<Object>> of(String jail, FilterOptions options, List<ActionCall> actions) {
        JailCommands told = new JailCommands(jail);
        told.filter(options.ofFilter());
        told.filter(options.ofJail());
        told.options(options.ofJail());
        actions.forEach(told::action);
        told.commands.addFirst(List.of("add", jail, text(options.ofJail(), "backend")));
        return told.commands;
    }

    private static String text(Map<String, Passage> options, String option) {
        Passage value = options.get(option);
        return value == null ? "" : value.text();
    }

    /** What expressions depend on comes before them, the look-up of names first of all. */
    private void filter(Map<String, Passage> options) {
        int first = 0;
        for (var option : options.entrySet()) {
            String name = option.getKey();
            switch (name) {
                case "failregex", "ignoreregex" -> expressions(name, option.getValue());
                case "usedns", "maxlines", "prefregex" -> {
                    Object value = value(name, option.getValue());
                    commands.add(name.equals("usedns") ? 0 : first, List.of("set", jail, name, value));
                    first++;
                }
                case "datepattern" -> set(name, option.getValue());
                case "journalmatch" -> option.getValue().rawLines().forEach(this::journalmatch);
                default -> {}
            }
        }
    }

    private void expressions(String option, Passage value) {
        List<String> lines = value.rawLines().stream().map(Passage::text).toList();
        if (lines.size() == 1) {
            commands.add(List.of("set", jail, "add" + option, lines.getFirst()));
        } else if (!lines.isEmpty()) {
            commands.add(List.of("multi-set", jail, "add" + option, lines));
        }
    }

    private void journalmatch(Passage line) {
        try {
            List<Object> command = new ArrayList<>(List.of("set", jail, "addjournalmatch"));
            command.addAll(ShellWords.split(line));
            commands.add(command);
        } catch (BadValue e) {
            commands.add(List.of("config-error", e.problem().toString()));
        }
    }

    private void options(Map<String, Passage> options) {
        options.forEach((name, value) -> {
            if (name.equals("ignoreip")) {
                List<Object> command = new ArrayList<>(List.of("set", jail, "addignoreip"));
                command.addAll(value.words());
                commands.add(command);
            } else if (!NOT_TOLD.contains(name) && !FilterReader.OPTIONS.contains(name)) {
                set(name, value);
            }
        });
        if (!text(options, "backend").startsWith("systemd") && options.containsKey("logpath")) {
            for (String line : text(options, "logpath").split("\n", -1)) {
                logpath(line);
            }
        }
    }

    private void logpath(String line) {
        int blank = line.lastIndexOf(' ');
        String path = blank < 0 ? line : line.substring(0, blank);
        if (!path.isEmpty()) {
            commands.add(List.of("set", jail, "addlogpath", path, blank < 0 ? "head" : line.substring(blank + 1)));
        }
    }

    private void set(String option, Passage value) {
        commands.add(List.of("set", jail, option, value(option, value)));
    }

    private static Object value(String option, Passage value) {
        String text = value.text();
        return switch (option) {
            case "maxretry", "maxmatches", "maxlines" -> ServerCommands.number(text);
            default -> JailReader.FLAGS.contains(option) ? (Object) text.equals("True") : text;
        };
    }

    private void action(ActionCall action) {
        if (action.name().endsWith(".py")) {
            commands.add(List.of("set", jail, "addaction", action.label(), action.name(), action.arguments()));
            return;
        }
        commands.add(List.of("set", jail, "addaction", action.label()));
        List<List<Object>> properties = new ArrayList<>();
        action.properties().forEach((name, value) -> {
            boolean flag = ActionFiles.FLAGS.contains(name);
            properties.add(List.of(name, flag ? (Object) Boolean.valueOf(value) : value));
        });
        if (!properties.isEmpty()) {
            commands.add(List.of("multi-set", jail, "action", action.label(), properties));
        }
    }
}
