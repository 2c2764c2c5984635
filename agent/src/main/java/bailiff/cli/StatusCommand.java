package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.line.Printable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "status", description = "Says how the guard and its jails are doing.")
final class StatusCommand extends AskingCommand {

    /** Campaigns that are named; all others are counted. */
    private static final int CAMPAIGNS = 3;

    @Parameters(paramLabel = "JAIL", arity = "0..1", defaultValue = "", description = "only this jail")
    private String jail = "";

    @Option(names = "--json", description = "one JSON object")
    private boolean json;

    @Override
    public Integer call() throws ControlException {
        for (Map<String, Object> status : ask("status", Json.of("jail", jail))) {
            if (json) {
                json(status);
            } else {
                print(status);
            }
        }
        return 0;
    }

    private void print(Map<String, Object> status) {
        Map<?, ?> firewall = object(status.get("firewall"));
        out().println("Bailiff " + status.get("version") + ", pid " + status.get("pid") + ", since "
                + Times.local(status.get("since")));
        out().println("Firewall: " + firewall.get("backend") + verification(firewall));
        problems(firewall);
        problems(status);
        printShield(object(status.get("shield")));
        printCampaigns(list(status.get("campaigns")));
        for (Object jailStatus : list(status.get("jails"))) {
            printJail(object(jailStatus));
        }
    }

    private void printShield(Map<?, ?> shield) {
        String socket = String.valueOf(shield.get("socket"));
        String http = String.valueOf(shield.get("http"));
        String ways = Stream.of(socket, http).filter(way -> !way.isEmpty()).collect(Collectors.joining(" and "));
        out().println("Shield: " + (ways.isEmpty() ? "answers nobody" : "answers at " + Printable.text(ways))
                + "; asked " + shield.get("asked") + " times, refused " + shield.get("refused"));
        problems(shield);
    }

    private void printCampaigns(List<?> campaigns) {
        if (!campaigns.isEmpty()) {
            String first = campaigns.stream()
                    .limit(CAMPAIGNS)
                    .map(StatusCommand::object)
                    .map(campaign -> Printable.text(campaign.get("name") + " at " + campaign.get("site"), 100) + " ("
                            + campaign.get("sources") + " sources)")
                    .collect(Collectors.joining(", "));
            String more = campaigns.size() > CAMPAIGNS ? " and " + (campaigns.size() - CAMPAIGNS) + " more" : "";
            out().println("UNDER ATTACK by many addresses: " + first + more + "; see 'bailiff campaigns'");
        }
    }

    private static String verification(Map<?, ?> firewall) {
        if ("observe".equals(firewall.get("backend"))) {
            return " only: nobody is shut out by this guard. " + Printable.text(String.valueOf(firewall.get("reason")));
        }
        return Boolean.TRUE.equals(firewall.get("verified")) ? ", in force" : ", NOT IN FORCE";
    }

    private void printJail(Map<?, ?> jailStatus) {
        out().println();
        if ("degraded".equals(jailStatus.get("state"))) {
            out().println("Jail " + Printable.text(String.valueOf(jailStatus.get("name")))
                    + ": DOES NOT RUN; it is tried" + " again when the configuration changes");
            problems(jailStatus);
            return;
        }
        out().println("Jail " + jailStatus.get("name") + ": " + jailStatus.get("banned") + " banned now, "
                + jailStatus.get("totalBanned") + " in all; " + jailStatus.get("failing") + " failing, "
                + jailStatus.get("found") + " failures found");
        for (Object source : list(jailStatus.get("sources"))) {
            Map<?, ?> file = object(source);
            out().println("  " + Printable.text(String.valueOf(file.get("path"))) + ": " + file.get("state") + ", "
                    + file.get("lines") + " lines read, " + file.get("behind") + " bytes behind. "
                    + Printable.text(String.valueOf(file.get("reason"))));
        }
        problems(jailStatus);
    }

    private void problems(Map<?, ?> of) {
        for (Object problem : list(of.get("problems"))) {
            out().println("  problem: " + Printable.text(String.valueOf(problem)));
        }
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }
}
