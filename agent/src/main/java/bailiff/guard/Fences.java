package bailiff.guard;

import bailiff.config.Gate;
import bailiff.enforce.Fence;
import bailiff.enforce.Protocol;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which ports the bans of each jail close. Remembers it, for the jails that go on with their old rules. Not thread-safe:
 * whoever changes the plan in force owns it.
 */
final class Fences {

    private Map<String, List<Fence>> fences = Map.of();

    /** What bans will close once the plan's jails {@link Jails#run}, with those that go on with their old rules. */
    List<Fence> run(Plan plan) {
        Map<String, List<Fence>> after = new LinkedHashMap<>();
        fences.forEach((name, old) -> {
            if (plan.mayStillMean(name)) {
                after.put(name, old);
            }
        });
        plan.jails().forEach(jail -> after.put(jail.definition().name(), around(jail)));
        return keep(after);
    }

    /** The same for {@link Jails#mend}: what bans close in all other jails stays. */
    List<Fence> mend(Plan plan, Set<String> names) {
        Map<String, List<Fence>> after = new LinkedHashMap<>(fences);
        names.stream().filter(name -> !plan.mayStillMean(name)).forEach(after::remove);
        plan.jails().stream()
                .filter(jail -> names.contains(jail.definition().name()))
                .forEach(jail -> after.put(jail.definition().name(), around(jail)));
        return keep(after);
    }

    private List<Fence> keep(Map<String, List<Fence>> after) {
        fences = after;
        Stream<Fence> byHand = Stream.of(new Fence(Jails.BY_HAND, Protocol.ALL, List.of()));
        return Stream.concat(byHand, after.values().stream().flatMap(List::stream))
                .toList();
    }

    private static List<Fence> around(Plan.Compiled jail) {
        return ScriptedJail.isEnforcedNatively(jail.definition())
                ? jail.definition().gates().stream()
                        .map(gate -> fence(jail.definition().name(), gate))
                        .toList()
                : List.of();
    }

    private static Fence fence(String jail, Gate gate) {
        return new Fence(jail, Protocol.named(gate.protocol()).orElse(Protocol.ALL), gate.ports());
    }
}
