package bailiff.config;

import bailiff.net.Cidr;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads whom a jail never bans. */
final class ExemptionsReader {

    /** The most answers that are remembered. */
    static final int MOST_COUNT = 1_000_000;

    private static final Pattern HOST = Pattern.compile("(?=.*[A-Za-z])[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252})");
    private static final Pattern FILE = Pattern.compile("file:/[^\\x00]++");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,7}");

    private final JailOptions options;
    private final Problems problems;
    private final ChainReader chains;
    private final boolean isWeb;

    /**
     * @param isWeb whether the jail guards a web server: to others, what comes from a proxy or a search engine means
     *     nothing
     */
    ExemptionsReader(JailOptions options, Problems problems, ChainReader chains, boolean isWeb) {
        this.isWeb = isWeb;
        this.options = options;
        this.problems = problems;
        this.chains = chains;
    }

    Exemptions read() {
        List<String> ignored = options.words("ignoreip");
        for (String word : ignored) {
            boolean understood = HOST.matcher(word).matches()
                    || FILE.matcher(word).matches()
                    || Cidr.parse(word).isPresent();
            if (!understood) {
                options.text("ignoreip").ifPresent(value -> problems.error(value.place(), notIgnored(word)));
            }
        }
        String command = options.text("ignorecommand").map(Passage::text).orElse("");
        ServicesReader services = new ServicesReader(options, problems, chains);
        services.read();
        return new Exemptions(
                ignored,
                options.flag("ignoreself", true),
                command.strip(),
                cache(),
                services.networks(),
                isWeb ? services.crawlers() : List.of(),
                isWeb && proxies());
    }

    /** Whether addresses that many people come through are found out, and spared. */
    private boolean proxies() {
        Optional<Passage> value = options.text("proxies");
        String read = value.map(Passage::text).orElse("auto").strip().toLowerCase(Locale.ROOT);
        if (!read.equals("auto") && !JailOptions.NO.contains(read)) {
            options.wrong(value.orElseThrow(), "auto or no");
        }
        return read.equals("auto");
    }

    private static String notIgnored(String word) {
        return "read " + Quoted.of(word) + ", expected an address, a network, a host name or file:/path";
    }

    private IgnoreCache cache() {
        Optional<Passage> value = options.text("ignorecache");
        if (value.isEmpty()) {
            return IgnoreCache.NONE;
        }
        Passage place = value.get();
        try {
            String call = "ignorecache[" + place.text() + "]";
            Map<String, Passage> arguments =
                    CallParser.one(Passage.of(call, place.place())).arguments();
            for (String name : arguments.keySet()) {
                if (!Set.of("key", "max-count", "max-time").contains(name)) {
                    throw new BadValue(
                            place.place(), "read " + Quoted.of(name) + ", expected key, max-count or max-time");
                }
            }
            return cache(arguments, place);
        } catch (BadValue e) {
            problems.add(e.problem());
            return IgnoreCache.NONE;
        }
    }

    private static IgnoreCache cache(Map<String, Passage> arguments, Passage value) throws BadValue {
        Passage absent = Passage.of("", value.place());
        String key = arguments.getOrDefault("key", absent).text();
        if (key.isEmpty()) {
            throw new BadValue(value.place(), "read " + Quoted.of(value.text()) + ", expected key=\"...\"");
        }
        IgnoreCache usual = IgnoreCache.NONE;
        String count = arguments.getOrDefault("max-count", absent).text();
        int most = COUNT.matcher(count).matches() ? Integer.parseInt(count) : 0;
        if (!count.isEmpty() && (most < 1 || most > MOST_COUNT)) {
            throw new BadValue(
                    value.place(),
                    "read max-count " + Quoted.of(count) + ", expected a number from 1 to " + MOST_COUNT);
        }
        String time = arguments.getOrDefault("max-time", absent).text();
        Duration longest = time.isEmpty() ? usual.maxTime() : time(time, value);
        return new IgnoreCache(key, count.isEmpty() ? usual.maxCount() : most, longest);
    }

    private static Duration time(String text, Passage value) throws BadValue {
        return TimeExpression.parse(text)
                .filter(Duration::isPositive)
                .orElseThrow(() -> new BadValue(
                        value.place(), "read max-time " + Quoted.of(text) + ", expected a time such as 300 or 5m"));
    }
}
