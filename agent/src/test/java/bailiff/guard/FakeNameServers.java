package bailiff.guard;

import bailiff.net.IpAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Name servers that know what a test tells them, and may be as slow as the test likes. Safe for any thread. */
final class FakeNameServers implements NameServers {

    private final Map<IpAddress, List<String>> names = new ConcurrentHashMap<>();
    private final Map<String, List<IpAddress>> addresses = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch slow = new CountDownLatch(0);
    private volatile boolean down;

    /** Somebody without a file, with these name servers. */
    static Visitors visitors(Path state, InstantSource clock) {
        return new FakeNameServers().visitorsOf(state, clock);
    }

    Visitors visitorsOf(Path state, InstantSource clock) {
        return new Visitors(new TrueNames(this, clock), ProxyWatch.in(state, new WebServers(state), clock));
    }

    /** The owner of the network says that the address is called so. */
    void reverse(String address, String... called) {
        names.put(IpAddress.parse(address).orElseThrow(), List.of(called));
    }

    /** The owner of the name says that it has these addresses. */
    void forward(String name, String... has) {
        addresses.put(
                name,
                Stream.of(has).map(one -> IpAddress.parse(one).orElseThrow()).toList());
    }

    /** From now on answers come when {@link #answer} is called. */
    void beSlow() {
        slow = new CountDownLatch(1);
    }

    void answer() {
        slow.countDown();
    }

    /** From now on nothing is answered, and that is known at once. */
    void beDown() {
        down = true;
    }

    List<String> asked() {
        return asked;
    }

    @Override
    public List<String> names(IpAddress address) throws Silent {
        asked.add(address.toString());
        wait(address.toString());
        return names.getOrDefault(address, List.of());
    }

    @Override
    public List<IpAddress> addresses(String name) throws Silent {
        asked.add(name);
        return addresses.getOrDefault(name, List.of());
    }

    private void wait(String what) throws Silent {
        try {
            slow.await();
        } catch (InterruptedException e) {
            throw new Silent(what, e);
        }
        if (down) {
            throw new Silent(what, new java.io.IOException("down"));
        }
    }
}
