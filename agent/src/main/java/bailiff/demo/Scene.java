package bailiff.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** One thing that happens to the site: who comes, and what each of them tries. */
final class Scene {

    /**
     * What every visitor of a scene does.
     *
     * @param most visits each makes at most
     * @param pause between two visits of one address
     * @param stagger before each address's first visit, times its place in the list
     */
    private record Pace(int most, Duration pause, Duration stagger) {}

    private static final List<String> NAMES = List.of("admin", "test", "editor", "webmaster", "root", "wpadmin");

    private final String title;
    private final String moral;
    private final List<String> addresses;
    private final Pace pace;
    private final IntFunction<Visit> script;

    /** Visits made. */
    final AtomicInteger visits = new AtomicInteger();
    /** Visits that were answered. */
    final AtomicInteger answered = new AtomicInteger();
    /** Visits that were refused. */
    final AtomicInteger refused = new AtomicInteger();

    private Scene(String title, String moral, List<String> addresses, Pace pace, IntFunction<Visit> script) {
        this.title = title;
        this.moral = moral;
        this.addresses = addresses;
        this.pace = pace;
        this.script = script;
    }

    /** The dictionary attack, the pingback flood, the botnet, and the owner who mistypes. */
    static List<Scene> all() {
        List<Scene> scenes = new ArrayList<>();
        scenes.add(new Scene(
                "dictionary attack",
                "shut out at the third failure, again after each ban",
                List.of("203.0.113.66"),
                new Pace(10_000, Duration.ofMillis(400), Duration.ZERO),
                attempt -> new Visit("", Visit.Door.LOGIN, NAMES.get(attempt % NAMES.size()), false, false)));
        scenes.add(new Scene(
                "pingback flood",
                "each of the three shut out at its third failure",
                List.of("198.51.100.11", "198.51.100.12", "198.51.100.13"),
                new Pace(10_000, Duration.ofMillis(700), Duration.ofMillis(900)),
                _ -> new Visit("", Visit.Door.PINGBACK, "victim.example", false, false)));
        scenes.add(new Scene(
                "botnet, one try a wave",
                "too few failures each for a ban; seen to be one attack, and refused at the first try",
                IntStream.range(100, 140).mapToObj(i -> "192.0.2." + i).toList(),
                new Pace(2, Duration.ofMillis(2_200), Duration.ofMillis(45)),
                _ -> new Visit("", Visit.Door.LOGIN, "admin", false, false)));
        scenes.add(new Scene(
                "owner who mistypes twice",
                "gets in, with the botnet at his account: who comes with a browser is not taken for it",
                List.of("203.0.113.7"),
                // So slow that each time a wave has gone over his last failure.
                new Pace(3, Duration.ofMillis(1_500), Duration.ofMillis(500)),
                attempt -> new Visit("", Visit.Door.LOGIN, "admin", attempt == 2, true)));
        return List.copyOf(scenes);
    }

    String title() {
        return title;
    }

    /** What the scene shows, for the summary. */
    String moral() {
        return moral;
    }

    List<String> addresses() {
        return addresses;
    }

    /** Makes one address's visits until the end, in nanoseconds of {@link System#nanoTime}. */
    void play(String from, Stage stage, Account account, long end) {
        try {
            Thread.sleep(pace.stagger().multipliedBy(addresses.indexOf(from) + 1L));
            for (int attempt = 0; attempt < pace.most() && System.nanoTime() < end; attempt++) {
                Visit visit = script.apply(attempt).by(from);
                Outcome outcome = stage.visit(visit);
                visits.incrementAndGet();
                switch (outcome) {
                    case ANSWERED -> answered.incrementAndGet();
                    case REFUSED -> refused.incrementAndGet();
                    case SILENT -> {}
                }
                account.visited(this, visit, outcome);
                if (attempt + 1 < pace.most()) {
                    Thread.sleep(pace.pause());
                }
            }
        } catch (IOException e) {
            account.tell(title + " came to an end: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
