package bailiff.enforce;

import bailiff.net.PortRange;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The firewall that this machine allows.
 *
 * @param firewall what bans are given to
 * @param reason one sentence: what enforces bans, or why nothing does
 */
public record FirewallChoice(Firewall firewall, String reason) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Finds out, without changing anything, whether nftables can be used here; otherwise bans are only observed. */
    public static FirewallChoice find(CommandRunner runner, InstantSource clock) {
        return find(runner, runner.isHere() ? Optional.of(NativeSocket::open) : Optional.empty(), clock);
    }

    /** The same; by netlink, where a source of channels is given. */
    static FirewallChoice find(CommandRunner runner, Optional<NetlinkChannel.Source> netlink, InstantSource clock) {
        BanSet probe = BanSet.ofSingle("probe", true);
        String rehearsal = NftScript.raise(
                List.of(new Fence(probe.jail(), Protocol.TCP, List.of(PortRange.of(80)))), Set.of(probe), Set.of());
        try {
            Answer answer = Answer.of(runner, List.of("nft", "-c", "-f", "-"), rehearsal, PATIENCE);
            return answer.isGood()
                    ? nftables(runner, netlink, clock)
                    : observe("Bans are not enforced: " + explained(answer.complaint()));
        } catch (IOException e) {
            return observe("Bans are not enforced: the program nft (package nftables) could not be started.");
        }
    }

    /** Asks by netlink what sets there are, which changes nothing and takes the right to change something. */
    private static FirewallChoice nftables(
            CommandRunner runner, Optional<NetlinkChannel.Source> netlink, InstantSource clock) {
        if (netlink.isPresent()) {
            try (NetlinkTable kernel = new NetlinkTable(netlink.get())) {
                kernel.sets().sets();
            } catch (IOException | FirewallException e) {
                return new FirewallChoice(
                        new Nftables(runner, Optional.empty(), clock),
                        "Bans are enforced by nftables, through the program nft (" + e.getMessage() + ").");
            }
        }
        return new FirewallChoice(new Nftables(runner, netlink, clock), "Bans are enforced by nftables.");
    }

    /** A firewall that accepts every ban and does nothing; the reason says so if bans of an earlier run still stand. */
    public static FirewallChoice observe(String reason, CommandRunner runner) {
        try {
            Answer answer =
                    Answer.of(runner, List.of("nft", "list", "chain", "inet", "bailiff", "prerouting"), "", PATIENCE);
            return observe(
                    answer.isGood()
                            ? reason + " Bans of an earlier run still stand in the kernel until their time is up;"
                                    + " 'nft delete table inet bailiff' ends them all."
                            : reason);
        } catch (IOException _) {
            return observe(reason);
        }
    }

    /** A firewall that accepts every ban and does nothing. */
    public static FirewallChoice observe(String reason) {
        return new FirewallChoice(new Observe(), reason);
    }

    private static String explained(String complaint) {
        return complaint.contains("Operation not permitted")
                ? "changing the packet filter takes root or CAP_NET_ADMIN."
                : "nft refuses (" + complaint + ").";
    }
}
