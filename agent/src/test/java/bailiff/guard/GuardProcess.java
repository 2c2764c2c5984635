package bailiff.guard;

import bailiff.config.ConfigReader;
import bailiff.config.Host;
import bailiff.enforce.CommandRunner;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.concurrent.CountDownLatch;

/** A program that guards a {@link Site}, without enforcing its bans, until it is killed. */
final class GuardProcess {

    private GuardProcess() {}

    /** Guards the site in that directory. */
    public static void main(String[] arguments) throws Exception {
        Path site = Path.of(arguments[0]);
        GuardSettings settings = new GuardSettings(
                ConfigReader.alone(site.resolve("etc"), new Host(ZoneOffset.UTC, Path.of("/etc/services"))),
                true,
                false,
                site.resolve("state"),
                site.resolve("run"),
                CommandRunner.here(),
                new ManualClock(Site.NOON),
                "test");
        try (Guard _ = Guard.start(settings, new GuardListener() {})) {
            new CountDownLatch(1).await();
        }
    }
}
