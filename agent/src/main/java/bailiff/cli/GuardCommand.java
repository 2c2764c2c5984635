package bailiff.cli;

import bailiff.control.ControlException;
import bailiff.enforce.CommandRunner;
import bailiff.guard.Guard;
import bailiff.guard.GuardListener;
import bailiff.guard.GuardSettings;
import bailiff.guard.Places;
import bailiff.log.LogLevel;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "guard",
        description = "Guards: reads logs, bans, remembers. Runs in the foreground until stopped.",
        footer = {"", "Ends on SIGTERM, SIGINT or 'bailiff stop'; bans stay in the kernel until their time is up."})
final class GuardCommand extends AnyCommand {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(names = "--observe", description = "decide and show, but shut nobody out")
    private boolean observe;

    @Option(names = "--lift", description = "take all bans out of the kernel at the end; the ledger keeps them")
    private boolean lift;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            defaultValue = "/var/lib/bailiff",
            description = "directory of the ledger (default: ${DEFAULT-VALUE})")
    private Path state = Places.STATE;

    @Option(
            names = "--run",
            paramLabel = "DIR",
            description = "directory of the control socket (default: $$BAILIFF_RUN, else /run/bailiff)")
    private Path run = Places.run();

    @Option(
            names = "--logtarget",
            paramLabel = "TARGET",
            defaultValue = "",
            description = "write a log in fail2ban's form: a file, STDOUT, STDERR, SYSLOG or SYSTEMD-JOURNAL"
                    + " (default: logtarget of the configuration's fail2ban.conf, except with --observe)")
    private String logtarget = "";

    @Option(
            names = "--fail2ban-socket",
            paramLabel = "FILE",
            arity = "0..1",
            fallbackValue = "",
            description = "answer fail2ban's own clients on a socket as well (default: where fail2ban.conf has it)")
    private @Nullable String fail2banSocket;

    @Option(names = "--verbose", description = "log every failure, not only bans")
    private boolean verbose;

    @Override
    public Integer call() throws ControlException, InterruptedException {
        if (verbose) {
            LogLevel.set(Level.DEBUG);
        }
        GuardSettings settings = new GuardSettings(
                config.reader(),
                observe,
                lift,
                state,
                run,
                CommandRunner.here(),
                InstantSource.system(),
                Version.text(),
                logtarget);
        Guard guard = Guard.start(settings, new GuardListener() {});
        Thread onSignal = Thread.ofPlatform().unstarted(() -> {
            guard.askToEnd();
            guard.awaitClosed();
        });
        Runtime.getRuntime().addShutdownHook(onSignal);
        Thread.setDefaultUncaughtExceptionHandler(guard::defect);
        try (guard) {
            if (fail2banSocket != null) {
                guard.speakFail2ban(fail2banSocket.isEmpty() ? guard.fail2banSocket() : Path.of(fail2banSocket));
            }
            return guard.awaitEnd() ? 0 : ControlException.FAILED;
        }
    }
}
