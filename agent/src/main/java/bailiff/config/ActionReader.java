package bailiff.config;

import bailiff.net.PortRange;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads what a jail does with a ban: its actions, and the ports that they close. */
final class ActionReader {

    /*
     * The program bans in the packet filter itself. The actions of fail2ban that do the same are taken as a wish for
     * that, with their ports, and no command of theirs is run, unless banaction_native says no. All others are run.
     * A jail that names no action at all is enforced as well; one that names others only is left to them.
     */
    static final Set<String> BUILT_IN = Set.of(
            "iptables",
            "iptables-allports",
            "iptables-ipset",
            "iptables-ipset-proto4",
            "iptables-ipset-proto6",
            "iptables-ipset-proto6-allports",
            "iptables-multiport",
            "iptables-multiport-log",
            "iptables-new",
            "iptables-xt_recent-echo",
            "nftables",
            "nftables-allports",
            "nftables-multiport");

    private static final String PYTHON = ".py";

    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "all");

    private final String jail;
    private final JailOptions options;
    private final Ports ports;
    private final ActionFiles files;
    private final Problems problems;

    ActionReader(String jail, JailOptions options, JailReader.Shared shared, Problems problems) {
        this.jail = jail;
        this.options = options;
        this.ports = shared.ports();
        this.files = shared.actions();
        this.problems = problems;
    }

    /** The actions and what they close. */
    record Read(List<ActionCall> actions, List<Gate> gates) {}

    /**
     * The actions of a jail that says this.
     *
     * @param read the jail's options
     */
    Read read(Map<String, Passage> read) {
        Set<Gate> gates = new LinkedHashSet<>();
        List<ActionCall> actions = new ArrayList<>();
        boolean natively = options.flag("banaction_native", true);
        Passage value = read.getOrDefault("action", Passage.of("", options.placeFor("action")));
        for (Call written : calls(value)) {
            boolean builtIn = natively && BUILT_IN.contains(written.name()) && blocks(written);
            actions.add(action(written, builtIn, read, value.place()));
            if (builtIn) {
                gates.addAll(gates(written));
            }
        }
        if (actions.isEmpty() && natively) {
            gates.addAll(gates(new Call("", Map.of())));
        }
        checkLabels(actions, value.place());
        return new Read(actions, List.copyOf(gates));
    }

    private List<Call> calls(Passage action) {
        try {
            return CallParser.all(action);
        } catch (BadValue e) {
            problems.add(e.problem());
            return List.of();
        }
    }

    /** The call with the two arguments that every action has: whose it is, and what it is called there. */
    private Call named(Call call) {
        Map<String, Passage> arguments = new LinkedHashMap<>(call.arguments());
        Place place = options.placeFor("action");
        String owner =
                arguments.computeIfAbsent("name", _ -> Passage.of(jail, place)).text();
        String suffix = owner.startsWith(jail) ? owner.substring(jail.length()) : "-" + owner;
        arguments.computeIfAbsent("actname", _ -> Passage.of(call.name() + suffix, place));
        return new Call(call.name(), arguments);
    }

    private ActionCall action(Call written, boolean builtIn, Map<String, Passage> read, Place place) {
        String name = written.name();
        if (name.endsWith(PYTHON)) {
            problems.warning(
                    place,
                    "the action " + Quoted.of(name) + " is not run: it is written in Python, for fail2ban's insides");
            String stem = name.substring(0, name.length() - PYTHON.length());
            return new ActionCall(name, label(written).orElse(stem), texts(written), false, Map.of());
        }
        Call call = named(written);
        Map<String, String> properties = Map.of();
        try {
            Optional<Map<String, String>> found = files.properties(call, read, problems);
            if (found.isEmpty() && !builtIn) {
                problems.error(place, missing(name));
            }
            properties = found.orElse(properties);
        } catch (BadValue e) {
            problems.add(e.problem());
        }
        return new ActionCall(name, label(call).orElse(name), texts(written), builtIn, properties);
    }

    private static Optional<String> label(Call call) {
        return Optional.ofNullable(call.arguments().get("actname")).map(Passage::text);
    }

    private static String missing(String name) {
        String meant = Spelling.near(name, BUILT_IN)
                .map(known -> " (did you mean " + known + "?)")
                .orElse("");
        return "no file for the action " + Quoted.of(name) + ", expected action.d/NAME.conf" + meant;
    }

    /** The server knows a jail's actions by their labels. */
    private void checkLabels(List<ActionCall> actions, Place place) {
        Set<String> labels = new HashSet<>();
        for (ActionCall action : actions) {
            if (!labels.add(action.label())) {
                problems.error(
                        place,
                        "two actions are called " + Quoted.of(action.label())
                                + ", expected another name= or actname= for one of them");
            }
        }
    }

    /**
     * Whether the action blocks. It can be turned round, to let in whom the jail finds: that is left to its commands,
     * where there are any.
     */
    private boolean blocks(Call call) {
        Passage block = call.arguments().get("blocktype");
        Passage otherwise = call.arguments().get("returntype");
        Optional<Problem> turned = Optional.empty();
        if (block != null && block.text().matches("(?i)(?:RETURN|ACCEPT)\\b.*")) {
            turned = Optional.of(turned(call, block, "blocktype", "one that blocks"));
        } else if (otherwise != null && !otherwise.text().matches("(?i)RETURN")) {
            turned = Optional.of(turned(call, otherwise, "returntype", "RETURN"));
        }
        turned.ifPresent(problems::add);
        return turned.isEmpty();
    }

    private Problem turned(Call call, Passage value, String argument, String expected) {
        String read = "read " + argument + " " + Quoted.of(value.text());
        return files.has(call.name())
                ? Problem.warning(
                        value.place(), read + ", so the commands of the action are run instead of a ban of ours")
                : Problem.error(value.place(), read + ", expected " + expected);
    }

    private List<Gate> gates(Call call) {
        List<Gate> gates = new ArrayList<>();
        try {
            List<PortRange> closed = ports(call);
            Optional<Passage> protocol = argument(call, "protocol");
            for (String name : protocol.map(Passage::words).orElse(List.of("tcp"))) {
                if (PROTOCOLS.contains(name)) {
                    gates.add(new Gate(name, name.equals("all") ? List.of() : closed));
                } else {
                    protocol.ifPresent(value -> options.wrong(value, "tcp, udp or all"));
                }
            }
        } catch (BadValue e) {
            problems.add(e.problem());
        }
        return gates;
    }

    private List<PortRange> ports(Call call) throws BadValue {
        Passage type = call.arguments().get("type");
        boolean every = call.name().endsWith("-allports")
                || (type != null && type.text().equals("allports"));
        Optional<Passage> port = argument(call, "port");
        return every || port.isEmpty() ? List.of() : ports.parse(port.get());
    }

    private Optional<Passage> argument(Call call, String name) {
        Passage argument = call.arguments().get(name);
        return argument != null && !argument.isBlank() ? Optional.of(argument) : options.text(name);
    }

    private static Map<String, String> texts(Call call) {
        Map<String, String> texts = new LinkedHashMap<>();
        call.arguments().forEach((option, value) -> texts.put(option, value.text()));
        return texts;
    }
}
