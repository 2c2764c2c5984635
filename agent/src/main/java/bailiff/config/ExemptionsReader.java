package bailiff.config;

import bailiff.net.Cidr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /* The largest lists that services publish have some hundred. */
    private static final int MOST_NETWORKS = 10_000;
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,7}");

    private final JailOptions options;
    private final Problems problems;
    private final ChainReader chains;

    ExemptionsReader(JailOptions options, Problems problems, ChainReader chains) {
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
        return new Exemptions(ignored, options.flag("ignoreself", true), command.strip(), cache(), services());
    }

    private Map<String, List<Cidr>> services() {
        Map<String, List<Cidr>> services = new LinkedHashMap<>();
        for (String name : options.words("services")) {
            options.text("services").ifPresent(value -> services.put(name, service(name, value)));
        }
        return services;
    }

    /** The networks that {@code services.d/NAME} lists; what is wrong with it goes to the problems. */
    private List<Cidr> service(String name, Passage asked) {
        ChainReader.Chain chain = SERVICE.matcher(name).matches() ? chains.read("services.d/" + name) : chains.none();
        problems.addAll(chain.problems());
        if (chain.sources().isEmpty()) {
            problems.error(asked.place(), "no file for the service " + Quoted.of(name) + ", expected services.d/NAME.conf");
            return List.of();
        }
        JailOptions list = new JailOptions(chain.sections(), DefinitionText.DEFINITION, problems);
        Place file = Place.ofFile(chain.sources().getLast().toString());
        List<Cidr> networks = new ArrayList<>();
        List<String> words = list.words("addresses");
        for (String word : words) {
            Optional<Cidr> network = Cidr.parse(word);
            network.ifPresent(networks::add);
            if (network.isEmpty()) {
                Place place = list.text("addresses").map(Passage::place).orElse(file);
                problems.error(place, "read " + Quoted.of(word) + ", expected an address or a network");
            }
        }
        if (words.isEmpty() || words.size() > MOST_NETWORKS) {
            problems.error(file, "expected 1 to " + MOST_NETWORKS + " networks as addresses in [Definition]");
        }
        return networks;
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
