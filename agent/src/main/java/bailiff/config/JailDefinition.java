package bailiff.config;

import bailiff.filter.FilterDefinition;
import java.util.List;

/**
 * A jail as an administrator wrote it: everything that the guard needs to run it.
 *
 * @param name the section's name; letters, digits and {@code ._-} only
 * @param filter what makes a line a failure; its expressions are not compiled yet
 * @param origin where the filter's expressions were written
 * @param sources where its lines come from
 * @param limits when it bans, and for how long
 * @param exemptions who is never banned
 * @param actions the actions that the jail names, in order, each label once; where there is none, the ban is enforced
 *     all the same
 * @param gates what a ban closes in the packet filter; empty where it is left to the commands of the actions alone
 * @param shield whether whom it bans is refused by WordPress and the web server as well
 * @param evidence what becomes of what its lines tell of a site
 */
public record JailDefinition(
        String name,
        FilterDefinition filter,
        FilterOrigin origin,
        Sources sources,
        Limits limits,
        Exemptions exemptions,
        List<ActionCall> actions,
        List<Gate> gates,
        boolean shield,
        EvidenceOptions evidence) {

    public JailDefinition {
        actions = List.copyOf(actions);
        gates = List.copyOf(gates);
    }

    /** One that takes part in the shield, and whose lines are weighed as usual. */
    public JailDefinition(
            String name,
            FilterDefinition filter,
            FilterOrigin origin,
            Sources sources,
            Limits limits,
            Exemptions exemptions,
            List<ActionCall> actions,
            List<Gate> gates) {
        this(name, filter, origin, sources, limits, exemptions, actions, gates, true, EvidenceOptions.USUAL);
    }

    /** The same with other expressions. */
    public JailDefinition with(FilterDefinition other) {
        return new JailDefinition(name, other, origin, sources, limits, exemptions, actions, gates, shield, evidence);
    }

    /** The same with other sources. */
    public JailDefinition with(Sources other) {
        return new JailDefinition(name, filter, origin, other, limits, exemptions, actions, gates, shield, evidence);
    }

    /** The same with other limits. */
    public JailDefinition with(Limits other) {
        return new JailDefinition(name, filter, origin, sources, other, exemptions, actions, gates, shield, evidence);
    }

    /** The same with other exemptions. */
    public JailDefinition with(Exemptions other) {
        return new JailDefinition(name, filter, origin, sources, limits, other, actions, gates, shield, evidence);
    }

    /** The same with other actions; what it closes by itself stays. */
    public JailDefinition with(List<ActionCall> other) {
        return new JailDefinition(name, filter, origin, sources, limits, exemptions, other, gates, shield, evidence);
    }
}
