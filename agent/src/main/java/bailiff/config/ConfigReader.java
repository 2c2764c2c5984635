package bailiff.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Reads a configuration directory in fail2ban's grammar. Nothing that stands in the files makes it throw: whatever is
 * wrong is among the problems, and bounded files are read in bounded time.
 *
 * <p>Immutable; any thread may read, each time anew.
 */
public final class ConfigReader {

    /** The version that files are told which ask for it. */
    private static final String FAIL2BAN = "1.1.0";

    private final Path directory;
    private final boolean overBuiltIn;
    private final Host host;

    private ConfigReader(Path directory, boolean overBuiltIn, Host host) {
        this.directory = directory;
        this.overBuiltIn = overBuiltIn;
        this.host = host;
    }

    /** Reads the directory alone, but for built-in filters that it refers to and does not have. */
    public static ConfigReader alone(Path directory, Host host) {
        return new ConfigReader(directory, false, host);
    }

    /** Reads the directory, which need not exist, over the built-in configuration. */
    public static ConfigReader overBuiltIn(Path directory, Host host) {
        return new ConfigReader(directory, true, host);
    }

    /** All enabled jails, and every problem. */
    public Configuration read() {
        Library library = new Library(directory, overBuiltIn);
        ChainReader chains = new ChainReader(library);
        Problems problems = new Problems();
        ChainReader.Chain chain = chains.read("jail");
        problems.addAll(chain.problems());
        if (chain.sources().isEmpty()) {
            problems.error(
                    Place.ofFile(library.directory().toString()),
                    Files.isDirectory(directory)
                            ? "expected jail.conf, jail.local or jail.d in it"
                            : "no such directory");
        }
        setPresets(chain.sections(), library);
        List<Jail> jails = jails(chain, chains, problems);
        ServerOptions server = ServerOptionsReader.read(chains, problems);
        sayWhatStoodIn(library, problems);
        List<String> files =
                chains.sources().stream().map(Source::toString).sorted().toList();
        return configuration(jails, problems, library, server, files);
    }

    private List<Jail> jails(ChainReader.Chain chain, ChainReader chains, Problems problems) {
        Sections sections = chain.sections();
        var shared = new JailReader.Shared(
                sections, chains, new FilterReader(chains), new ActionFiles(chains), Ports.withServices(host.services()), host);
        Misspellings misspellings = new Misspellings(sections, problems);
        misspellings.checkDefaults();
        List<Jail> jails = new ArrayList<>();
        for (String name : sections.names()) {
            if (!name.equals(IniFile.INCLUDES)) {
                Problems own = new Problems();
                read(new JailReader(name, shared, own), own, chain).ifPresent(jails::add);
                problems.addAll(own.all());
            }
        }
        jails.forEach(jail -> misspellings.checkJail(jail.name()));
        return jails;
    }

    private static Configuration configuration(
            List<Jail> jails, Problems problems, Library library, ServerOptions server, List<String> files) {
        List<JailDefinition> sound = new ArrayList<>();
        Map<String, List<Problem>> faults = new LinkedHashMap<>();
        List<List<Object>> commands = new ArrayList<>(ServerCommands.ofServer(server));
        List<List<Object>> starts = new ArrayList<>();
        for (Jail jail : jails) {
            switch (jail) {
                case Jail.Sound(JailDefinition definition, List<List<Object>> told) -> {
                    sound.add(definition);
                    commands.addAll(told);
                    starts.add(List.of("start", definition.name()));
                }
                case Jail.Faulty(String name, List<Problem> errors) -> {
                    faults.put(name, errors);
                    commands.add(List.of("config-error", "Jail '" + name + "' skipped: " + errors.getFirst()));
                }
            }
        }
        commands.addAll(starts);
        return new Configuration(
                sound,
                List.copyOf(faults.keySet()),
                problems.all(),
                library.directory(),
                server,
                files,
                faults,
                new ServerCommands(commands));
    }

    /** One filter for files, written as in a jail: {@code sshd} or {@code sshd[mode=aggressive]}. */
    public FilterReading filter(String call) {
        return filter(call, "");
    }

    /** One filter for the journal, written in the same way. */
    public FilterReading journalFilter(String call) {
        return filter(call, "systemd");
    }

    private FilterReading filter(String call, String backend) {
        Library library = new Library(directory, overBuiltIn);
        FilterReader filters = new FilterReader(new ChainReader(library));
        Problems problems = new Problems();
        Place place = Place.ofFile("");
        Optional<FilterReader.Read> read = Optional.empty();
        List<List<String>> journalmatch = List.of();
        Set<String> given = Set.of();
        try {
            Call parsed = CallParser.one(Passage.of(call, place));
            Optional<FilterReader.Loaded> loaded = filters.load(parsed, place, backend, problems);
            if (loaded.isPresent()) {
                FilterOptions options = loaded.get().options(Map.of());
                read = Optional.of(FilterReader.define(loaded.get(), options, host.zone(), problems));
                journalmatch = JournalMatches.read(options.several("journalmatch"), problems);
                given = options.ofFilter().keySet();
            }
        } catch (BadValue e) {
            problems.add(e.problem());
        }
        sayWhatStoodIn(library, problems);
        if (read.isEmpty() || problems.hasError()) {
            return new FilterReading.Broken(problems.all());
        }
        return new FilterReading.Usable(
                read.get().definition(), read.get().origin(), journalmatch, given, problems.all());
    }

    private static void setPresets(Sections sections, Library library) {
        Place place = Place.ofFile("");
        String path = library.directory().toString();
        sections.preset("fail2ban_version", Passage.of(FAIL2BAN, place));
        sections.preset("fail2ban_confpath", Passage.of(path, place));
    }

    /** What became of an enabled section. */
    private sealed interface Jail {

        String name();

        record Sound(JailDefinition definition, List<List<Object>> told) implements Jail {
            @Override
            public String name() {
                return definition.name();
            }
        }

        record Faulty(String name, List<Problem> errors) implements Jail {}
    }

    private static Optional<Jail> read(JailReader reader, Problems own, ChainReader.Chain chain) {
        boolean enabled = reader.isEnabled();
        Optional<JailDefinition> jail = enabled ? reader.read() : Optional.empty();
        if (!enabled && !own.hasError()) {
            return Optional.empty();
        }
        List<Problem> errors = Stream.concat(
                        own.all().stream().filter(problem -> problem.severity() == Severity.ERROR),
                        chain.problems().stream().filter(problem -> concerns(problem, reader.name())))
                .toList();
        return jail.filter(_ -> errors.isEmpty())
                .<Jail>map(definition -> new Jail.Sound(definition, reader.commands()))
                .or(() -> Optional.of(new Jail.Faulty(reader.name(), errors)));
    }

    /** Whether an error in the jails' files may have taken something from the jail. */
    private static boolean concerns(Problem problem, String jail) {
        String section = problem.place().section();
        boolean everybody = section.isEmpty() || section.equals(IniFile.DEFAULT) || section.equals(IniFile.INCLUDES);
        return problem.severity() == Severity.ERROR && (everybody || section.equals(jail));
    }

    private static void sayWhatStoodIn(Library library, Problems problems) {
        for (Source.BuiltIn substitute : library.stoodIn()) {
            String missing = library.directory().resolve(substitute.name()).toString();
            problems.warning(Place.ofFile(missing), "is not there, so the " + substitute + " is used");
        }
    }
}
