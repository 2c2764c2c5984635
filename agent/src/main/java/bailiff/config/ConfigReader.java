package bailiff.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a configuration directory in fail2ban's grammar. Nothing that stands in the files makes it throw: whatever is
 * wrong is among the problems, and bounded files are read in bounded time.
 *
 * <p>Immutable; any thread may read, each time anew.
 */
public final class ConfigReader {

    private static final Pattern REFERENCE = Pattern.compile("%\\((?:[^)/]*+/)?([^)]++)\\)s");

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
        if (!overBuiltIn && chain.sources().isEmpty()) {
            boolean there = Files.isDirectory(directory);
            problems.error(
                    Place.ofFile(library.directory().toString()),
                    there ? "expected jail.conf, jail.local or jail.d in it" : "no such directory");
        }
        Sections sections = chain.sections();
        presets(sections, library);
        var shared =
                new JailReader.Shared(sections, new FilterReader(chains), Ports.withServices(host.services()), host);
        List<JailDefinition> jails = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (String name : sections.names()) {
            if (!name.equals(IniFile.INCLUDES)) {
                readJail(name, shared, chain, problems).ifPresent(jail -> keep(jail, jails, leftOut));
            }
        }
        checkSpelling(sections, jails, leftOut, problems);
        sayWhatStoodIn(library, problems);
        List<String> files =
                chains.sources().stream().map(Source::toString).sorted().toList();
        return new Configuration(jails, leftOut, problems.all(), library.directory(), files);
    }

    /** One filter, written as in a jail: {@code sshd} or {@code sshd[mode=aggressive]}. */
    public FilterReading filter(String call) {
        Library library = new Library(directory, overBuiltIn);
        FilterReader filters = new FilterReader(new ChainReader(library));
        Problems problems = new Problems();
        Place place = Place.ofFile("");
        Optional<FilterReader.Read> read = Optional.empty();
        try {
            Call parsed = CallParser.one(Passage.of(call, place));
            read = filters.read(new FilterReader.Request(parsed, place, Map.of(), host.zone()), problems);
        } catch (BadValue e) {
            problems.add(e.problem());
        }
        sayWhatStoodIn(library, problems);
        return read.<FilterReading>map(
                        found -> new FilterReading.Usable(found.definition(), found.origin(), problems.all()))
                .orElseGet(() -> new FilterReading.Broken(problems.all()));
    }

    private static void presets(Sections sections, Library library) {
        Place place = Place.ofFile("");
        sections.setDefault("fail2ban_version", Passage.of("1.1.0", place));
        sections.setDefault("fail2ban_confpath", Passage.of(library.directory().toString(), place));
    }

    /** What became of an enabled section. */
    private sealed interface Jail {
        record Sound(JailDefinition definition) implements Jail {}

        record Faulty(String name) implements Jail {}
    }

    private static void keep(Jail jail, List<JailDefinition> jails, List<String> leftOut) {
        switch (jail) {
            case Jail.Sound(JailDefinition definition) -> jails.add(definition);
            case Jail.Faulty(String name) -> leftOut.add(name);
        }
    }

    private static Optional<Jail> readJail(
            String name, JailReader.Shared shared, ChainReader.Chain chain, Problems problems) {
        Problems own = new Problems();
        JailReader reader = new JailReader(name, shared, own);
        boolean enabled = reader.isEnabled();
        Optional<JailDefinition> jail = enabled ? reader.read() : Optional.empty();
        problems.addAll(own.all());
        if (!enabled && !own.hasError()) {
            return Optional.empty();
        }
        boolean sound = !own.hasError() && chain.problems().stream().noneMatch(problem -> concerns(problem, name));
        return jail.filter(ignored -> sound).<Jail>map(Jail.Sound::new).or(() -> Optional.of(new Jail.Faulty(name)));
    }

    /** Whether an error in the jails' files may have taken something from the jail. */
    private static boolean concerns(Problem problem, String jail) {
        String section = problem.place().section();
        boolean everybody = section.isEmpty() || section.equals(IniFile.DEFAULT) || section.equals(IniFile.INCLUDES);
        return problem.severity() == Severity.ERROR && (everybody || section.equals(jail));
    }

    private static void checkSpelling(
            Sections sections, List<JailDefinition> jails, List<String> leftOut, Problems problems) {
        Set<String> referred = new HashSet<>();
        List<Map<String, Passage>> all = new ArrayList<>();
        sections.names().forEach(name -> all.add(sections.own(name)));
        all.add(sections.defaults());
        all.forEach(options -> options.values().forEach(value -> addReferences(value.text(), referred)));

        List<Map<String, Passage>> used = new ArrayList<>();
        jails.forEach(jail -> used.add(sections.own(jail.name())));
        leftOut.forEach(name -> used.add(sections.own(name)));
        used.add(sections.defaults());
        used.forEach(options -> options.forEach((option, value) -> {
            if (!referred.contains(option) && !option.endsWith("_")) {
                Spelling.near(option, JailReader.OPTIONS)
                        .ifPresent(meant ->
                                problems.warning(value.place(), "is no option of a jail; did you mean " + meant + "?"));
            }
        }));
    }

    private static void addReferences(String text, Set<String> referred) {
        Matcher reference = REFERENCE.matcher(text);
        while (reference.find()) {
            referred.add(reference.group(1));
        }
    }

    private static void sayWhatStoodIn(Library library, Problems problems) {
        for (Source.BuiltIn substitute : library.stoodIn()) {
            String missing = library.directory().resolve(substitute.name()).toString();
            problems.warning(Place.ofFile(missing), "is not there, so the " + substitute + " is used");
        }
    }
}
