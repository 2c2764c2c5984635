package bailiff.guard;

import bailiff.ban.Excuse;
import bailiff.config.Crawler;
import bailiff.filter.Sighting;
import bailiff.line.LogLine;
import bailiff.net.IpAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Failures in whose lines somebody claims to be a search engine, until it is known whether he is. The jail reads on
 * meanwhile.
 *
 * <p>At most {@value #MOST_HELD} are held, each for five seconds at most; beyond that, and where nobody answers in time,
 * a claim is not believed. Who turns out to be a search engine afterwards has his ban ended. Those that are held when the
 * guard ends are lost. Not thread-safe: the jail's thread owns it.
 */
final class Claims implements Excuse {

    static final int MOST_HELD = 1_000;
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /* How long one waits for the answer that ends a ban: eight askers need that long for all that may wait. */
    private static final Duration LATE = Duration.ofMinutes(5);

    /* How long status tells of a claim that could not be examined. */
    private static final Duration TOLD_FOR = Duration.ofHours(1);

    /** A failure, and whoever will say whether it counts. */
    private record Held(
            Sighting sighting,
            IpAddress address,
            String line,
            boolean live,
            Instant since,
            CompletableFuture<TrueNames.Answer> answer) {}

    /** An address that was not believed, since nobody answered in time, and whoever may still answer. */
    private record Late(Instant since, CompletableFuture<TrueNames.Answer> answer) {}

    private final List<Crawler> crawlers;
    private final TrueNames names;
    private final InstantSource clock;
    private final ArrayDeque<Held> held = new ArrayDeque<>();
    private final Map<IpAddress, Late> late = new TreeMap<>();
    private LogLine line = LogLine.of("");
    private boolean live;
    private boolean settling;
    private long unanswered;
    private Instant lastUnanswered = Instant.MIN;

    /**
     * @param crawlers whose programs may say who they are; none for a jail to which that means nothing
     */
    Claims(List<Crawler> crawlers, TrueNames names, InstantSource clock) {
        this.crawlers = crawlers;
        this.names = names;
        this.clock = clock;
    }

    /** The line that the failures which are asked about from now on stand in. */
    void reading(LogLine read, boolean isLive) {
        line = read;
        live = isLive;
    }

    @Override
    public Answer of(Sighting sighting, IpAddress address) {
        if (crawlers.isEmpty() || !isClaim()) {
            return Answer.NO;
        }
        CompletableFuture<TrueNames.Answer> answer = names.of(address);
        if (answer.isDone()) {
            return isTrue(answer) ? Answer.YES : Answer.NO;
        }
        if (settling) {
            return Answer.NO;
        }
        if (held.size() >= MOST_HELD) {
            remember(address, clock.instant(), answer);
            return Answer.NO;
        }
        held.add(new Held(sighting, address, line.text(), live, clock.instant(), answer));
        return Answer.LATER;
    }

    private boolean isClaim() {
        String small = line.text().toLowerCase(Locale.ROOT);
        return crawlers.stream().anyMatch(crawler -> crawler.isNamedIn(small));
    }

    private boolean isTrue(CompletableFuture<TrueNames.Answer> answer) {
        if (answer.isCompletedExceptionally()) {
            doubt();
            return false;
        }
        TrueNames.Answer known = answer.join();
        if (known.silent()) {
            doubt();
        }
        return name(known.names()).isPresent();
    }

    private void doubt() {
        unanswered++;
        lastUnanswered = clock.instant();
    }

    private Optional<String> name(List<String> found) {
        return found.stream()
                .filter(host -> crawlers.stream().anyMatch(crawler -> crawler.owns(host)))
                .findFirst();
    }

    /**
     * Hands over the failures of which it is known by now whether they count, or will not be known in time; whether they
     * do, {@link #of} says then.
     *
     * @param acquitted takes addresses that were blamed without an answer, and turned out to be a search engine's
     */
    void settle(NamedFailures.Receiver receiver, Consumer<IpAddress> acquitted) {
        Instant now = clock.instant();
        settling = true;
        for (int left = held.size(); left > 0; left--) {
            Held one = held.remove();
            boolean answered = one.answer().isDone();
            if (!answered && !now.isAfter(one.since().plus(PATIENCE))) {
                held.add(one);
                continue;
            }
            if (!answered) {
                doubt();
                remember(one.address(), one.since(), one.answer());
            }
            receiver.blame(one.sighting(), one.address(), LogLine.of(one.line()), one.live());
        }
        settling = false;
        acquit(now, acquitted);
    }

    private void remember(IpAddress address, Instant since, CompletableFuture<TrueNames.Answer> answer) {
        if (late.size() < MOST_HELD) {
            late.putIfAbsent(address, new Late(since, answer));
        }
    }

    private void acquit(Instant now, Consumer<IpAddress> acquitted) {
        late.entrySet().removeIf(entry -> {
            CompletableFuture<TrueNames.Answer> answer = entry.getValue().answer();
            if (!answer.isDone()) {
                return !now.isBefore(entry.getValue().since().plus(LATE));
            }
            if (!answer.isCompletedExceptionally()
                    && name(answer.join().names()).isPresent()) {
                acquitted.accept(entry.getKey());
            }
            return true;
        });
    }

    /** Whether there are answers to wait for. */
    boolean isWaiting() {
        return !held.isEmpty() || !late.isEmpty();
    }

    /** The true name of the address by which it is a search engine's, with the service; nothing where none is known. */
    Optional<String> verified(IpAddress address) {
        return crawlers.isEmpty() ? Optional.empty() : name(names.known(address));
    }

    /** Whether claims could not be examined of late, in a sentence; empty when all could. */
    String problem() {
        if (unanswered == 0 || clock.instant().isAfter(lastUnanswered.plus(TOLD_FOR))) {
            return "";
        }
        return unanswered + " lines claim to be a search engine's, and no name server answered in time whether that is"
                + " true; they were not believed. Does this machine reach its name servers (/etc/resolv.conf)?";
    }
}
