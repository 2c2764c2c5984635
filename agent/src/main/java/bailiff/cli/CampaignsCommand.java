package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.line.Printable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "campaigns",
        description = "Shows attacks by many addresses: those that go on, or one of them with its latest sources.")
final class CampaignsCommand extends AskingCommand {

    /** Accounts that are named where the campaign is one of many; in detail all are. */
    private static final int ACCOUNTS = 5;

    /** Of a likeness or a name: more would not fit a screen. */
    private static final int LONGEST = 200;

    /* What is seen has to be some 10^4 times likelier in an attack, or half the power where a site is being stormed. */
    private static final double SURE = 3;
    private static final double CERTAIN = 5;

    @Parameters(paramLabel = "NAME", arity = "0..1", defaultValue = "", description = "only this one, in detail")
    private String name = "";

    @Option(names = "--all", description = "also those that are over")
    private boolean all;

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    @Override
    public Integer call() throws ControlException {
        List<Map<String, Object>> rows = ask("campaigns", Json.of("name", name, "all", all));
        if (json) {
            rows.forEach(this::json);
            return 0;
        }
        String blank = "";
        for (Map<String, Object> row : rows) {
            if (row.get("summary") instanceof Map<?, ?> summary) {
                sum(summary);
            } else {
                out().print(blank);
                print(row);
                blank = System.lineSeparator();
            }
        }
        return 0;
    }

    private void sum(Map<?, ?> summary) {
        if (!Integer.valueOf(0).equals(summary.get("open"))) {
            return;
        }
        String sites = String.valueOf(summary.get("sites"));
        messages()
                .println("No campaign is open: nothing looks like an attack by many addresses. "
                        + switch (sites) {
                            case "0" -> "No site is watched yet; one is from its first login on.";
                            case "1" -> "One site is watched.";
                            default -> sites + " sites are watched.";
                        });
    }

    private void print(Map<String, Object> campaign) {
        String end = campaign.get("until") == null ? "" : ", over at " + Times.local(campaign.get("until"));
        out().println(text(campaign.get("name")) + " at " + text(campaign.get("site")) + ": "
                + (end.isEmpty() ? "OPEN" : "over") + ", since " + Times.local(campaign.get("since")) + ", last seen "
                + Times.local(campaign.get("last")) + end);
        out().println("  " + count(campaign.get("sources"), "source") + ", " + count(campaign.get("attempts"), "attempt")
                + ": " + campaign.get("refused") + " refused; " + count(campaign.get("banned"), "source")
                + " banned for it");
        List<?> users = list(campaign.get("users"));
        if (!users.isEmpty()) {
            out().println("  Accounts: " + accounts(users, name.isEmpty() ? ACCOUNTS : users.size()));
        }
        out().println("  Alike: " + text(campaign.get("likeness")));
        out().println("  Sure: " + sureness(campaign.get("evidence")));
        List<?> latest = list(campaign.get("latest"));
        if (!latest.isEmpty()) {
            out().println("  Its latest sources, the last one first:");
            latest.forEach(source -> out().println("    " + text(source)));
        }
    }

    private static String accounts(List<?> users, int most) {
        String named = users.stream()
                .limit(most)
                .map(user -> user instanceof Map<?, ?> map ? text(map.get("user")) + " (" + map.get("attempts") + ")" : "")
                .collect(Collectors.joining(", "));
        return users.size() > most ? named + " and " + (users.size() - most) + " more" : named;
    }

    private static String sureness(@Nullable Object evidence) {
        double power = evidence instanceof Number number ? number.doubleValue() : 0;
        String words = power >= CERTAIN ? "as good as certain" : power >= SURE ? "very likely" : "likely";
        return words + "; what was seen is 10^" + power + " times likelier in an attack than without one";
    }

    private static String count(@Nullable Object number, String what) {
        return number + " " + what + ("1".equals(String.valueOf(number)) ? "" : "s");
    }

    private static String text(@Nullable Object hostile) {
        return Printable.text(String.valueOf(hostile), LONGEST);
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
