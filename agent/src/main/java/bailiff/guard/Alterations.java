package bailiff.guard;

import bailiff.config.JailDefinition;
import bailiff.config.Problem;
import bailiff.filter.Filter;
import bailiff.filter.RegexException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Plans and jails that differ in one thing. */
final class Alterations {

    /** Makes a plan out of the one that is in effect. */
    @FunctionalInterface
    interface Alteration {
        Plan of(Plan plan) throws Refused;
    }

    /** Makes a jail out of one. */
    @FunctionalInterface
    interface JailAlteration {
        JailDefinition of(JailDefinition jail) throws Refused;
    }

    private Alterations() {}

    /** The plan with other jails. */
    static Plan with(Plan plan, List<Plan.Compiled> jails) {
        return new Plan(
                List.copyOf(jails), plan.leftOut(), plan.problems(), plan.directory(), plan.server(), plan.faults());
    }

    /** The jail of that name. */
    static Plan.Compiled jail(Plan plan, String name) throws Refused {
        return plan.jails().stream()
                .filter(jail -> jail.definition().name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refused.unknownJail(name));
    }

    /** The plan with one jail altered and compiled anew. */
    static Plan alter(Plan plan, String name, JailAlteration alteration) throws Refused {
        Plan.Compiled before = jail(plan, name);
        JailDefinition definition = alteration.of(before.definition());
        List<Plan.Compiled> jails = new ArrayList<>(plan.jails());
        jails.set(jails.indexOf(before), compile(definition));
        return with(plan, jails);
    }

    private static Plan.Compiled compile(JailDefinition definition) throws Refused {
        try {
            return new Plan.Compiled(definition, Filter.compile(definition.filter()));
        } catch (RegexException e) {
            throw Refused.regex(Plan.messages(e));
        }
    }

    /** The plan without that jail. */
    static Plan without(Plan plan, String name) throws Refused {
        List<Plan.Compiled> jails = new ArrayList<>(plan.jails());
        jails.remove(jail(plan, name));
        return with(plan, jails);
    }

    /** The plan with the jail as the other plan has it: replaced, added or gone. */
    static Plan take(Plan plan, String name, Plan from) {
        List<Plan.Compiled> jails = new ArrayList<>(plan.jails());
        int place = -1;
        for (int i = 0; i < jails.size(); i++) {
            place = jails.get(i).definition().name().equals(name) ? i : place;
        }
        if (place >= 0) {
            jails.remove(place);
        }
        int at = place >= 0 ? place : jails.size();
        from.jails().stream()
                .filter(jail -> jail.definition().name().equals(name))
                .forEach(jail -> jails.add(at, jail));
        return with(plan, jails);
    }

    /** The plan with these jails, and what is wrong with them, as the other has them; its problems are the other's. */
    static Plan mended(Plan plan, Set<String> names, Plan from) {
        Plan mended = plan;
        Map<String, List<Problem>> faults = new LinkedHashMap<>(plan.faults());
        for (String name : names) {
            List<Problem> problems = from.faults().get(name);
            boolean there = from.jails().stream()
                    .anyMatch(jail -> jail.definition().name().equals(name));
            if (problems != null) {
                faults.put(name, problems);
            } else if (there || !from.isUncertain()) {
                faults.remove(name);
            }
            mended = take(mended, name, from);
        }
        return new Plan(
                mended.jails(),
                List.copyOf(faults.keySet()),
                from.problems(),
                plan.directory(),
                plan.server(),
                Collections.unmodifiableMap(faults));
    }
}
