package bailiff.action;

import bailiff.net.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The names of addresses and of this machine, as name servers give them: whoever owns an address writes what he likes
 * there. Safe for any thread; may wait a few seconds.
 */
final class HostNames {

    /** Names that are remembered; an address that was asked for long ago is asked for again. */
    static final int MOST_REMEMBERED = 1_000;

    /* Name servers that do not answer hold a thread each for as long as the system waits for them. */
    private static final int MOST_AT_ONCE = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Map<String, String> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private final Semaphore room = new Semaphore(MOST_AT_ONCE);

    /** The address's name; the address where it has none, or none that comes in time. */
    String of(IpAddress address) {
        return remembered(address.toString(), () -> address.toInetAddress().getCanonicalHostName());
    }

    /** This machine's full name, {@code localhost} where it is not known. */
    String full() {
        return remembered("localhost", () -> local(InetAddress::getCanonicalHostName));
    }

    /** This machine's name without its domain. */
    String brief() {
        String name = remembered("localhost", () -> local(InetAddress::getCanonicalHostName));
        return name.contains(".") ? name.substring(0, name.indexOf('.')) : name;
    }

    private static String local(java.util.function.Function<InetAddress, String> name) {
        try {
            return name.apply(InetAddress.getLocalHost());
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private String remembered(String subject, Supplier<String> question) {
        synchronized (known) {
            String name = known.get(subject);
            if (name != null) {
                return name;
            }
        }
        Optional<String> answer = asked(question);
        answer.ifPresent(name -> {
            synchronized (known) {
                known.put(subject, name);
            }
        });
        return answer.orElse(subject);
    }

    private Optional<String> asked(Supplier<String> question) {
        if (!room.tryAcquire()) {
            return Optional.empty();
        }
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("bailiff-name").start(() -> {
            try {
                answer.complete(question.get());
            } finally {
                room.release();
            }
        });
        try {
            return Optional.of(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
