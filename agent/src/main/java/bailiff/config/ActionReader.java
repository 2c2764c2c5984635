package bailiff.config;

import bailiff.net.PortRange;
import java.util.ArrayList;
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
     * that, with their ports; no command of theirs is run. A jail that names no such action is enforced all the same.
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

    private static final Set<String> PROTOCOLS = Set.of("tcp", "udp", "all");

    private final JailOptions options;
    private final Ports ports;
    private final Problems problems;

    ActionReader(JailOptions options, Ports ports, Problems problems) {
        this.options = options;
        this.ports = ports;
        this.problems = problems;
    }

    /** The actions and what they close. */
    record Read(List<ActionCall> actions, List<Gate> gates) {}

    Read read() {
        Set<Gate> gates = new LinkedHashSet<>();
        List<ActionCall> actions = new ArrayList<>();
        Optional<Passage> value = options.text("action");
        for (Call call : calls(value)) {
            boolean builtIn = BUILT_IN.contains(call.name());
            actions.add(new ActionCall(call.name(), texts(call), builtIn));
            if (builtIn) {
                checkBlocks(call);
                gates.addAll(gates(call));
            } else {
                value.ifPresent(action -> notRun(call, action.place()));
            }
        }
        if (gates.isEmpty()) {
            gates.addAll(gates(new Call("", Map.of())));
        }
        return new Read(actions, List.copyOf(gates));
    }

    private List<Call> calls(Optional<Passage> action) {
        try {
            return action.isPresent() ? CallParser.all(action.get()) : List.of();
        } catch (BadValue e) {
            problems.add(e.problem());
            return List.of();
        }
    }

    /** An action can be turned round, to let in whom the jail finds: a ban would then hit its friends. */
    private void checkBlocks(Call call) {
        Passage block = call.arguments().get("blocktype");
        Passage otherwise = call.arguments().get("returntype");
        if (block != null && block.text().matches("(?i)(?:RETURN|ACCEPT)\\b.*")) {
            problems.error(block.place(), "read blocktype " + Quoted.of(block.text()) + ", expected one that blocks");
        } else if (otherwise != null && !otherwise.text().matches("(?i)RETURN")) {
            problems.error(otherwise.place(), "read returntype " + Quoted.of(otherwise.text()) + ", expected RETURN");
        }
    }

    private void notRun(Call call, Place place) {
        String meant = Spelling.near(call.name(), BUILT_IN)
                .map(name -> " (did you mean " + name + "?)")
                .orElse("");
        problems.warning(
                place,
                "the action " + Quoted.of(call.name()) + " is not run yet" + meant
                        + "; the ban itself is enforced natively");
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
