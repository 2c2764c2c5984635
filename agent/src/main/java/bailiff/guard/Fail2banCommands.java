package bailiff.guard;

import bailiff.control.ControlException;
import bailiff.wire.Answer;
import bailiff.wire.Commands;
import bailiff.wire.Value;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * fail2ban's commands, answered by the guard. What they change of a jail holds until the next reload or restart, as in
 * fail2ban. Safe for any thread.
 */
final class Fail2banCommands implements Commands {

    /** The release of fail2ban whose commands these are: clients ask for it. */
    private static final String SPOKEN = "1.1.1";

    /* Longer, and the client's place is better taken by another. */
    private static final Duration LONGEST_SLEEP = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    private final Guard guard;
    private final BanCommands bans;
    private final StatusCommands status;
    private final JailCommands jails;
    private final ServerSettings server;

    Fail2banCommands(Guard guard) {
        this.guard = guard;
        this.bans = new BanCommands(guard);
        this.status = new StatusCommands(guard, bans);
        this.jails = new JailCommands(guard, bans);
        this.server = new ServerSettings(guard);
    }

    @Override
    public Answer carryOut(Value command) {
        try {
            List<Value> values = switch (command) {
                case Value.Sequence(List<Value> words) -> words;
                case Value.Tuple(List<Value> words) -> words;
                default -> List.of(command);
            };
            return new Answer.Done(carryOut(new Words(values)));
        } catch (Refused e) {
            LOG.debug("A command of a fail2ban client was refused.", e);
            return e.answer();
        } catch (ControlException e) {
            return Answer.Failed.of("Exception", e.words());
        }
    }

    private Value carryOut(Words words) throws Refused, ControlException {
        String name = words.text(0);
        Words rest = new Words(words.values().subList(1, words.size()));
        return switch (name) {
            case "ping" -> Value.of("pong");
            case "version" -> Value.of(SPOKEN);
            case "echo" -> Value.list(rest.values());
            case "server-status" -> Value.of("Server ready");
            case "status" -> status(rest);
            case "stats", "statistic", "statistics" -> status.statistics();
            case "banned" -> bans.banned(rest.texts(0));
            case "get" -> get(rest);
            case "set", "multi-set" -> set(rest, name.equals("multi-set"));
            case "unban" -> unban(rest);
            case "sleep" -> sleep(rest.text(0));
            default -> steer(name, rest);
        };
    }

    /** The commands that let jails and the server begin and end. */
    private Value steer(String name, Words rest) throws Refused, ControlException {
        return switch (name) {
            case "flushlogs" -> Value.of(guard.fail2banLog().renew() ? "rolled over" : "flushed");
            case "reload" -> reload(rest);
            case "start" -> start(rest.text(0));
            case "stop" -> stop(rest);
            case "add" -> throw add(rest.text(0));
            case "config-error" -> Value.none();
            case "server-stream" ->
                throw Refused.because("Bailiff reads its configuration itself: change its files and reload");
            default -> throw Refused.because("Invalid command");
        };
    }

    private Value status(Words words) throws Refused, ControlException {
        if (words.size() == 0) {
            return status.ofServer();
        }
        if (words.size() > 2) {
            throw Refused.because("Invalid command (no status)");
        }
        String flavor = words.size() > 1 ? words.text(1) : "basic";
        return words.text(0).equals("--all") ? status.ofAll(flavor) : status.ofJail(words.text(0), flavor);
    }

    private Value get(Words words) throws Refused, ControlException {
        Optional<Value> ofServer = server.get(words.text(0));
        return ofServer.isPresent() ? ofServer.get() : jails.get(words);
    }

    private Value set(Words words, boolean several) throws Refused, ControlException {
        Optional<Value> ofServer = server.set(words.text(0), words);
        Value value = ofServer.isPresent() ? ofServer.get() : jails.set(words);
        return several ? Value.of(true) : value;
    }

    private Value unban(Words words) throws Refused, ControlException {
        if (words.size() == 0) {
            throw Refused.because("Invalid command");
        }
        return words.size() == 1 && words.text(0).equals("--all")
                ? Value.of(BanCommands.unbanAll(guard.jails().all()))
                : bans.unban(words.texts(0));
    }

    private static Value sleep(String text) throws Refused {
        double seconds;
        try {
            seconds = Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw Refused.value(
                    "could not convert string to float: " + Value.of(text).repr());
        }
        if (!(seconds >= 0 && seconds <= LONGEST_SLEEP.toSeconds())) {
            throw Refused.value("sleep length must be 0 to " + LONGEST_SLEEP.toSeconds());
        }
        try {
            Thread.sleep(Math.round(seconds * 1_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Value.none();
    }

    /* The stream of commands that fail2ban's client sends along is its own reading; we read the files ourselves. */
    private Value reload(Words words) throws Refused, ControlException {
        String name = words.text(0);
        List<String> options = words.value(1) instanceof Value.Sequence(List<Value> several)
                ? several.stream().map(Value::str).toList()
                : List.of();
        if (name.equals("--all")) {
            unbanWhenAsked(options, guard.jails().all());
            guard.inForce().reload();
            return Value.of("OK");
        }
        Optional<JailLoop> loop = guard.jails().named(name);
        if (loop.isEmpty() && !options.contains("--if-exists")) {
            throw Refused.unknownJail(name);
        }
        unbanWhenAsked(options, loop.stream().toList());
        guard.inForce().reload(name);
        return Value.of("OK");
    }

    private static void unbanWhenAsked(List<String> options, Collection<JailLoop> loops) throws ControlException {
        if (options.contains("--unban")) {
            BanCommands.unbanAll(loops);
        }
    }

    private Value start(String name) throws Refused {
        bans.loop(name).idle(false);
        return Value.none();
    }

    private Value stop(Words words) throws Refused, ControlException {
        if (words.size() == 0) {
            guard.askToEnd();
        } else if (words.text(0).equals("--all")) {
            guard.inForce().alter(plan -> Alterations.with(plan, List.of()));
        } else {
            guard.inForce().alter(plan -> Alterations.without(plan, words.text(0)));
        }
        return Value.none();
    }

    private Refused add(String name) {
        if (name.equals("--all")) {
            return Refused.because("Reserved name " + Value.of(name).repr());
        }
        if (guard.jails().named(name).isPresent()) {
            return new Refused(Answer.Failed.duplicateJail(name));
        }
        return Refused.because("Bailiff makes no jail by hand: write it into jail.d and reload");
    }
}
