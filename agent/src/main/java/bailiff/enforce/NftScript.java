package bailiff.enforce;

import bailiff.net.PortRange;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The text of nft transactions; what may stand in it comes from numbers and escaped names only. */
final class NftScript {

    /*
     * The chain sits at prerouting, before the kernel looks a connection up or rewrites a destination: so the ports
     * are those that the client asked for, also when a container answers, and packets of established connections are
     * dropped like any other.
     *
     * A member is changed by adding, deleting and adding it again in one transaction: adding what is there is no
     * error, deleting what was just added cannot fail, and the packet path sees the result of the whole only. Before
     * Linux 6.12 adding alone leaves the old end of a member that is there already.
     */
    static final String TABLE = "inet bailiff";

    static final String GATE = "prerouting";

    /** Members named by one command: nft's memory grows with it, its speed does not. */
    private static final int MEMBERS_PER_COMMAND = 1_000;

    private final InstantSource clock;

    NftScript(InstantSource clock) {
        this.clock = clock;
    }

    /** Puts up the fences and keeps the sets; takes down what belongs to jails that have no fence. */
    static String raise(List<Fence> fences, Collection<BanSet> kept, Collection<BanSet> gone) {
        List<String> lines = new ArrayList<>();
        lines.add("add table " + TABLE);
        lines.add("add chain " + TABLE + " " + GATE + " { type filter hook prerouting priority -300; policy accept; }");
        lines.add("flush chain " + TABLE + " " + GATE);
        for (String jail : jails(kept)) {
            lines.add("add chain " + TABLE + " " + BanSet.chain(jail));
            lines.add("flush chain " + TABLE + " " + BanSet.chain(jail));
        }
        kept.forEach(set -> lines.addAll(dig(set)));
        fences.forEach(fence -> lines.add(
                "add rule " + TABLE + " " + GATE + " " + match(fence) + "jump " + BanSet.chain(fence.jail())));
        for (String jail : jails(gone)) {
            lines.add("add chain " + TABLE + " " + BanSet.chain(jail));
            lines.add("flush chain " + TABLE + " " + BanSet.chain(jail));
            lines.add("delete chain " + TABLE + " " + BanSet.chain(jail));
        }
        gone.forEach(set -> lines.add("delete set " + TABLE + " " + set.name()));
        return String.join("\n", lines) + "\n";
    }

    /** Makes a set, if need be, and the rule that asks it. */
    static List<String> dig(BanSet set) {
        return List.of(
                "add set " + TABLE + " " + set.name() + " { type " + set.type() + "; flags timeout; }",
                "add rule " + TABLE + " " + BanSet.chain(set.jail()) + " " + set.rule());
    }

    static String lower() {
        return "add table " + TABLE + "\ndelete table " + TABLE + "\n";
    }

    /** The commands for changes of sets that exist; to be carried out as one transaction. */
    List<String> change(List<Change> changes) {
        Map<BanSet, List<Change>> bySet = changes.stream()
                .collect(Collectors.groupingBy(
                        change -> BanSet.of(change.jail(), change.subject()), LinkedHashMap::new, Collectors.toList()));
        List<String> commands = new ArrayList<>();
        bySet.forEach((set, members) -> {
            for (int i = 0; i < members.size(); i += MEMBERS_PER_COMMAND) {
                List<Change> some = members.subList(i, Math.min(members.size(), i + MEMBERS_PER_COMMAND));
                commands.addAll(change(set, some));
            }
        });
        return commands;
    }

    private List<String> change(BanSet set, List<Change> members) {
        BanEnd end = new BanEnd(clock.instant());
        StringBuilder all = new StringBuilder();
        StringBuilder banned = new StringBuilder();
        for (Change change : members) {
            String address = change.subject().first().toString();
            all.append(all.isEmpty() ? "" : ", ").append(address);
            long seconds = end.of(change);
            if (seconds != BanEnd.PAST) {
                banned.append(banned.isEmpty() ? "" : ", ").append(address).append(timeout(seconds));
            }
        }
        String target = " element " + TABLE + " " + set.name() + " { ";
        List<String> commands = new ArrayList<>();
        commands.add("add" + target + all + " }");
        commands.add("delete" + target + all + " }");
        if (!banned.isEmpty()) {
            commands.add("add" + target + banned + " }");
        }
        return commands;
    }

    private static String timeout(long seconds) {
        if (seconds == BanEnd.NEVER) {
            return "";
        }
        long days = seconds / 86_400;
        return " timeout " + (days > 0 ? days + "d" : "") + seconds % 86_400 + "s";
    }

    private static String match(Fence fence) {
        String ports = fence.ports().isEmpty()
                ? ""
                : "dport { " + fence.ports().stream().map(PortRange::toString).collect(Collectors.joining(", "))
                        + " } ";
        if (fence.protocol() == Protocol.ALL) {
            return ports.isEmpty() ? "" : "meta l4proto { tcp, udp, sctp, dccp } th " + ports;
        }
        return ports.isEmpty() ? "meta l4proto " + fence.protocol() + " " : fence.protocol() + " " + ports;
    }

    private static Collection<String> jails(Collection<BanSet> sets) {
        return sets.stream().map(BanSet::jail).collect(Collectors.toCollection(TreeSet::new));
    }
}
