package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.demo.Demo;
import bailiff.log.LogLevel;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = "Shows a site under attack, guarded. Touches nothing outside a temporary directory.",
        footer = {"", "As root it uses network namespaces of its own, and the kernel drops real packets."})
final class DemoCommand extends AnyCommand {

    private static final long LONGEST_END_SECONDS = 30;

    @Option(names = "--seconds", paramLabel = "N", defaultValue = "20", description = "how long (default: 20)")
    private int seconds = 20;

    @Option(names = "--port", paramLabel = "N", defaultValue = "80", description = "the site's port (default: 80)")
    private int port = 80;

    @Override
    public Integer call() throws ControlException, IOException {
        if (seconds < 5 || seconds > 3_600) {
            throw new ControlException(ControlException.USAGE, "--seconds: read " + seconds + ", expected 5 to 3600.");
        }
        if (port < 1 || port > 65_535) {
            throw new ControlException(ControlException.USAGE, "--port: read " + port + ", expected 1 to 65535.");
        }
        LogLevel.set(Level.ERROR);
        perform(new Demo(out(), seconds, port), Thread.currentThread());
        return 0;
    }

    /** Also when somebody presses Ctrl-C, nothing may be left behind. */
    private static void perform(Demo demo, Thread performer) throws ControlException, IOException {
        CountDownLatch over = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            performer.interrupt();
            await(over);
        }));
        try {
            demo.run();
        } catch (InterruptedException e) {
            throw new ControlException(ControlException.FAILED, "The demo was interrupted.");
        } finally {
            over.countDown();
        }
    }

    private static void await(CountDownLatch over) {
        try {
            over.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
