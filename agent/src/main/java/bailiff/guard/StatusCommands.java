package bailiff.guard;

import bailiff.config.JailDefinition;
import bailiff.config.Sources;
import bailiff.control.ControlException;
import bailiff.wire.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** fail2ban's {@code status} and {@code stats}. Safe for any thread. */
final class StatusCommands {

    private final Guard guard;
    private final BanCommands bans;

    StatusCommands(Guard guard, BanCommands bans) {
        this.guard = guard;
        this.bans = bans;
    }

    /** The jails of the configuration that run, sorted; the one for bans by hand is not told of. */
    private List<String> names() {
        return guard.jails().all().stream()
                .map(JailLoop::name)
                .filter(name -> !name.equals(Jails.BY_HAND))
                .sorted()
                .toList();
    }

    private static Value pair(String name, Value value) {
        return Value.tuple(Value.of(name), value);
    }

    /** {@code status}. */
    Value ofServer() {
        return Value.list(ofAll());
    }

    private List<Value> ofAll() {
        List<String> names = names();
        return List.of(
                pair("Number of jail", Value.of(names.size())), pair("Jail list", Value.of(String.join(", ", names))));
    }

    /** {@code status --all FLAVOR}: as fail2ban from 1.1.1 on. */
    Value ofAll(String flavor) throws Refused, ControlException {
        Map<Value, Value> jails = new LinkedHashMap<>();
        for (String name : names()) {
            jails.put(Value.of(name), ofJail(name, flavor));
        }
        if (flavor.equals("stats")) {
            return new Value.Table(jails);
        }
        List<Value> told = new ArrayList<>(ofAll());
        told.add(new Value.Table(jails));
        return Value.list(told);
    }

    /** {@code stats}: as fail2ban from 1.1.1 on: each jail's backend and four numbers. */
    Value statistics() throws Refused, ControlException {
        Map<Value, Value> jails = new LinkedHashMap<>();
        for (String name : names()) {
            JailLoop loop = bans.loop(name);
            jails.put(
                    Value.of(name),
                    Value.list(List.of(
                            Value.of(backend(name)),
                            Value.tuple(
                                    Value.of(Answers.ask(loop, JailKeeper::failing)),
                                    Value.of(guard.tallies().failures(name))),
                            Value.tuple(
                                    Value.of(bans.bans(loop).size()),
                                    Value.of(guard.tallies().bans(name))))));
        }
        return new Value.Table(jails);
    }

    private String backend(String name) {
        return sources(name).filter(JailAnswers::readsJournal).isPresent() ? "systemd" : "pyinotify";
    }

    private Optional<Sources> sources(String name) {
        return guard.inForce().now().jails().stream()
                .map(Plan.Compiled::definition)
                .filter(jail -> jail.name().equals(name))
                .map(JailDefinition::sources)
                .findFirst();
    }

    /** {@code status JAIL [FLAVOR]}; an unknown flavor is the basic one, as in fail2ban. */
    Value ofJail(String name, String flavor) throws Refused, ControlException {
        JailLoop loop = bans.loop(name);
        return Value.list(List.of(pair("Filter", filter(name, loop)), pair("Actions", actions(name, loop, flavor))));
    }

    private Value filter(String name, JailLoop loop) throws ControlException {
        Optional<Sources> journal = sources(name).filter(JailAnswers::readsJournal);
        Value source = journal.isPresent()
                ? pair("Journal matches", Value.texts(matches(journal.get())))
                : pair("File list", Value.texts(Answers.ask(loop, JailAnswers::files)));
        return Value.list(List.of(
                pair("Currently failed", Value.of(Answers.ask(loop, JailKeeper::failing))),
                pair("Total failed", Value.of(guard.tallies().failures(name))),
                source));
    }

    private static List<String> matches(Sources journal) {
        return List.of(journal.journalmatch().stream()
                .map(words -> String.join(" ", words))
                .collect(Collectors.joining(" + ")));
    }

    private Value actions(String name, JailLoop loop, String flavor) throws ControlException {
        List<String> banned =
                bans.bans(loop).stream().map(ban -> ban.subject().toString()).toList();
        List<Value> told = new ArrayList<>();
        told.add(pair("Currently banned", Value.of(banned.size())));
        told.add(pair("Total banned", Value.of(guard.tallies().bans(name))));
        if (!flavor.equals("short")) {
            told.add(pair("Banned IP list", Value.texts(banned)));
        }
        if (flavor.equals("cymru")) {
            // Without its optional DNS library fail2ban says the same; we ask no stranger's name server at all.
            for (String list : List.of("Banned ASN list", "Banned Country list", "Banned RIR list")) {
                told.add(pair(list, Value.texts(List.of("error"))));
            }
        }
        return Value.list(told);
    }
}
