package bailiff.cli;

import bailiff.wire.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** An answer to one of fail2ban's commands as fail2ban's client prints it. */
final class ClientReply {

    private static final String DISABLED = "Database currently disabled";

    private final List<String> words;
    private final Value answer;

    private ClientReply(List<String> words, Value answer) {
        this.words = words;
        this.answer = answer;
    }

    /**
     * What is printed, with tabs and line feeds; what the command's own form does not fit is printed as Python would.
     *
     * @param words the command as it was given, at least one word
     */
    static String of(List<String> words, Value answer) {
        ClientReply reply = new ClientReply(words, answer);
        return reply.ofServer().or(reply::ofOption).or(reply::ofJailOption).orElseGet(answer::str);
    }

    private Optional<String> ofServer() {
        boolean alone = words.size() == 1;
        return switch (words.getFirst()) {
            case "ping" -> Optional.of("Server replied: " + answer.str());
            case "version" -> Optional.of(answer.str());
            case "start" -> Optional.of("Jail started");
            case "stop" ->
                answer instanceof Value.None
                        ? Optional.of(alone ? "Shutdown successful" : "Jail stopped")
                        : Optional.of(answer.str());
            case "add" -> Optional.of("Added jail " + answer.str());
            case "flushlogs" -> Optional.of("logs: " + answer.str());
            case "echo" -> Optional.of(joined(" ", answer));
            case "status" -> Optional.of(status());
            case "stats", "statistic", "statistics" -> Optional.of(statistics());
            default -> Optional.empty();
        };
    }

    private Optional<String> ofOption() {
        if (words.size() < 2) {
            return Optional.of(answer.str());
        }
        boolean none = answer instanceof Value.None;
        return switch (words.get(1)) {
            case "syslogsocket" -> Optional.of("Current syslog socket is:\n`- " + answer.str());
            case "logtarget" -> Optional.of("Current logging target is:\n`- " + answer.str());
            case "loglevel" -> Optional.of("Current logging level is " + answer.repr());
            case "dbfile" -> Optional.of(none ? DISABLED : "Current database file is:\n`- " + answer.str());
            case "dbpurgeage" ->
                Optional.of(none ? DISABLED : "Current database purge age is:\n`- " + answer.str() + "seconds");
            default -> Optional.empty();
        };
    }

