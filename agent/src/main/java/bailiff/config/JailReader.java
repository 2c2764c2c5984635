package bailiff.config;

import bailiff.net.Cidr;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
            "bantime",
            "bantime.factor",
            "bantime.formula",
            "bantime.increment",
            "bantime.maxtime",
            "bantime.multipliers",
            "bantime.overalljails",
            "bantime.rndtime",
            "compat",
            "datepattern",
            "enabled",
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
            "logencoding",
            "logpath",
            "logtimezone",
            "maxlines",
            "maxmatches",
            "maxretry",
            "port",
            "prefregex",
            "protocol",
            "skip_if_nologs",
            "systemd_if_nologs",
            "usedns");

    private static final Set<String> BACKENDS = Set.of("auto", "pyinotify", "gamin", "polling");
    private static final Set<String> ENCODINGS = Set.of("auto", "utf-8", "utf8", "ascii", "us-ascii");

    private final String name;
    private final Shared shared;
    private final Problems problems;
    private final JailOptions options;

    /**
     * What the jails of one configuration have in common.
     *
     * @param sections the jails' files
     * @param filters where filters are read
     * @param ports the names of ports
     * @param host the machine
     */
    record Shared(Sections sections, FilterReader filters, Ports ports, Host host) {}

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
        Optional<FilterReader.Read> filter = filter();
        List<LogPath> logs = logs();
        ActionReader.Read actions = new ActionReader(options, shared.ports(), problems).read();
        Exemptions exemptions = exemptions();
        Limits limits = Limits.read(options);
        checkUnsupported();
        return filter.map(read -> new JailDefinition(
                name,
                read.definition(),
                read.origin(),
                sources(logs),
                limits,
                exemptions,
                actions.actions(),
                actions.gates()));
    }

    private Optional<FilterReader.Read> filter() {
        Optional<Passage> value = options.text("filter");
        if (value.isEmpty()) {
            problems.error(options.placeFor("filter"), "is not set, expected the name of a file in filter.d");
            return Optional.empty();
        }
        try {
            Call call = CallParser.one(value.get());
            options.know(shared.filters().known(call));
            var zone = options.zone(shared.host().zone());
            var request = new FilterReader.Request(call, value.get().place(), filterSettings(), zone);
            return shared.filters().read(request, problems);
        } catch (BadValue e) {
            problems.add(e.problem());
            return Optional.empty();
        }
    }

    private Map<String, Passage> filterSettings() {
        Map<String, Passage> settings = new LinkedHashMap<>();
        for (String option : FilterReader.OPTIONS) {
            options.set(option).ifPresent(value -> settings.put(option, value));
        }
        return settings;
    }

    private List<LogPath> logs() {
        List<LogPath> logs = new ArrayList<>();
        for (Passage line : options.text("logpath").map(Passage::lines).orElse(List.of())) {
            logs.add(log(line));
        }
        boolean journal = options.text("backend")
                .filter(backend -> backend.text().strip().startsWith("systemd"))
                .isPresent();
        if (logs.isEmpty()) {
            String message = journal
                    ? "is not set, expected a file: the journal is not read yet"
                    : "is not set, expected the file to read";
            problems.error(options.placeFor("logpath"), message);
        }
        return logs;
    }

    private static Sources sources(List<LogPath> logs) {
        return new Sources(Sources.Backend.FILES, logs, List.of(), Map.of(), StandardCharsets.UTF_8);
    }

    private LogPath log(Passage line) {
        String text = line.text();
        LogPath.Start start = LogPath.Start.HEAD;
        int blank = text.lastIndexOf(' ');
        String last = text.substring(blank + 1);
        if (blank > 0 && (last.equals("head") || last.equals("tail"))) {
            start = last.equals("tail") ? LogPath.Start.TAIL : LogPath.Start.HEAD;
            text = text.substring(0, blank).strip();
        }
        if (!text.startsWith("/") || text.indexOf('\0') >= 0) {
            options.wrong(line, "an absolute path");
        }
        return new LogPath(text, start);
    }

    private Exemptions exemptions() {
        List<String> ignored = options.words("ignoreip");
        for (String word : ignored) {
            boolean host = word.matches("(?=.*[A-Za-z])[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252})");
            if (Cidr.parse(word).isEmpty() && !host) {
                options.text("ignoreip")
                        .ifPresent(value -> problems.error(
                                value.place(),
                                "read " + Quoted.of(word) + ", expected an address, a network or a host name"));
            }
        }
        return new Exemptions(ignored, options.flag("ignoreself", true));
    }

    private void checkUnsupported() {
        options.text("backend").ifPresent(this::checkBackend);
        options.text("logencoding")
                .filter(value -> !ENCODINGS.contains(value.text().strip().toLowerCase(Locale.ROOT)))
                .ifPresent(value -> problems.warning(
                        value.place(), "read " + Quoted.of(value.text()) + "; logs are read as UTF-8 all the same"));
        options.text("ignorecommand")
                .ifPresent(value -> problems.error(
                        value.place(), "commands are not run yet: those whom it excuses would be banned"));
    }

    private void checkBackend(Passage backend) {
        String read = backend.text().strip();
        if (read.startsWith("systemd")) {
            problems.warning(backend.place(), "the journal is not read yet: only the files of logpath are");
        } else if (!BACKENDS.contains(read)) {
            options.wrong(backend, "auto, polling, pyinotify or systemd");
        }
    }
}
