package bailiff.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What the guard's own status says of whether a ban works, and of what would be missed. */
final class GuardStanding {

    /** The jail for bans by hand, which reads nothing. */
    private static final String BY_HAND = "manual";

    private final Map<?, ?> status;
    private final List<Map<?, ?>> jails;

    /** What the status says, as {@code bailiff status --json} has it. */
    GuardStanding(Map<?, ?> status) {
        this.status = status;
        this.jails = Rows.objects(status.get("jails")).stream()
                .filter(jail -> !Rows.text(jail, "name").equals(BY_HAND))
                .toList();
    }

    void tell(String version, Consumer<Finding> findings) {
        findings.accept(guard(version));
        findings.accept(jails());
        findings.accept(logs());
        findings.accept(firewall());
    }

    private Finding guard(String version) {
        String running = Rows.text(status, "version");
        String detail = "The guard runs: version " + running + ", process " + Rows.text(status, "pid") + ".";
        return running.equals(version)
                ? Finding.ok("guard", detail)
                : Finding.failed(
                        "guard",
                        detail + " This command is of version " + version + ".",
                        "Start the guard anew, so that it is the one that is installed.");
    }

    private Finding jails() {
        List<String> ill = new ArrayList<>(Rows.texts(status.get("problems")));
        for (Map<?, ?> jail : jails) {
            String name = Rows.text(jail, "name");
            if (!Rows.text(jail, "state").equals("running")) {
                ill.add("Jail " + name + " is " + Rows.text(jail, "state") + ".");
            }
            Rows.texts(jail.get("problems")).forEach(problem -> ill.add("Jail " + name + ": " + problem));
        }
        if (!ill.isEmpty()) {
            return Finding.failed(
                    "jails", String.join(" ", ill), "'bailiff check' tells of each with its file and line.");
        }
        List<String> names = jails.stream().map(jail -> Rows.text(jail, "name")).toList();
        return names.isEmpty()
                ? Finding.failed("jails", "No jail runs.", "Enable one: the built-in [wordpress] is.")
                : Finding.ok("jails", "Running: " + String.join(", ", names) + ".");
    }

    private Finding logs() {
        List<String> read = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        List<String> ill = new ArrayList<>();
        for (Map<?, ?> jail : jails) {
            for (Map<?, ?> source : Rows.objects(jail.get("sources"))) {
                String path = Rows.text(source, "path");
                switch (Rows.text(source, "state")) {
                    case "followed" -> read.add(path + " (" + Rows.text(source, "lines") + " lines)");
                    case "missing" -> absent.add(path);
                    case "duplicate" -> read.add(path);
                    default -> ill.add(path + ": " + Rows.text(source, "reason"));
                }
            }
        }
        String detail = "Read: " + (read.isEmpty() ? "nothing" : String.join(", ", read)) + "."
                + (absent.isEmpty() ? "" : " Not there: " + String.join(", ", absent) + ".");
        if (!ill.isEmpty()) {
            return Finding.failed(
                    "logs",
                    detail + " " + String.join(" ", ill),
                    "Let the guard read these, or take them out of the jail.");
        }
        return read.isEmpty()
                ? Finding.failed(
                        "logs",
                        detail,
                        "Name the log in the jail's logpath; where there is only the journal: backend = systemd.")
                : Finding.ok("logs", detail);
    }

    private Finding firewall() {
        Map<?, ?> firewall = Rows.object(status.get("firewall"));
        List<String> problems = Rows.texts(firewall.get("problems"));
        String detail = Rows.text(firewall, "reason")
                + (problems.isEmpty() ? "" : " The firewall's last word: " + String.join(" ", problems));
        if (Boolean.TRUE.equals(status.get("observe"))) {
            return Finding.failed(
                    "firewall", detail, "Whom the guard bans is not shut out: start it as root, without --observe.");
        }
        boolean stands = Boolean.TRUE.equals(firewall.get("verified")) && problems.isEmpty();
        if (stands) {
            return Finding.ok("firewall", detail + " Its table stands, as of the last look some seconds ago.");
        }
        return Finding.failed(
                "firewall",
                detail + " Its table was not found in force.",
                "'bailiff status' says what the kernel refused.");
    }
}