    private Optional<String> ofJailOption() {
        if (words.size() < 3) {
            return Optional.of(answer.str());
        }
        return switch (words.get(2)) {
            case "logpath", "addlogpath", "dellogpath" ->
                Optional.of(tree("No file is currently monitored", "Current monitored log file(s):\n", false));
            case "logencoding" -> Optional.of("Current log encoding is set to:\n" + answer.str());
            case "journalmatch", "addjournalmatch", "deljournalmatch" -> Optional.of(journalmatch());
            case "datepattern" -> Optional.of("Current date pattern set to: " + datepattern());
            case "ignoreip", "addignoreip", "delignoreip" ->
                Optional.of(
                        tree("No IP address/network is ignored", "These IP addresses/networks are ignored:\n", false));
            case "failregex", "addfailregex", "delfailregex", "ignoreregex", "addignoreregex", "delignoreregex" ->
                Optional.of(tree(
                        "No regular expression is defined", "The following regular expression are defined:\n", true));
            case "actions", "actionproperties", "actionmethods" -> Optional.of(ofActions());
            case "banip" -> words.getFirst().equals("get") ? Optional.of(banip()) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static List<Value> elements(Value value) {
        return switch (value) {
            case Value.Sequence(List<Value> values) -> values;
            case Value.Tuple(List<Value> values) -> values;
            default -> List.of();
        };
    }

    private static String joined(String separator, Value value) {
        return elements(value).stream().map(Value::str).collect(Collectors.joining(separator));
    }

    private String tree(String empty, String heading, boolean numbered) {
        List<Value> values = elements(answer);
        if (values.isEmpty()) {
            return empty;
        }
        List<String> branches = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String number = numbered ? "[" + i + "]: " : "";
            branches.add((i == values.size() - 1 ? "`- " : "|- ")
                    + number
                    + values.get(i).str());
        }
        return heading + String.join("\n", branches);
    }

    private String journalmatch() {
        List<Value> matches = elements(answer);
        return matches.isEmpty()
                ? "No journal match filter set"
                : "Current match filter:\n"
                        + matches.stream().map(match -> joined(" ", match)).collect(Collectors.joining(" + "));
    }

    private String datepattern() {
        List<Value> pair = elements(answer);
        if (pair.size() != 2) {
            return "Not set/required";
        }
        String name = pair.get(1).str();
        return pair.getFirst() instanceof Value.None ? name : pair.getFirst().str() + " (" + name + ")";
    }

    private String ofActions() {
        String jail = words.get(1);
        boolean all = words.get(2).equals("actions");
        String kind = words.get(2).equals("actionmethods") ? "methods" : "properties";
        String action = words.size() > 3 ? words.get(3) : "";
        if (elements(answer).isEmpty()) {
            return all ? "No actions for jail " + jail : "No " + kind + " for jail " + jail + " action " + action;
        }
        String heading = all
                ? "The jail " + jail + " has the following actions:\n"
                : "The jail " + jail + " action " + action + " has the following " + kind + ":\n";
        return heading + joined(", ", answer);
    }

    private String banip() {
        String separator = words.size() <= 3 ? " " : words.get(3);
        return joined(separator.equals("--with-time") ? "\n" : separator, answer);
    }

    private String status() {
        if (words.size() < 2) {
            return "Status\n" + String.join("\n", branches("", elements(answer)));
        }
        if (words.get(1).equals("--all")) {
            return everyJail();
        }
        return ofJail(words.get(1), answer);
    }

    private static String ofJail(String jail, Value status) {
        List<String> lines = new ArrayList<>();
        lines.add("Status for the jail: " + jail);
        List<Value> parts = elements(status);
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            List<Value> pair = elements(parts.get(i));
            lines.add((last ? "`- " : "|- ") + pair.getFirst().str());
            lines.addAll(branches(last ? "   " : "|  ", elements(pair.get(1))));
        }
        return String.join("\n", lines);
    }

    private static List<String> branches(String indent, List<Value> pairs) {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < pairs.size(); i++) {
            List<Value> pair = elements(pairs.get(i));
            Value value = pair.get(1);
            String text = value instanceof Value.Sequence ? joined(" ", value) : value.str();
            lines.add(indent + (i == pairs.size() - 1 ? "`- " : "|- ")
                    + pair.getFirst().str() + ":\t" + text);
        }
        return lines;
    }

    private String everyJail() {
        List<String> parts = new ArrayList<>();
        List<Value> told = elements(answer);
        List<Value> pairs = told.stream().filter(Value.Tuple.class::isInstance).toList();
        if (!pairs.isEmpty()) {
            parts.add("Status\n" + String.join("\n", branches("", pairs)));
        }
        Value jails = told.isEmpty() ? answer : told.getLast();
        table(jails).forEach((name, status) -> parts.add(ofJail(name.str(), status)));
        return String.join("\n", parts);
    }

    private static Map<Value, Value> table(Value value) {
        return value instanceof Value.Table(Map<Value, Value> entries) ? entries : Map.of();
    }

    private String statistics() {
        List<String> lines = new ArrayList<>();
        lines.add("Jail\tBackend\tFailed now\tFailed in all\tBanned now\tBanned in all");
        table(answer).forEach((name, told) -> {
            List<Value> numbers = elements(told);
            lines.add(String.join(
                    "\t",
                    name.str(),
                    numbers.get(0).str(),
                    joined("\t", numbers.get(1)),
                    joined("\t", numbers.get(2))));
        });
        return String.join("\n", lines);
    }
}
