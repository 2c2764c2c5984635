package bailiff.guard;

import static org.assertj.core.api.Assertions.assertThat;

import bailiff.config.ConfigReader;
import bailiff.config.FilterReading;
import bailiff.config.Host;
import bailiff.filter.Filter;
import bailiff.filter.Outcome;
import bailiff.filter.Sighting;
import bailiff.guard.Fail2banSamples.Sample;
import bailiff.line.LogLine;
import bailiff.net.IpAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every sample line of an installed fail2ban says to us what fail2ban demands of its own filters. */
class FilterSamplesTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_124_013_600);

    /** Where CET and CEST change as in the zone that fail2ban's tests set. */
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    /** What is no property of the failure, or looked at elsewhere. */
    private static final Set<String> OTHER_DEMANDS = Set.of("match", "desc", "constraint", "time", "attempts", "users");

    /** As a JSON null is written. */
    private static final String ABSENT = "null";

    @TempDir
    Path directory;

    private int evaluated;
    private int matched;
    private int noAddress;
    private final List<String> different = new ArrayList<>();

    /** A filter as set up with one set of options. */
    private record Variant(Filter filter, List<String> failregex, boolean several) {}

    @Test
    void apply_everySampleWithEveryOption_saysWhatFail2banDemands() throws Exception {
        Fail2banSamples.orSkip();
        Fail2banSamples.copyConfiguration(directory);
        List<String> names = Fail2banSamples.names();

        for (String name : names) {
            show(name);
        }

        assertThat(different).isEmpty();
        assertThat(names).hasSizeGreaterThan(70);
        assertThat(evaluated).as("lines times variants").isGreaterThan(1_500);
        assertThat(matched).as("failures").isGreaterThan(1_200);
        assertThat(noAddress)
                .as("samples whose address has leading zeros, times variants")
                .isEqualTo(7);
    }

    private void show(String name) throws Exception {
        Map<Map<String, Object>, Variant> variants = new LinkedHashMap<>();
        Set<String> everHit = new HashSet<>();
        for (Sample sample : Fail2banSamples.of(name)) {
            String prefix = "";
            for (Map<String, Object> options : sample.variants()) {
                if (isMeant(sample.demands().getOrDefault("constraint", ""), name, options)) {
                    Variant variant = variant(name, options, variants);
                    prefix = options.getOrDefault("test.prefix-line", "") + prefix;
                    List<Integer> hits = show(variant, sample, options, prefix);
                    hits.forEach(hit -> everHit.add(variant.failregex().get(hit)));
                }
            }
        }
        variants.forEach((options, variant) -> variant.failregex().stream()
                .filter(regex -> !everHit.contains(regex))
                .forEach(regex -> different.add(name + options + ": never hit " + regex)));
    }

    private Variant variant(String name, Map<String, Object> options, Map<Map<String, Object>, Variant> variants)
            throws Exception {
        Map<String, Object> arguments = new TreeMap<>(options);
        arguments.keySet().removeIf(key -> key.startsWith("test."));
        if (!variants.containsKey(arguments)) {
            String call = name
                    + arguments.entrySet().stream()
                            .map(entry -> entry.getKey() + "=\"" + entry.getValue() + "\"")
                            .collect(Collectors.joining(",", "[", "]"));
            FilterReading reading = ConfigReader.alone(directory, new Host(ZONE, Path.of("/etc/services")))
                    .filter(call.replace("[]", ""));
            assertThat(reading).as(call).isInstanceOf(FilterReading.Usable.class);
            var definition = ((FilterReading.Usable) reading).filter();
            variants.put(
                    arguments,
                    new Variant(Filter.compile(definition), definition.failregex(), definition.maxlines() > 1));
        }
        return variants.get(arguments);
    }

    /** The three expressions that fail2ban's samples use. */
    private static boolean isMeant(Object constraint, String name, Map<String, Object> options) {
        return switch (constraint.toString()) {
            case "" -> true;
            case "name == 'sshd'" -> name.equals("sshd");
            case "opts.get('mode') == 'aggressive'" -> "aggressive".equals(options.get("mode"));
            case "opts.get('mode') != 'aggressive'" -> !"aggressive".equals(options.get("mode"));
            default -> throw new AssertionError("a constraint that is new: " + constraint);
        };
    }

    /** Shows the line to the filter; gives which failregex matched. */
    private List<Integer> show(Variant variant, Sample sample, Map<String, Object> options, String prefix) {
        LogLine line = "journal".equals(options.get("logtype"))
                ? LogLine.of(prefix + sample.text(), NOW)
                : LogLine.of(sample.text());
        String where = options + " " + sample + " ";
        List<Integer> hits = variant.filter().hits(line, NOW);
        Outcome outcome = variant.filter().apply(line, NOW);
        evaluated++;
        boolean demanded = Boolean.TRUE.equals(sample.demands().get("match"));
        if (outcome instanceof Outcome.Matched(Sighting sighting)) {
            matched++;
            List<Integer> others = hits.stream()
                    .filter(hit -> hit != sighting.regex())
                    .filter(hit -> !variant.failregex().get(hit).contains("<F-NOFAIL>"))
                    .toList();
            if (!hits.contains(sighting.regex()) || (!variant.several() && !others.isEmpty())) {
                different.add(where + "is a failure to failregex " + sighting.regex() + ", which hit: " + hits);
            }
            if (!demanded) {
                different.add(where + "is no failure to fail2ban: " + sighting);
            } else {
                compare(where, sample.demands(), sighting);
            }
        } else if (demanded && isNoAddress(sample, outcome)) {
            noAddress++;
        } else if (demanded) {
            different.add(where + "is a failure to fail2ban, here " + outcome + ", hits " + hits);
        }
        return hits;
    }

    /**
     * The one thing that we do not believe though fail2ban does, and on purpose: what is no address, such as 192.030.0.6,
     * which some programs read as 192.24.0.6. fail2ban blames that very text, which it cannot read as an address either.
     */
    private static boolean isNoAddress(Sample sample, Outcome outcome) {
        String host = String.valueOf(sample.demands().get("host"));
        return host.matches("[0-9.]+")
                && IpAddress.parse(host).isEmpty()
                && outcome.equals(new Outcome.Doubtful("What stands where the address should be is no valid address."));
    }

    private void compare(String where, Map<String, Object> demands, Sighting sighting) {
        demands.forEach((key, value) -> {
            Object found = switch (key) {
                case "host" -> sighting.groups().getOrDefault("host", sighting.host());
                case "attempts" -> sighting.before().size() + 1;
                case "users" -> Set.copyOf(sighting.users());
                case "time" -> time(value, sighting.time());
                default -> OTHER_DEMANDS.contains(key) ? "" : sighting.groups().getOrDefault(key, ABSENT);
            };
            if (OTHER_DEMANDS.contains(key) && found.equals("")) {
                return;
            }
            if (!found.equals(demanded(key, value))) {
                different.add(where + key + ": fail2ban " + demanded(key, value) + ", here " + found);
            }
        });
    }

    /** fail2ban 1.0 drops most fractions of a second, so they are compared where one is demanded. */
    private static Object time(@Nullable Object demanded, Instant found) {
        if (demanded == null) {
            return ABSENT;
        }
        return demanded.toString().contains(".") ? found : found.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Object demanded(String key, @Nullable Object json) {
        if (json == null) {
            return ABSENT;
        }
        return switch (key) {
            case "host" ->
                IpAddress.parse(json.toString()).map(IpAddress::toString).orElse(json.toString());
            case "users" -> ((Collection<?>) json).stream().map(String::valueOf).collect(Collectors.toSet());
            // Python takes a day of one digit, too.
            case "time" ->
                LocalDateTime.parse(json.toString().replaceAll("-(\\dT)", "-0$1"))
                        .atZone(ZONE)
                        .toInstant();
            default -> json;
        };
    }
}
