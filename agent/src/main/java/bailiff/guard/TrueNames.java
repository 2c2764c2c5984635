package bailiff.guard;

import bailiff.net.IpAddress;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The true names of addresses: those that the DNS gives an address, and that have this address themselves. Whoever owns
 * a network may give its addresses any name; but only the owner of a name gives it addresses.
 *
 * <p>Never lets anybody wait. Safe for any thread. Bounds: {@value #MOST_AT_ONCE} questions at once, {@value
 * #MOST_WAITING} that wait, {@value #MOST_ADDRESSES} addresses remembered, {@value #MOST_NAMES} names of each.
 */
final class TrueNames implements Closeable {

    /* Attackers choose how many addresses ask, and how slow the servers of their networks are. */
    private static final int MOST_AT_ONCE = 8;
    private static final int MOST_WAITING = 256;
    private static final int MOST_ADDRESSES = 4_096;

    /** Of one address; crawlers have one. Each costs two questions. */
    private static final int MOST_NAMES = 2;

    /** Crawlers keep their names for months; after that long one is asked again. */
    private static final Duration TRUE_FOR = Duration.ofHours(12);

    private static final Duration FALSE_FOR = Duration.ofHours(1);
    private static final Duration SILENT_FOR = Duration.ofMinutes(1);
    private static final long IDLE_SECONDS = 30;

    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)(?:[a-z0-9_-]{1,63}\\.)+[a-z][a-z0-9-]{1,62}");

    /**
     * What is known of an address.
     *
     * @param names its true names, in small letters, without a dot at the end
     * @param silent whether the DNS did not answer, so that no name is no proof
     */
    record Answer(List<String> names, boolean silent) {}

    /** What was asked, until when it holds, and what came or will come of it. */
    private static final class Asked {
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private volatile Instant until = Instant.MAX;
    }

    private final NameServers servers;
    private final InstantSource clock;
    private final Map<IpAddress, Asked> asked = new LinkedHashMap<>(16, 0.75f, true);
    private final ThreadPoolExecutor askers;

    TrueNames(NameServers servers, InstantSource clock) {
        this.servers = servers;
        this.clock = clock;
        this.askers = new ThreadPoolExecutor(
                MOST_AT_ONCE,
                MOST_AT_ONCE,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name("bailiff-true-names-", 0).daemon().factory());
        askers.allowCoreThreadTimeOut(true);
    }

    /** Those of the system's name servers. */
    static TrueNames here(InstantSource clock) {
        return new TrueNames(new SystemNameServers("dns:"), clock);
    }

    /** The true names of the address, now or later; fails where too many wait to be asked for. */
    synchronized CompletableFuture<Answer> of(IpAddress address) {
        Asked known = asked.get(address);
        if (known != null && clock.instant().isBefore(known.until)) {
            return known.answer;
        }
        Asked question = new Asked();
        try {
            askers.execute(() -> ask(address, question));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(e);
        }
        asked.put(address, question);
        if (asked.size() > MOST_ADDRESSES) {
            asked.remove(asked.keySet().iterator().next());
        }
        return question.answer;
    }

    /** The true names of the address, as far as they are known; asks nobody. */
    synchronized List<String> known(IpAddress address) {
        Asked known = asked.get(address);
        if (known == null || !clock.instant().isBefore(known.until)) {
            return List.of();
        }
        return known.answer.getNow(new Answer(List.of(), true)).names();
    }

    private void ask(IpAddress address, Asked question) {
        Answer answer;
        try {
            answer = new Answer(confirmed(address), false);
        } catch (NameServers.Silent _) {
            answer = new Answer(List.of(), true);
        } catch (RuntimeException e) {
            question.until = Instant.MIN;
            question.answer.completeExceptionally(e);
            return;
        }
        Duration holds = answer.names().isEmpty() ? FALSE_FOR : TRUE_FOR;
        question.until = clock.instant().plus(answer.silent() ? SILENT_FOR : holds);
        question.answer.complete(answer);
    }

    private List<String> confirmed(IpAddress address) throws NameServers.Silent {
        List<String> confirmed = new ArrayList<>();
        List<String> claimed = servers.names(address);
        for (String name : claimed.subList(0, Math.min(MOST_NAMES, claimed.size()))) {
            String plain = plain(name);
            if (NAME.matcher(plain).matches() && servers.addresses(plain).contains(address)) {
                confirmed.add(plain);
            }
        }
        return confirmed;
    }

    private static String plain(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
    }

    /** Ends asking; what waits is never answered. */
    @Override
    public void close() {
        askers.shutdownNow();
    }
}
