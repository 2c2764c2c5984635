package bailiff.guard;

import bailiff.line.Printable;
import bailiff.log.LogLevel;
import bailiff.wire.Answer;
import bailiff.wire.Value;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** fail2ban's options of the server as a whole: {@code get loglevel} and its like. Safe for any thread. */
final class ServerSettings {

    private static final Map<String, Level> LEVELS = Map.ofEntries(
            Map.entry("CRITICAL", Level.ERROR),
            Map.entry("ERROR", Level.ERROR),
            Map.entry("WARNING", Level.WARN),
            Map.entry("NOTICE", Level.INFO),
            Map.entry("INFO", Level.INFO),
            Map.entry("DEBUG", Level.DEBUG),
            Map.entry("TRACEDEBUG", Level.TRACE),
            Map.entry("HEAVYDEBUG", Level.TRACE));
    private static final int WARNING = 30;
    private static final int INFO = 20;
    private static final int DEBUG = 10;
    private static final int ERROR = 40;
    private static final String MATCHES = "10";

    /* What fail2ban says of a log that goes to no file; ours goes to standard error then, in our own form. */
    private static final String NOWHERE = "STDERR";
    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    private final Guard guard;

    ServerSettings(Guard guard) {
        this.guard = guard;
    }

    /** The option's value; nothing when it is no option of the server. */
    Optional<Value> get(String option) {
        return switch (option) {
            case "loglevel" -> Optional.of(Value.of(loglevel()));
            case "logtarget" -> Optional.of(Value.of(logtarget()));
            case "syslogsocket" -> Optional.of(Value.of("auto"));
            case "thread" -> Optional.of(new Value.Table(Map.of(Value.of("stacksize"), Value.of(0))));
            case "dbfile" -> Optional.of(Value.of(database()));
            case "dbmaxmatches" -> Optional.of(Value.of(Integer.parseInt(MATCHES)));
            case "dbpurgeage" -> Optional.of(Value.of(Housekeeping.HISTORY.toSeconds()));
            default -> Optional.empty();
        };
    }

    /** Sets the option where that can be done while the guard runs; nothing when it is no option of the server. */
    Optional<Value> set(String option, Words words) throws Refused {
        return switch (option) {
            case "loglevel" -> Optional.of(loglevel(words.text(1)));
            case "logtarget" -> {
                String obstacle = guard.fail2banLog().turn(words.text(1));
                if (!obstacle.isEmpty()) {
                    LOG.warn("The log in fail2ban's form stays where it is. {}.", Printable.text(obstacle));
                    throw Refused.because("Failed to change log target");
                }
                yield get(option);
            }
            case "allowipv6" -> Optional.of(allowipv6(words.text(1)));
            case "syslogsocket" -> unchanged(option, "auto", words.text(1));
            case "dbfile" -> unchanged(option, database(), words.text(1));
            case "dbmaxmatches" -> unchanged(option, MATCHES, String.valueOf(words.number(1)));
            case "dbpurgeage" ->
                unchanged(
                        option,
                        String.valueOf(Housekeeping.HISTORY.toSeconds()),
                        JailAnswers.seconds(JailSettings.time(words.text(1))).repr());
            case "thread" -> throw Refused.because("Bailiff chooses its threads' stacks itself");
            default -> Optional.empty();
        };
    }

    private Optional<Value> unchanged(String option, String now, String wanted) throws Refused {
        if (!wanted.equals(now)) {
            throw Refused.because(option + " is " + now + " and cannot be changed while Bailiff runs");
        }
        return get(option);
    }

    private String database() {
        return guard.settings().state().resolve(Places.LEDGER).toString();
    }

    private String logtarget() {
        String target = guard.fail2banLog().target();
        return target.isEmpty() ? NOWHERE : target;
    }

    private String loglevel() {
        String level = guard.fail2banLog().level();
        return level.isEmpty() ? "INFO" : level.toUpperCase(Locale.ROOT);
    }

    private Value loglevel(String text) throws Refused {
        String upper = text.toUpperCase(Locale.ROOT);
        Level level = LEVELS.containsKey(upper) ? LEVELS.get(upper) : numbered(upper);
        LogLevel.set(level);
        guard.fail2banLog().level(upper);
        return Value.of(upper);
    }

    private static Level numbered(String text) throws Refused {
        int number;
        try {
            number = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw Refused.value("Invalid log level " + Value.of(text).repr());
        }
        if (number >= ERROR) {
            return Level.ERROR;
        }
        if (number >= WARNING) {
            return Level.WARN;
        }
        return number >= INFO ? Level.INFO : number >= DEBUG ? Level.DEBUG : Level.TRACE;
    }

    private static Value allowipv6(String text) throws Refused {
        if (List.of("no", "false", "off", "0").contains(text.toLowerCase(Locale.ROOT))) {
            throw new Refused(Answer.Failed.of("ValueError", "Bailiff always guards IPv6 as well"));
        }
        return Value.of(text);
    }
}
