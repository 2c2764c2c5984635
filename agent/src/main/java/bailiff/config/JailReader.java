package bailiff.config;

import bailiff.net.PortRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads the section of one enabled jail.
 *
 * <p>Not thread-safe: made for one jail.
 */
final class JailReader {

    /** Every option that means something in a jail. */
    static final Set<String> OPTIONS = Set.of(
            "action",
            "backend",
            "banaction",
            "banaction_allports",
            "banaction_native",
            "bantime",
            "bantime.factor",
            "bantime.formula",
            "bantime.increment",
            "bantime.maxtime",
            "bantime.multipliers",
            "bantime.overalljails",
            "bantime.rndtime",
            "compat",
            "credit",
            "datepattern",
            "enabled",
            "evidence",
            "failregex",
            "filter",
            "findtime",
            "ignorecache",
            "ignorecommand",
            "ignoreip",
            "ignoreregex",
            "ignoreself",
            "ipv6prefix",
            "journalmatch",
            "listen",
            "logencoding",
            "logpath",
            "logtimezone",
            "maxlines",
            "maxmatches",
            "maxretry",
            "port",
            "prefregex",
            "protocol",
            "services",
            "shield",
            "skip_if_nologs",
            "systemd_if_nologs",
            "usedns",
            "wrongbans");

    /** Those of them that are yes or no. */
    static final Set<String> FLAGS = Set.of("enabled", "bantime.increment", "bantime.overalljails", "ignoreself");

    private static final String AUTO = "auto";

    /* The ports of web servers. */
    private static final List<Integer> WEB = List.of(80, 443);

    private static final Map<String, String> DEFAULTS =
            Map.of("enabled", "False", "backend", "auto", "filter", "", "action", "");

    /** The options that fail2ban tells its server, in its order: those of the jail, then those of the filter. */
    static final List<String> TOLD = Stream.concat(
                    Stream.of(
                            "enabled",
                            "backend",
                            "maxretry",
                            "maxmatches",
                            "findtime",
                            "bantime",
                            "bantime.increment",
                            "bantime.factor",
                            "bantime.formula",
                            "bantime.multipliers",
                            "bantime.maxtime",
                            "bantime.rndtime",
                            "bantime.overalljails",
                            "ignorecommand",
                            "ignoreself",
                            "ignoreip",
                            "ignorecache",
                            "filter",
                            "logtimezone",
                            "logencoding",
                            "logpath",
                            "action"),
                    FilterReader.OPTIONS.stream())
            .toList();

    private final String name;
    private final Shared shared;
    private final Problems problems;
    private final JailOptions options;
    private List<List<Object>> commands = List.of();

    /**
     * What the jails of one configuration have in common.
     *
     * @param sections the jails' files
     * @param chains where lists are read
     * @param filters where filters are read
     * @param actions where actions are read
     * @param ports the names of ports
     * @param host the machine
     */
    record Shared(
            Sections sections, ChainReader chains, FilterReader filters, ActionFiles actions, Ports ports, Host host) {}

    JailReader(String name, Shared shared, Problems problems) {
        this.name = name;
        this.shared = shared;
        this.problems = problems;
        this.options = new JailOptions(shared.sections(), name, problems);
    }

    String name() {
        return name;
    }

    boolean isEnabled() {
        return options.flag("enabled", false);
    }

    /** The jail as far as it can be read; whoever asks looks at the problems for errors. */
    Optional<JailDefinition> read() {
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            problems.error(options.placeFor(""), "expected a name of at most 64 letters, digits and ._-");
            return Optional.empty();
        }
        Optional<Understood> understood = understood();
        Optional<FilterOptions> filters = understood.map(Understood::options);
        Map<String, Passage> read = filters.map(FilterOptions::ofJail).orElse(Map.of());
        ActionReader.Read actions = new ActionReader(name, options, shared, problems).read(read);
        Exemptions exemptions = new ExemptionsReader(options, problems, shared.chains()).read();
        Limits limits = Limits.read(options);
        Optional<FilterReader.Read> filter = understood.map(this::define);
        Sources sources = new SourcesReader(options, problems)
                .read(filters.map(found -> found.several("journalmatch")).orElse(List.of()));
        filters.ifPresent(told -> commands = JailCommands.of(name, told, actions.actions()));
        return filter.map(found -> new JailDefinition(
                name,
                found.definition(),
                found.origin(),
                sources,
                limits,
                exemptions,
                actions.actions(),
                actions.gates(),
                isShielding(),
                EvidenceOptions.read(options)));
    }

    /** Whether the jail takes part in the shield: by itself, when what it guards is a web server's. */
    private boolean isShielding() {
        Optional<Passage> value = options.text("shield");
        String read = value.map(Passage::text).orElse(AUTO).strip().toLowerCase(Locale.ROOT);
        if (JailOptions.YES.contains(read) || JailOptions.NO.contains(read)) {
            return JailOptions.YES.contains(read);
        }
        if (!read.equals(AUTO)) {
            options.wrong(value.orElseThrow(), "auto, yes or no");
        }
        Optional<Passage> port = options.text("port");
        try {
            List<PortRange> ports = port.isEmpty() ? List.of() : shared.ports().parse(port.get());
            return ports.isEmpty() || ports.stream().anyMatch(JailReader::isOfTheWeb);
        } catch (BadValue _) {
            // Whoever reads the ports to close them tells of it.
            return false;
        }
    }

    private static boolean isOfTheWeb(PortRange range) {
        return WEB.stream().anyMatch(port -> range.first() <= port && port <= range.last());
    }

    /** What fail2ban would tell its server of the jail; asked after {@link #read}, nothing where that gave nothing. */
    List<List<Object>> commands() {
        return commands;
    }

    /** A filter and its options in this jail. */
    private record Understood(FilterReader.Loaded filter, FilterOptions options) {}

    private FilterReader.Read define(Understood understood) {
        return FilterReader.define(
                understood.filter(),
                understood.options(),
                options.zone(shared.host().zone()),
                problems);
    }

    /** The jail's options and its filter's, each seen in the light of the other. */
    private Optional<Understood> understood() {
        Optional<Passage> value = options.text("filter");
        if (value.isEmpty()) {
            problems.error(options.placeFor("filter"), "is not set, expected the name of a file in filter.d");
            return Optional.empty();
        }
        try {
            Call call = CallParser.one(value.get());
            Map<String, Passage> first = told(List.of("enabled", "backend", "filter"));
            String backend = first.getOrDefault("backend", value.get()).text();
            var loaded = shared.filters().load(call, value.get().place(), backend, problems);
            if (loaded.isEmpty()) {
                return Optional.empty();
            }
            FilterReader.Loaded filter = loaded.get();
            options.know(filter.known(first));
            return Optional.of(new Understood(filter, filter.options(told(TOLD))));
        } catch (BadValue e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    /** The options as fail2ban hands them on: with its own default for three of them, and numbers and flags as such. */
    private Map<String, Passage> told(List<String> wanted) {
        Map<String, Passage> told = new LinkedHashMap<>();
        for (String option : wanted) {
            String otherwise = DEFAULTS.get(option);
            Optional<Passage> value = options.set(option);
            if (value.isPresent() && FLAGS.contains(option)) {
                String read = value.get().text().toLowerCase(Locale.ROOT);
                told.put(
                        option,
                        Passage.of(
                                JailOptions.YES.contains(read) ? "True" : "False",
                                value.get().place()));
            } else if (value.isPresent()) {
                told.put(option, value.get());
            } else if (otherwise != null) {
                told.put(option, Passage.of(otherwise, options.placeFor(option)));
            }
        }
        return told;
    }
}
