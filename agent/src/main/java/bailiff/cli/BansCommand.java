package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.control.Json;
import bailiff.line.Printable;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "bans", description = "Lists who is banned now, the ban that ends first at the top.")
final class BansCommand extends AskingCommand {

    @Option(names = "--jail", paramLabel = "JAIL", defaultValue = "", description = "only this jail's bans")
    private String jail = "";

    @Option(names = "--json", description = "one JSON object a line")
    private boolean json;

    @Override
    public Integer call() throws ControlException {
        List<Map<String, Object>> bans = ask("bans", Json.of("jail", jail));
        if (json) {
            bans.forEach(this::json);
        } else if (bans.isEmpty()) {
            messages().println("Nobody is banned.");
        } else {
            Table table = new Table("ADDRESS", "JAIL", "SINCE", "UNTIL", "TIMES", "EVIDENCE", "WHY");
            for (Map<String, Object> ban : bans) {
                table.row(
                        String.valueOf(ban.get("ip")),
                        String.valueOf(ban.get("jail")),
                        Times.local(ban.get("since")),
                        Times.local(ban.get("until")),
                        String.valueOf(ban.get("bancount")),
                        Printable.text(String.valueOf(ban.get("evidence"))),
                        Printable.text(String.valueOf(ban.get("reason")), 80));
            }
            table.print(out());
        }
        return 0;
    }
}
