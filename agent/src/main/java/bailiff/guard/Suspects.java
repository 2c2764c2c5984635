package bailiff.guard;

import bailiff.ban.Event;
import bailiff.ban.Excuse;
import bailiff.filter.Sighting;
import bailiff.line.LogLine;
import bailiff.net.IpAddress;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What a jail asks others before it blames somebody. The jail's thread owns it.
 *
 * @param named failures of hosts whose addresses are being looked up
 * @param ignore the command that says whom to ignore
 * @param claims failures of whoever claims to be a search engine
 * @param throng who comes for many
 */
record Suspects(NamedFailures named, IgnoreCommand ignore, Claims claims, Throng throng) implements Excuse {

    /** What costs least is asked first. */
    @Override
    public Answer of(Sighting sighting, IpAddress address) {
        Answer answer = throng.of(sighting, address);
        if (answer == Answer.NO) {
            answer = claims.of(sighting, address);
        }
        return answer == Answer.NO ? ignore.of(sighting, address) : answer;
    }

    /** The line that the failures which are asked about from now on stand in. */
    void reading(LogLine line, boolean live) {
        ignore.reading(line);
        claims.reading(line, live);
    }

    /** Takes in what a line meant. */
    void heard(Event event) {
        throng.heard(event);
    }

    /**
     * Hands over the failures of which it is known by now who is to blame.
     *
     * @param acquitted takes addresses that were blamed, and should not have been
     * @return how many nobody could be blamed for
     */
    int settle(NamedFailures.Receiver receiver, Consumer<IpAddress> acquitted) {
        if (claims.isWaiting()) {
            claims.settle(receiver, acquitted);
        }
        return named.settle(receiver);
    }

    /** Whether there are answers to wait for. */
    boolean isWaiting() {
        return named.isWaiting() || claims.isWaiting();
    }

    /** What may keep somebody from being spared, a sentence each. */
    List<String> problems() {
        return Stream.of(ignore.problem(), claims.problem())
                .filter(problem -> !problem.isEmpty())
                .toList();
    }

    /** Why the address is spared that this excused. */
    String reason(IpAddress address) {
        return claims.verified(address)
                .map(host -> "service " + host)
                .orElse(throng.isOne(address) ? "proxy" : "command");
    }
}
