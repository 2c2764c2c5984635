package bailiff.guard;

import bailiff.ban.Bantime;
import bailiff.ban.FormulaException;
import bailiff.ban.Increment;
import bailiff.config.IgnoreCache;
import bailiff.config.IncrementText;
import bailiff.config.JailDefinition;
import bailiff.config.Limits;
import bailiff.config.TimeExpression;
import bailiff.net.Cidr;
import bailiff.wire.Answer;
import bailiff.wire.Value;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How {@code set JAIL OPTION VALUE} alters when a jail bans, and whom never. */
final class JailSettings {

    private static final int MOST_RETRIES = 1_000_000;
    private static final int MOST_MATCHES = 1_000;

    /* As many as one may add by hand: each is compared with every failure, or looked up every minute. */
    private static final int MOST_IGNORED = 10_000;
    private static final Pattern NAME = Pattern.compile("[\\w.-]{1,253}");
    private static final Pattern OPTION =
            Pattern.compile("\\s*+([\\w-]++)\\s*+=\\s*+(?:\"([^\"]*+)\"|'([^']*+)'|([^,\\]]*+))\\s*+(?:,|$)");
    private static final int MOST_CACHED = 100_000;

    private JailSettings() {}

    /** A time as fail2ban writes it; not zero. */
    static Duration time(String text) throws Refused {
        return TimeExpression.parse(text)
                .orElseThrow(() -> Refused.value(
                        "read " + Value.of(text).repr() + ", expected a time such as 600, 10m or 1d 12h"));
    }

    static JailDefinition findtime(JailDefinition jail, String text) throws Refused {
        Duration time = time(text);
        if (!time.isPositive()) {
            throw Refused.value("findtime must be longer than zero");
        }
        return limits(jail, limits -> limits.with(limits.maxretry(), time, limits.bantime(), limits.maxmatches()));
    }

    static JailDefinition bantime(JailDefinition jail, String text) throws Refused {
        Duration time = time(text);
        if (time.isZero()) {
            throw Refused.value("bantime must not be zero; -1 bans for ever");
        }
        Bantime bantime = time.isNegative() ? Bantime.FOR_EVER : new Bantime(time);
        return limits(jail, limits -> limits.with(limits.maxretry(), limits.findtime(), bantime, limits.maxmatches()));
    }

    /** One of {@code bantime.formula} and its like, by the name behind the dot. */
    static JailDefinition increment(JailDefinition jail, String part, String text) throws Refused {
        Limits now = jail.limits();
        try {
            Increment increment = IncrementText.with(now.increment(), now.bantime(), part, text)
                    .orElseThrow(() -> Refused.because("there is no option bantime." + part));
            return limits(jail, limits -> limits.with(increment));
        } catch (FormulaException e) {
            throw Refused.value(String.valueOf(e.getMessage()));
        }
    }

    static JailDefinition maxretry(JailDefinition jail, int number) throws Refused {
        int maxretry = within("maxretry", number, 1, MOST_RETRIES);
        return limits(jail, limits -> limits.with(maxretry, limits.findtime(), limits.bantime(), limits.maxmatches()));
    }

    static JailDefinition maxmatches(JailDefinition jail, int number) throws Refused {
        int maxmatches = within("maxmatches", number, 0, MOST_MATCHES);
        return limits(jail, limits -> limits.with(limits.maxretry(), limits.findtime(), limits.bantime(), maxmatches));
    }

    private static JailDefinition limits(JailDefinition jail, UnaryOperator<Limits> change) {
        return jail.with(change.apply(jail.limits()));
    }

    private static int within(String option, int number, int least, int most) throws Refused {
        if (number < least || number > most) {
            throw Refused.value(option + " must be " + least + " to " + most + ", and is " + number);
        }
        return number;
    }

    static JailDefinition ignoreself(JailDefinition jail, boolean ignoreself) {
        return jail.with(jail.exemptions().ignoringSelf(ignoreself));
    }

    static JailDefinition ignorecommand(JailDefinition jail, String command) {
        return jail.with(jail.exemptions().askingCommand(command));
    }

    static JailDefinition ignorecache(JailDefinition jail, String text) throws Refused {
        return jail.with(jail.exemptions().remembering(cache(text)));
    }

    private static IgnoreCache cache(String text) throws Refused {
        if (text.isBlank()) {
            return IgnoreCache.NONE;
        }
        Map<String, String> options = new HashMap<>();
        Matcher option = OPTION.matcher(text);
        int at = 0;
        while (at < text.length() && option.find(at) && option.start() == at) {
            options.put(
                    option.group(1),
                    Objects.requireNonNullElse(
                            option.group(2), Objects.requireNonNullElse(option.group(3), given(option))));
            at = option.end();
        }
        String key = options.get("key");
        if (at < text.length() || key == null) {
            throw new Refused(Answer.Failed.of("KeyError", "key"));
        }
        try {
            int most = Integer.parseInt(options.getOrDefault("max-count", "100"));
            Duration longest = time(options.getOrDefault("max-time", "5m"));
            return new IgnoreCache(key, within("max-count", most, 1, MOST_CACHED), longest);
        } catch (NumberFormatException e) {
            throw Refused.value("max-count must be a number");
        }
    }

    private static String given(Matcher option) {
        return Objects.requireNonNullElse(option.group(4), "").strip();
    }

    static JailDefinition addIgnoreip(JailDefinition jail, List<String> entries) throws Refused {
        List<String> ignored = new ArrayList<>(jail.exemptions().ignoreip());
        for (String entry : entries) {
            boolean known = ignored.stream().anyMatch(before -> isSame(before, entry));
            boolean understood = Cidr.parse(entry).isPresent()
                    || NAME.matcher(entry).matches()
                    || entry.toLowerCase(Locale.ROOT).startsWith("file:/");
            if (!entry.isEmpty() && !understood) {
                throw Refused.value(Value.of(entry).repr() + " is no address, network, host name or file:");
            }
            if (!entry.isEmpty() && !known) {
                ignored.add(entry);
            }
        }
        if (ignored.size() > MOST_IGNORED) {
            throw Refused.value("a jail ignores " + MOST_IGNORED + " entries at most");
        }
        return ignoring(jail, ignored);
    }

    static JailDefinition removeIgnoreip(JailDefinition jail, String entry) throws Refused {
        List<String> ignored = new ArrayList<>(jail.exemptions().ignoreip());
        if (!ignored.removeIf(before -> isSame(before, entry))) {
            throw Refused.value("list.remove(x): x not in list");
        }
        return ignoring(jail, ignored);
    }

    private static boolean isSame(String one, String other) {
        return one.equals(other)
                || (Cidr.parse(one).isPresent() && Cidr.parse(one).equals(Cidr.parse(other)));
    }

    private static JailDefinition ignoring(JailDefinition jail, List<String> ignored) {
        return jail.with(jail.exemptions().ignoring(ignored));
    }
}
