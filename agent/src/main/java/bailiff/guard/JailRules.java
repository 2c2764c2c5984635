package bailiff.guard;

import bailiff.ban.Bantime;
import bailiff.ban.Increment;
import bailiff.config.EvidenceOptions;
import bailiff.config.Exemptions;
import bailiff.config.IgnoreCache;
import bailiff.config.JailDefinition;
import bailiff.config.Sources;
import bailiff.evidence.Limits;
import bailiff.net.Cidr;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a jail is made of: when two of them are equal, the jail need not be begun anew.
 *
 * @param filter what its filter was compiled from
 * @param matches lines that it keeps as a ban's evidence, at most
 * @param enforced whether the guard closes ports for it, rather than the commands of its actions alone
 * @param shield whether whom it bans is refused by WordPress and the web server as well
 * @param evidence what becomes of what its lines tell of a site
 */
record JailRules(
        String name,
        Object filter,
        Limits limits,
        Bantime bantime,
        Increment increment,
        int matches,
        Sources sources,
        String usedns,
        Exemptions exemptions,
        boolean enforced,
        boolean shield,
        EvidenceOptions evidence) {

    private static final Sources NOTHING =
            new Sources(Sources.Backend.FILES, List.of(), List.of(), Map.of(), StandardCharsets.UTF_8);
    private static final Bantime A_DAY = new Bantime(Duration.ofDays(1));

    /** The rules of a jail of the configuration. */
    static JailRules of(Plan.Compiled jail) {
        JailDefinition definition = jail.definition();
        return new JailRules(
                definition.name(),
                definition.filter(),
                jail.limits(),
                definition.limits().bantime(),
                definition.limits().increment(),
                definition.limits().maxmatches(),
                definition.sources(),
                definition.filter().usedns(),
                definition.exemptions(),
                ScriptedJail.isEnforcedNatively(definition),
                definition.shield(),
                jail.evidence());
    }

    /**
     * The rules of the jail for bans by hand. It closes every port, so it spares whom any jail spares, also those that go
     * on with their old rules.
     *
     * @param before the rules of the jails that run until now
     */
    static JailRules byHand(Plan plan, Collection<JailRules> before) {
        Stream<Exemptions> old =
                before.stream().filter(rules -> plan.mayStillMean(rules.name())).map(JailRules::exemptions);
        Stream<Exemptions> now =
                plan.jails().stream().map(jail -> jail.definition().exemptions());
        List<Exemptions> all = Stream.concat(now, old).toList();
        List<String> ignoreip = all.stream()
                .flatMap(each -> each.ignoreip().stream())
                .distinct()
                .toList();
        Map<String, List<Cidr>> services = new LinkedHashMap<>();
        all.forEach(each -> each.services().forEach(services::putIfAbsent));
        return new JailRules(
                Jails.BY_HAND,
                "",
                new Limits(1, Duration.ofDays(1), 128),
                A_DAY,
                Increment.NONE,
                0,
                NOTHING,
                "no",
                new Exemptions(ignoreip, true, "", IgnoreCache.NONE, services),
                true,
                true,
                EvidenceOptions.OFF);
    }
}
