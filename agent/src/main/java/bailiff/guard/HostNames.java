package bailiff.guard;

import bailiff.net.IpAddress;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The addresses of host names, asked of the machine's resolver by threads of its own, and remembered for five minutes:
 * also that a name has none.
 *
 * <p>Never lets anybody wait. Safe for any thread. Bounds: four questions at once, 256 that wait, 1,000 names remembered,
 * sixteen addresses of a name.
 */
final class HostNames implements Closeable {

    /* Both are attackers' to choose where a log names hosts: how many names there are, and how slow their servers. */
    private static final int MOST_AT_ONCE = 4;
    private static final int MOST_WAITING = 256;
    private static final int MOST_NAMES = 1_000;

    /** Addresses of one name; an attacker's name could have anybody's, and thousands. */
    static final int MOST_ADDRESSES = 16;

    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final long IDLE_SECONDS = 30;

    /* A name whose last part is a number is no name: resolvers take it for an address, each in its own way. */
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,253}$)(?:[A-Za-z0-9_-]{1,63}\\.)*(?![0-9]+\\.?$|0[xX])[A-Za-z0-9_-]{1,63}\\.?");

    /** Asks for the addresses of a name, and waits for them. */
    @FunctionalInterface
    interface Resolver {

        /** The addresses, in any order. */
        List<IpAddress> addresses(String name) throws UnknownHostException;
    }

    /** What was asked, when, and what came or will come of it. */
    private record Asked(Instant at, CompletableFuture<List<IpAddress>> answer) {}

    private final Resolver resolver;
    private final InstantSource clock;
    private final Map<String, Asked> names = new LinkedHashMap<>(16, 0.75f, true);
    private final ThreadPoolExecutor askers;

    HostNames(Resolver resolver, InstantSource clock) {
        this.resolver = resolver;
        this.clock = clock;
        this.askers = new ThreadPoolExecutor(
                MOST_AT_ONCE,
                MOST_AT_ONCE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name("bailiff-names-", 0).daemon().factory());
        askers.allowCoreThreadTimeOut(true);
    }

    /** Those of this machine's resolver. */
    static HostNames here(InstantSource clock) {
        return new HostNames(
                name -> Stream.of(InetAddress.getAllByName(name))
                        .map(IpAddress::of)
                        .toList(),
                clock);
    }

    /**
     * The addresses of that name, now or later: none where it has none. Fails where too many names wait to be asked for.
     *
     * @param name hostile; what can be no name has no address, and nobody is asked
     */
    synchronized CompletableFuture<List<IpAddress>> lookUp(String name) {
        if (!NAME.matcher(name).matches()) {
            return CompletableFuture.completedFuture(List.of());
        }
        Instant now = clock.instant();
        Asked known = names.get(name);
        if (known != null
                && (!known.answer().isDone() || now.isBefore(known.at().plus(REMEMBERED)))) {
            return known.answer();
        }
        CompletableFuture<List<IpAddress>> answer = new CompletableFuture<>();
        try {
            askers.execute(() -> ask(name, answer));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
        names.put(name, new Asked(now, answer));
        if (names.size() > MOST_NAMES) {
            names.remove(names.keySet().iterator().next());
        }
        return answer;
    }

    private void ask(String name, CompletableFuture<List<IpAddress>> answer) {
        try {
            answer.complete(resolver.addresses(name).stream()
                    .distinct()
                    .limit(MOST_ADDRESSES)
                    .toList());
        } catch (UnknownHostException e) {
            answer.complete(List.of());
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }

    /** Ends asking; what waits is never answered. */
    @Override
    public void close() {
        askers.shutdownNow();
    }
}
