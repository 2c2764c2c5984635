package bailiff.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A WordPress site with our plugin in a network of its own, on a machine whose guard nobody has started. */
final class TrappedSite implements AutoCloseable {

    private final List<Runnable> ends;
    private final AtomicInteger number = new AtomicInteger(1);
    private final Network network;
    private final Machine machine;
    private final WordPress wordPress;

    private TrappedSite(List<Runnable> ends) {
        this.ends = ends;
        network = Network.lay();
        ends.add(network::close);
        machine = Machine.within(network.atSite());
        ends.add(machine::close);
        wordPress = WordPress.start(network, machine.log("auth.log"));
        ends.add(wordPress::close);
        // Where nobody serves pages, which is answered at once.
        network.settle("203.0.113.254");
    }

    /** The site, serving. */
    static TrappedSite open() {
        List<Runnable> ends = new ArrayList<>();
        try {
            return new TrappedSite(ends);
        } catch (RuntimeException | Error e) {
            close(ends);
            throw e;
        }
    }

    Network network() {
        return network;
    }

    Machine machine() {
        return machine;
    }

    WordPress wordPress() {
        return wordPress;
    }

    /** The log that its syslog writes. */
    TrapLog log() {
        return new TrapLog(network, machine.folder().path().resolve("log/auth.log"));
    }

    /** Somebody who plays the guard's part, where the plugin asks it. */
    FakeAgent agent() {
        FakeAgent agent = FakeAgent.at(wordPress.shield());
        ends.add(agent::close);
        return agent;
    }

    /** Somebody who has not been there before. */
    Visitor visitor() {
        return new Visitor(network, "203.0.113." + number.getAndIncrement());
    }

    @Override
    public void close() {
        close(ends);
    }

    private static void close(List<Runnable> ends) {
        ends.reversed().forEach(Runnable::run);
    }
}
