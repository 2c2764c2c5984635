package bailiff.cli;

import bailiff.ban.Increment;
import bailiff.config.ActionCall;
import bailiff.config.EvidenceOptions;
import bailiff.config.JailDefinition;
import bailiff.config.Limits;
import bailiff.guard.Plan;
import bailiff.line.Printable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a jail would do with whom it bans, in sentences for an administrator. Stateless. */
final class JailPlan {

    private JailPlan() {}

    /** How its bans are counted and how they grow, where that is not the usual. */
    static List<String> counting(Limits limits) {
        List<String> sentences = new ArrayList<>();
        if (limits.counting().isByRate()) {
            sentences.add("Failures are counted as fail2ban counts them (compat = fail2ban)");
        }
        if (limits.increment().on()) {
            sentences.add("Bans grow: " + growth(limits.increment()));
        }
        return sentences;
    }

    /** Whether what its lines tell of a site is weighed. */
    static List<String> evidence(EvidenceOptions options) {
        String most = Spelled.number(options.wrongbans()) + " wrongful verdicts a site and year";
        return switch (options.use()) {
            case NO -> List.of();
            case AUTO -> List.of("What its lines tell of a site is weighed as evidence: at most " + most);
            case ACCESS ->
                List.of(
                        "Its lines are read as those of access logs, whatever the filter and maxretry say, and weighed as"
                                + " evidence: at most " + most);
        };
    }

    private static String growth(Increment increment) {
        String length = increment.multipliers().isEmpty()
                ? "the next one lasts " + increment.formula()
                : "the next one lasts bantime times one of "
                        + increment.multipliers().stream().map(String::valueOf).collect(Collectors.joining(" "));
        boolean plain = increment.factor().equals(Increment.NONE.factor());
        String factor = plain ? "" : ", with a banFactor of " + increment.factor();
        String most = Double.isInfinite(increment.most()) || increment.most() < 0
                ? ""
                : ", at most " + seconds(increment.most());
        String spread = increment.spread() == 0 ? "" : ", and up to " + seconds(increment.spread()) + " more by chance";
        return Printable.text(length + factor)
                + most
                + spread
                + (increment.everywhere() ? "; the bans of all jails count" : "");
    }

    private static String seconds(double seconds) {
        return Spelled.time(Duration.ofMillis(Math.round(seconds * 1_000)));
    }

    /** Who shuts out whom it bans, and which commands are run; what cannot be run is said loudly. */
    static List<String> enforcement(Plan.Compiled compiled) {
        JailDefinition jail = compiled.definition();
        List<String> sentences = new ArrayList<>();
        boolean natively = compiled.isEnforcedNatively();
        if (natively) {
            String replaced = names(jail.actions().stream().filter(ActionCall::builtIn));
            sentences.add("Its ports are closed natively" + (replaced.isEmpty() ? "" : ", in place of " + replaced));
        }
        if (!compiled.scripts().isEmpty()) {
            sentences.add("Runs the commands of: " + Printable.text(String.join(", ", compiled.scripts()))
                    + (natively ? "" : "; they alone enforce the bans"));
        }
        String useless = names(jail.actions().stream().filter(JailPlan::isUseless));
        if (!useless.isEmpty()) {
            sentences.add("Does NOT run: " + useless);
        }
        if (compiled.hasNoEffect()) {
            sentences.add("ITS BANS WOULD HAVE NO EFFECT: it closes no port and runs no command");
        }
        return sentences;
    }

    /** Nothing is there to be run, and nothing stands in for it. */
    private static boolean isUseless(ActionCall action) {
        return !action.builtIn() && action.properties().isEmpty();
    }

    private static String names(Stream<ActionCall> actions) {
        return Printable.text(actions.map(ActionCall::name).distinct().collect(Collectors.joining(", ")));
    }
}
