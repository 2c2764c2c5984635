package bailiff.guard;

import bailiff.net.IpAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** A resolver that knows what a test tells it, and may be as slow as the test likes. Safe for any thread. */
final class FakeResolver implements HostNames.Resolver {

    private final Map<String, List<IpAddress>> names = new ConcurrentHashMap<>();
    private final List<String> asked = new java.util.concurrent.CopyOnWriteArrayList<>();
    private volatile CountDownLatch silence = new CountDownLatch(0);

    void know(String name, String... addresses) {
        names.put(
                name,
                Stream.of(addresses)
                        .map(address -> IpAddress.parse(address).orElseThrow())
                        .toList());
    }

    void forget(String name) {
        names.remove(name);
    }

    /** From now on nobody is answered. */
    void beSilent() {
        silence = new CountDownLatch(1);
    }

    void answer() {
        silence.countDown();
    }

    /** The names that were asked for, each as often as it was. */
    List<String> asked() {
        return asked;
    }

    @Override
    public List<IpAddress> addresses(String name) throws UnknownHostException {
        asked.add(name);
        try {
            silence.await();
        } catch (InterruptedException e) {
            throw new UnknownHostException(name);
        }
        List<IpAddress> found = names.get(name);
        if (found == null) {
            throw new UnknownHostException(name);
        }
        return found;
    }
}
