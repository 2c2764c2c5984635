package bailiff.cli;

import bailiff.config.ShieldOptions;
import bailiff.control.Json;
import bailiff.guard.Places;
import bailiff.guard.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whom the shield would answer, and for which jails. Stateless. */
final class ShieldPlan {

    private ShieldPlan() {}

    /** In sentences for an administrator. */
    static List<String> sentences(Plan plan) {
        ShieldOptions options = plan.server().shield();
        if (plan.jails().isEmpty()) {
            return List.of();
        }
        if (!options.isOn()) {
            return List.of("The shield would answer nobody.");
        }
        List<String> sentences = new ArrayList<>();
        sentences.add("The shield would refuse whom these jails ban, besides bans by hand: "
                + (jails(plan).isEmpty() ? "none" : String.join(", ", jails(plan))));
        if (options.hasSocket()) {
            sentences.add("  It would answer WordPress at " + socket(options));
        }
        options.http().forEach(address -> sentences.add("  It would answer web servers at " + plain(address)));
        if (!options.denymap().isEmpty()) {
            sentences.add("  It would write Apache's map to " + options.denymap());
        }
        if (!options.decisions().isEmpty()) {
            sentences.add("  It would write signed decisions to " + options.decisions());
        }
        return sentences;
    }

    /** As the JSON contract has it; a way that is off is empty. */
    static Map<String, Object> json(Plan plan) {
        ShieldOptions options = plan.server().shield();
        return Json.of(
                "socket", options.hasSocket() ? socket(options) : "",
                "http",
                        options.http().stream()
                                .map(ShieldPlan::plain)
                                .findFirst()
                                .orElse(""),
                "denymap", options.denymap(),
                "decisions", options.decisions(),
                "multicall", options.multicall(),
                "jails", jails(plan));
    }

    private static List<String> jails(Plan plan) {
        return plan.jails().stream()
                .filter(jail -> jail.definition().shield())
                .map(jail -> jail.definition().name())
                .toList();
    }

    private static String socket(ShieldOptions options) {
        return options.socket().isEmpty()
                ? Places.run().resolve(Places.SHIELD_SOCKET).toString()
                : options.socket();
    }

    private static String plain(Object address) {
        return address.toString().replaceFirst("^/", "");
    }
}
