package bailiff.acceptance;

import bailiff.acceptance.Burst.Truth;
import bailiff.acceptance.Scene.Way;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A site, a guard as it is without configuration, and all bursts on it, in the order in which they take place. */
final class Campaign implements AutoCloseable {

    /** What became of a burst. */
    record Result(List<Guest> guests, @Nullable Throwable failure) {}

    /** So long ago was what happened before the guard was there: long enough that nobody takes it for one visit. */
    private static final Duration BEFORE = Duration.ofMinutes(20);

    private static final Duration SLOW = Duration.ofMinutes(31);

    /** Somebody whose ban says that the guard has read up to there. */
    private static final String LAST = "198.51.100.99";

    private final Map<Burst, Way> first = new LinkedHashMap<>();
    private final Map<Burst, Way> main = new LinkedHashMap<>();
    private final Map<Burst, Way> second = new LinkedHashMap<>();
    private final Map<Burst, Result> results = new LinkedHashMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private @Nullable Machine machine;
    private @Nullable WordPress site;
    private @Nullable Hearing hearing;
    private List<String> banned = List.of();
    private List<String> slow = List.of();

    Campaign() {
        for (Way way : Way.values()) {
            put(first, Attacks.botnet("botnet, first wave"), way);
            put(second, Attacks.botnetAgain("botnet, second wave"), way);
            put(first, HonestWork.wrongOnceAndAway(), way);
            put(second, HonestWork.laterWithTheRightPassword(), way);
            put(main, Attacks.blindBotnet("botnet on unknown users, first wave"), way);
            put(second, Attacks.blindBotnetAgain("botnet on unknown users, second wave"), way);
            HonestWork.everywhere().forEach(burst -> put(main, burst, way));
            Attacks.everywhere().forEach(burst -> put(main, burst, way));
        }
        put(first, Attacks.slow(), Way.DIRECT);
        HonestWork.direct().forEach(burst -> put(main, burst, Way.DIRECT));
        Attacks.direct().forEach(burst -> put(main, burst, Way.DIRECT));
    }

    private static void put(Map<Burst, Way> part, Burst burst, Way way) {
        part.put(way == Way.PROXIED ? burst.called(burst.name() + ", proxied") : burst, way);
    }

    /** All bursts of that kind. */
    Stream<Burst> bursts(Truth truth) {
        return Stream.of(first, main, second)
                .flatMap(part -> part.keySet().stream())
                .filter(burst -> burst.truth() == truth);
    }

    /** Does it all; what is wrong about it is to be asked for. */
    void run() {
        Network network = keep(Network.lay());
        Machine guarded = keep(Machine.within(network.atSite()));
        machine = guarded;
        AuthLog log = guarded.log("auth.log");
        WordPress wordPress = keep(WordPress.start(network, log));
        site = wordPress;
        Blog blog = Blog.fill(wordPress, guarded);
        keep(ProxiedSite.beside(wordPress, network));
        Crowd crowd = keep(Crowd.come(network));

        play(first, crowd, blog);
        List<String> before = settled(log.file());
        slow = PastLog.every(
                SLOW,
                before.stream().filter(line -> line.endsWith("198.18.30.1")).toList());
        wordPress.stopLog();
        PastLog.write(
                log.file(),
                PastLog.earlier(
                        BEFORE,
                        before.stream()
                                .filter(line -> !line.endsWith("198.18.30.1"))
                                .toList()));
        wordPress.startLog();

        guarded.startGuard();
        play(main, crowd, blog);
        play(second, crowd, blog);
        List<String> after = settled(log.file());
        log.failures(LAST, 30);
        network.awaitInKernel(LAST);
        banned = guarded.banned().stream()
                .filter(address -> !address.equals(LAST))
                .toList();
        List<String> all = new ArrayList<>(before);
        all.addAll(after.subList(Math.min(after.size(), before.size() - slow.size()), after.size()));
        hearing = Hearing.of(all);
    }

    private <T extends AutoCloseable> T keep(T opened) {
        open.add(opened);
        return opened;
    }

    /** The lines, once no more come. */
    private static List<String> settled(Path log) {
        List<List<String>> last = new ArrayList<>(List.of(List.of()));
        Await.until(
                () -> {
                    List<String> lines = Hearing.lines(log);
                    boolean isSettled = lines.equals(last.getFirst());
                    last.set(0, lines);
                    Await.pause(Duration.ofMillis(200));
                    return isSettled;
                },
                () -> "lines that do not end");
        return last.getFirst();
    }

    /** All of a part at once, as far as the site has hands. */
    private void play(Map<Burst, Way> part, Crowd crowd, Blog blog) {
        try (ExecutorService hands = Executors.newFixedThreadPool(6)) {
            Map<Burst, Future<Result>> played = new LinkedHashMap<>();
            part.forEach((burst, way) ->
                    played.put(burst, hands.submit(() -> play(burst, new Scene(crowd, blog, way)))));
            played.forEach((burst, result) -> results.put(burst, join(result)));
        }
    }

    private static Result join(Future<Result> played) {
        try {
            return played.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Result play(Burst burst, Scene scene) {
        try {
            burst.deed().by(scene);
            return new Result(scene.everybody(), null);
        } catch (AssertionError | RuntimeException e) {
            return new Result(scene.everybody(), e);
        }
    }

    /** What became of it. */
    Result result(Burst burst) {
        return results.getOrDefault(burst, new Result(List.of(), new AssertionError("was not played")));
    }

    /** Everybody who came with a burst of that kind. */
    Stream<String> addresses(Truth truth) {
        return bursts(truth).flatMap(burst -> result(burst).guests().stream()).map(Guest::address);
    }

    /** What the plugin has told. */
    Hearing hearing() {
        return present(hearing);
    }

    /** Who is banned at the end. */
    List<String> banned() {
        return banned;
    }

    /** Whom {@code bailiff replay} bans over what the slow attacker did in ten hours. */
    List<String> replayOfTheSlowOne() {
        Path log = present(machine).folder().path().resolve("log/slow.log");
        PastLog.write(log, slow);
        return present(machine).bailiff("replay", "/var/log/slow.log", "--json").good().rows().stream()
                .filter(row -> "ban".equals(row.get("event")))
                .map(row -> String.valueOf(row.get("ip")))
                .toList();
    }

    /** What Apache and PHP have said of errors of scripts. */
    List<String> complaints() {
        return Stream.of("error.log", "fpm.log", "nginx.log")
                .flatMap(name -> Hearing.lines(present(site).folder().path().resolve(name)).stream())
                .filter(line -> line.contains("PHP "))
                .toList();
    }

    private static <T> T present(@Nullable T started) {
        if (started == null) {
            throw new IllegalStateException("The campaign has not been run.");
        }
        return started;
    }

    @Override
    public void close() {
        for (AutoCloseable each : open.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
