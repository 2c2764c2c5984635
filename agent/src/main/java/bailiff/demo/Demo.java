package bailiff.demo;

import bailiff.config.ConfigReader;
import bailiff.config.Host;
import bailiff.control.ControlException;
import bailiff.enforce.CommandRunner;
import bailiff.guard.Guard;
import bailiff.guard.GuardSettings;
import bailiff.guard.Places;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The demo, from the empty stage to the summary. Run once. */
public final class Demo {

    /** Sets the stage with real packets, or says why there is none. */
    @FunctionalInterface
    interface Stages {
        NetworkChoice find(Site site, List<Scene> scenes) throws InterruptedException;
    }

    private final Account account;
    private final int seconds;
    private final int port;
    private final Stages stages;

    /**
     * A demo that has not begun.
     *
     * @param out takes the account of what happens
     * @param seconds how long the attack lasts
     * @param port the port of the site, where there is one
     */
    public Demo(PrintWriter out, int seconds, int port) {
        this(out, seconds, port, NetworkChoice::find);
    }

    Demo(PrintWriter out, int seconds, int port, Stages stages) {
        this.stages = stages;
        this.account = new Account(out);
        this.seconds = seconds;
        this.port = port;
    }

    /** Sets the stage, attacks, sums up, and leaves nothing behind, also when the thread is interrupted. */
    public void run() throws IOException, ControlException, InterruptedException {
        Path directory = Files.createTempDirectory("bailiff-demo");
        try {
            Path log = Files.createFile(directory.resolve("auth.log"));
            Path run = directory.resolve("run");
            List<Scene> scenes = Scene.all();
            perform(directory, run, new Site(log, run.resolve(Places.SHIELD_SOCKET), port), scenes);
            account.sumUp(scenes);
        } finally {
            delete(directory);
        }
    }

    private void perform(Path directory, Path run, Site site, List<Scene> scenes)
            throws IOException, ControlException, InterruptedException {
        int bantime = Math.max(2, seconds / 3);
        Path configuration = Files.createDirectory(directory.resolve("etc"));
        // The numbers of the classic recipe, but for the ban, which is short enough to see its end.
        Files.writeString(configuration.resolve("jail.local"), """
                [wordpress]
                enabled  = true
                port     = %d
                filter   = wordpress
                logpath  = %s
                maxretry = 3
                findtime = 3600
                bantime  = %d
                """.formatted(port, site.log(), bantime));
        NetworkChoice choice = stages.find(site, scenes);
        @Nullable NetworkStage network = choice.stage();
        CommandRunner runner = network == null ? CommandRunner.here() : network.runner();
        GuardSettings settings = new GuardSettings(
                ConfigReader.alone(configuration, Host.local()),
                network == null,
                false,
                directory.resolve("state"),
                run,
                runner,
                InstantSource.system(),
                "demo");
        try (Stage stage = network == null
                        ? new PaperStage(
                                new ToyPlugin(new AuthLog(site.log()), site.shield()),
                                account::isBanned,
                                choice.reason())
                        : network;
                Guard guard = Guard.start(settings, account)) {
            account.open(stage.description(), site.log(), bantime);
            account.tell(guard.firewall());
            play(stage, scenes);
        }
    }

    private void play(Stage stage, List<Scene> scenes) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        List<Thread> players = new ArrayList<>();
        for (Scene scene : scenes) {
            for (String from : scene.addresses()) {
                players.add(Thread.ofVirtual().start(() -> scene.play(from, stage, account, end)));
            }
        }
        try {
            join(players);
        } catch (InterruptedException e) {
            players.forEach(Thread::interrupt);
            join(players);
            throw e;
        }
    }

    private static void join(List<Thread> players) throws InterruptedException {
        for (Thread player : players) {
            player.join();
        }
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path emptied, @Nullable IOException failure) throws IOException {
                Files.delete(emptied);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
