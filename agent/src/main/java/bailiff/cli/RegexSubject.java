package bailiff.cli;

import bailiff.config.ConfigReader;
import bailiff.config.FilterReading;
import bailiff.config.Host;
import bailiff.config.JailDefinition;
import bailiff.config.Problem;
import bailiff.control.ControlException;
import bailiff.filter.FilterDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What the command {@code regex} is to try: an expression, a filter by its name or file, or a jail's filter. */
final class RegexSubject {

    private static final Pattern CALL = Pattern.compile("/{0,3}([\\w/\\-.]+)(\\[.*])?", Pattern.DOTALL);
    private static final Pattern ARGUMENT =
            Pattern.compile("([\\w\\-.?]+)\\s*=\\s*(\"[^\"]*\"|'[^']*'|[^,\\]]*)(?:\\s*,|\\s*](?:\\s*\\[)?)");
    private static final int SHOWN = 53;
    private static final String FOLDER = "filter.d";

    private final Path config;
    private final ZoneId zone;
    private final boolean journal;
    private final Consumer<String> out;

    private List<List<String>> journalmatch = List.of();

    /**
     * Tells {@code out} what is used.
     *
     * @param journal whether the lines are the journal's
     */
    RegexSubject(Path config, ZoneId zone, boolean journal, Consumer<String> out) {
        this.config = config;
        this.journal = journal;
        this.zone = zone;
        this.out = out;
    }

    /** The filter that the argument means. */
    FilterDefinition read(String argument) throws ControlException {
        Matcher call = CALL.matcher(argument);
        if (call.matches()) {
            Optional<Path> file = file(call.group(1), argument.startsWith("/"));
            if (file.isPresent()) {
                return filter(file.get(), call.group(2) == null ? "" : call.group(2), argument);
            }
            Optional<FilterDefinition> jail = jail(argument);
            if (jail.isPresent()) {
                return jail.get();
            }
        }
        out.accept(use("failregex", "line", shortened(argument)));
        return new FilterDefinition("regex", List.of(argument), List.of(), "", "", zone, "warn");
    }

    /** Which entries of the journal the subject is for; known when it is read. */
    List<List<String>> journalmatch() {
        return journalmatch;
    }

    private Optional<Path> file(String name, boolean absolute) {
        Path folder = folder().resolve(FOLDER);
        Path start = absolute ? Path.of("/" + name) : name.contains("/") ? Path.of(name) : folder.resolve(name);
        List<Path> candidates = new ArrayList<>(List.of(start));
        if (name.indexOf('.', Math.max(0, name.length() - 6)) < 0) {
            candidates.add(Path.of(start + ".conf"));
            candidates.add(Path.of(start + ".local"));
            candidates.add(folder.resolveSibling(name + ".conf"));
        }
        return candidates.stream().filter(Files::isRegularFile).findFirst();
    }

    private Path folder() {
        Path parent = config.getParent();
        return config.endsWith(FOLDER) && parent != null ? parent : config;
    }

    private FilterDefinition filter(Path file, String arguments, String argument) throws ControlException {
        Path folder = file.toAbsolutePath().getParent();
        Path base = folder == null ? null : folder.getParent();
        if (folder == null || base == null || !folder.endsWith(FOLDER)) {
            throw failed("ERROR: failed to load filter " + argument + ": its file is not in a folder filter.d");
        }
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        boolean ours = folder.equals(folder().resolve(FOLDER).toAbsolutePath());
        out.accept(use("failregex", "filter file", name + ", basedir: " + (ours ? folder() : base)));
        String options = options(arguments);
        if (!options.isEmpty()) {
            out.accept("Use   filter options : " + options);
        }
        ConfigReader reader = ConfigReader.alone(base, host());
        String call = name + arguments;
        return switch (journal ? reader.journalFilter(call) : reader.filter(call)) {
            case FilterReading.Usable usable -> {
                journalmatch = usable.journalmatch();
                yield said(usable.filter(), usable.given().contains("maxlines"));
            }
            case FilterReading.Broken(List<Problem> problems) ->
                throw failed(problems.stream().map(Problem::toString).collect(Collectors.joining("\n", "ERROR: ", ""))
                        + "\nERROR: failed to load filter " + argument);
        };
    }

    private Optional<FilterDefinition> jail(String name) {
        if (!Files.isDirectory(folder())) {
            return Optional.empty();
        }
        Optional<JailDefinition> found = ConfigReader.alone(folder(), host()).read().jails().stream()
                .filter(jail -> jail.name().equals(name))
                .findFirst();
        found.ifPresent(jail -> {
            out.accept(use("jail", "config", name + ", basedir: " + folder()));
            journalmatch = jail.sources().journalmatch();
        });
        return found.map(JailDefinition::filter);
    }

    private FilterDefinition said(FilterDefinition filter, boolean givesMaxlines) {
        if (givesMaxlines) {
            out.accept("Use         maxlines : " + filter.maxlines());
        }
        if (!filter.datepattern().isEmpty()) {
            out.accept(DateForm.used(filter.datepattern()));
        }
        return filter;
    }

    private Host host() {
        return new Host(zone, Host.local().services());
    }

    /** {@code {'mode': 'aggressive'}}, as Python writes it. */
    private static String options(String arguments) {
        Map<String, String> options = arguments(arguments);
        return options.isEmpty()
                ? ""
                : options.entrySet().stream()
                        .map(option -> PythonText.quoted(option.getKey()) + ": " + PythonText.quoted(option.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
    }

    /** What stands in brackets, in its order; of several of a name, the last. */
    static Map<String, String> arguments(String brackets) {
        Map<String, String> arguments = new LinkedHashMap<>();
        Matcher argument = ARGUMENT.matcher(brackets);
        while (argument.find()) {
            arguments.put(argument.group(1), argument.group(2).strip().replaceFirst("^([\"'])(.*)\\1$", "$2"));
        }
        return arguments;
    }

    static String use(String what, String kind, String value) {
        return "Use %11s %s : %s".formatted(what, kind, value);
    }

    static String shortened(String text) {
        return text.codePointCount(0, text.length()) > SHOWN
                ? text.substring(0, text.offsetByCodePoints(0, SHOWN - 3)) + "..."
                : text;
    }

    /** The way in which fail2ban-regex ends on any error. */
    static ControlException failed(String words) {
        return new ControlException(RegexCommand.FAILED, words);
    }
}
