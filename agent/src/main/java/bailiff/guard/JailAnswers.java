package bailiff.guard;

import bailiff.ban.Bantime;
import bailiff.ban.Increment;
import bailiff.config.Exemptions;
import bailiff.config.IgnoreCache;
import bailiff.config.JailDefinition;
import bailiff.config.Sources;
import bailiff.net.Cidr;
import bailiff.source.SourceState;
import bailiff.wire.Value;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What {@code get JAIL OPTION} tells of a jail's definition, in the very values that fail2ban gives. */
final class JailAnswers {

    private static final double MILLIS = 1_000;

    private JailAnswers() {}

    /** {@code bantime} in seconds. */
    static Value bantime(JailDefinition jail) {
        Bantime bantime = jail.limits().bantime();
        return bantime.isForEver() ? Value.of(-1) : seconds(bantime.length());
    }

    /** Seconds as Python writes them: a float where they are not whole. */
    static Value seconds(Duration time) {
        boolean whole = time.toMillis() % 1_000 == 0;
        return whole ? Value.of(time.toSeconds()) : new Value.Real(time.toMillis() / MILLIS);
    }

    /** {@code bantime.formula} and its like, by the name behind the dot; None where it is as if nothing was said. */
    static Value increment(Increment increment, String part) {
        Increment usual = Increment.NONE;
        return switch (part) {
            case "increment" -> increment.equals(usual) ? Value.none() : Value.of(increment.on());
            case "formula" ->
                unless(
                        increment.formula().equals(usual.formula()),
                        increment.formula().toString());
            case "factor" ->
                unless(
                        increment.factor().equals(usual.factor()),
                        increment.factor().toString());
            case "multipliers" ->
                unless(
                        increment.multipliers().isEmpty(),
                        increment.multipliers().stream().map(String::valueOf).collect(Collectors.joining(" ")));
            case "maxtime" -> increment.most() == usual.most() ? Value.none() : seconds(increment.most());
            case "rndtime" -> increment.spread() == usual.spread() ? Value.none() : seconds(increment.spread());
            case "overalljails" -> increment.everywhere() ? Value.of(true) : Value.none();
            default -> Value.none();
        };
    }

    private static Value unless(boolean usual, String text) {
        return usual ? Value.none() : Value.of(text);
    }

    private static Value seconds(double seconds) {
        return seconds == Math.rint(seconds) ? Value.of((long) seconds) : new Value.Real(seconds);
    }

    /** {@code ignoreip}: networks, names and files first, then addresses, as fail2ban keeps them. */
    static Value ignoreip(JailDefinition jail) {
        List<String> listed = new ArrayList<>();
        List<String> single = new ArrayList<>();
        for (String entry : jail.exemptions().ignoreip()) {
            String known = Cidr.parse(entry).map(Cidr::toString).orElse(entry);
            boolean isSingle = Cidr.parse(entry).filter(Cidr::isSingle).isPresent();
            List<String> into = isSingle ? single : listed;
            if (!into.contains(known)) {
                into.add(known);
            }
        }
        listed.addAll(single);
        return Value.texts(listed);
    }

    /** {@code ignorecommand}; False where there is none. */
    static Value ignorecommand(Exemptions exemptions) {
        return exemptions.ignorecommand().isEmpty() ? Value.of(false) : Value.of(exemptions.ignorecommand());
    }

    /** {@code ignorecache}: key, most entries, seconds; None where there is none. */
    static Value ignorecache(Exemptions exemptions) {
        IgnoreCache cache = exemptions.ignorecache();
        return cache.key().isEmpty()
                ? Value.none()
                : Value.list(List.of(Value.of(cache.key()), Value.of(cache.maxCount()), seconds(cache.maxTime())));
    }

    /** {@code journalmatch}; nothing for a jail that reads files. */
    static Value journalmatch(Sources sources) {
        return sources.backend() == Sources.Backend.FILES
                ? Value.texts(List.of())
                : Value.list(sources.journalmatch().stream().map(Value::texts).toList());
    }

    /** Whether the jail reads the journal and no file. */
    static boolean readsJournal(Sources sources) {
        return sources.backend() == Sources.Backend.JOURNAL;
    }

    /** The files that a jail reads, by its keeper's word. */
    static List<String> files(JailKeeper keeper) {
        return keeper.sources().stream()
                .filter(source -> source.condition() != SourceState.Condition.MISSING
                        && source.condition() != SourceState.Condition.DUPLICATE)
                .map(source -> source.path().toString())
                .toList();
    }

    /** {@code logtimezone}: None for the machine's own, {@code UTC+0100} for an offset. */
    static Value logtimezone(ZoneId zone) {
        if (zone.equals(ZoneId.systemDefault())) {
            return Value.none();
        }
        if (zone instanceof ZoneOffset offset) {
            return Value.of(
                    offset.equals(ZoneOffset.UTC)
                            ? "UTC"
                            : "UTC" + offset.getId().replace(":", ""));
        }
        return Value.of(zone.getId().replaceFirst("^UTC([+-]\\d\\d):", "UTC$1"));
    }
}
