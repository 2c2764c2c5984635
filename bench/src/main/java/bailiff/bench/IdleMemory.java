package bailiff.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What Bailiff's guard and fail2ban-server hold and use while nothing happens, over one quiet log and over twenty, in
 * the same run. To be run in a network namespace of its own; the script {@code bench/idle-memory} sees to that.
 */
final class IdleMemory {

    private static final int MANY = 20;

    /* Starting is over, by its makers' words, but compilers and caches are still at it. */
    private static final Duration SETTLING = Duration.ofSeconds(5);

    private IdleMemory() {}

    /** Arguments: the launcher, an empty directory, how many seconds to wait. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path launcher = Path.of(arguments[0]);
        Path directory = Path.of(arguments[1]);
        Duration idle = Duration.ofSeconds(Long.parseLong(arguments[2]));
        List<Contender> contenders = new ArrayList<>();
        try {
            contenders.add(BailiffProcess.start(launcher, directory.resolve("bailiff"), 1));
            contenders.add(BailiffProcess.start(launcher, directory.resolve("bailiff-many"), MANY));
            contenders.add(Fail2banProcess.start(directory.resolve("fail2ban"), 1));
            contenders.add(Fail2banProcess.start(directory.resolve("fail2ban-many"), MANY));
            measure(contenders, idle);
        } finally {
            contenders.forEach(Contender::close);
        }
    }

    private static void measure(List<Contender> contenders, Duration idle) throws IOException, InterruptedException {
        Thread.sleep(SETTLING);
        List<Usage> started = new ArrayList<>();
        for (Contender contender : contenders) {
            started.add(Usage.of(contender.process()));
        }
        Thread.sleep(idle);
        List<Usage> now = new ArrayList<>();
        for (Contender contender : contenders) {
            now.add(Usage.of(contender.process()));
        }
        System.out.printf(Locale.ROOT, "After %d s of idling; %s%n", idle.toSeconds(), Programs.load());
        System.out.printf(
                Locale.ROOT,
                "Bailiff : fail2ban, RSS = %.2f : 1%n",
                (double) now.getFirst().resident() / now.get(2).resident());
        System.out.println(Usage.heading());
        for (int i = 0; i < contenders.size(); i++) {
            Contender contender = contenders.get(i);
            String name = contender.name() + ", " + contender.logs().size() + " logs";
            System.out.println(now.get(i).row(name, started.get(i)));
        }
    }
}
