package bailiff.bench;

import java.io.IOException;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Tells when an address came into a set of the kernel's packet filter, in whatever table, by what the kernel tells of
 * each committed transaction. Safe for any thread; its own thread ends with the process.
 */
final class KernelWatch {

    /*
     * Not `nft monitor`: it takes half a millisecond of each ban that is timed, and in a flood of bans the kernel drops
     * what it is too slow to fetch, whereupon bans are waited for that have long been there.
     */
    private final KernelNews news;
    private final Predicate<String> wanted;
    private final Map<String, CompletableFuture<Long>> seen = new ConcurrentHashMap<>();
    private final AtomicLong lost = new AtomicLong();

    private KernelWatch(KernelNews news, Predicate<String> wanted) {
        this.news = news;
        this.wanted = wanted;
        Thread.ofPlatform().daemon().name("kernel-watch").start(this::read);
    }

    /** Starts watching for these addresses; nothing from before is told. */
    static KernelWatch start(Predicate<String> wanted) throws IOException {
        return new KernelWatch(new KernelNews(), wanted);
    }

    private void read() {
        byte[] buffer = new byte[1 << 20];
        while (true) {
            int length = news.receive(buffer);
            long now = System.nanoTime();
            if (length < 0) {
                lost.incrementAndGet();
                continue;
            }
            NewElements.in(buffer, length, address -> {
                if (wanted.test(address)) {
                    moment(address).complete(now);
                }
            });
        }
    }

    private CompletableFuture<Long> moment(String address) {
        return seen.computeIfAbsent(address, ignored -> new CompletableFuture<>());
    }

    /** How often the kernel dropped what it had to tell; bans may have been missed then. */
    long lost() {
        return lost.get();
    }

    /** The {@link System#nanoTime} at which the address was first seen; waits for it at most so many milliseconds. */
    OptionalLong await(String address, long milliseconds) throws InterruptedException {
        try {
            return OptionalLong.of(moment(address).get(milliseconds, TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return OptionalLong.empty();
        }
    }
}
