package bailiff.config;

import bailiff.filter.FilterDefinition;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code filter.d/NAME} for a jail or for a person who tries it.
 *
 * <p>Not thread-safe: made for one reading of a configuration.
 */
final class FilterReader {

    /** The filter's own options, which a jail may set as well, in fail2ban's order. */
    static final List<String> OPTIONS = List.of(
            "usedns", "prefregex", "ignoreregex", "failregex", "maxlines", "datepattern", "journalmatch", "requests",
            "successregex");

    /** Far more lines than any failure spans; what they hold together is bounded besides. */
    static final int MOST_LINES = 10_000;

    private static final List<String> REQUESTS = List.of("logged", "decoded");
    private static final List<String> USEDNS = List.of("yes", "warn", "no", "raw");

    private final ChainReader chains;
    private final Map<String, ChainReader.Chain> read = new HashMap<>();

    FilterReader(ChainReader chains) {
        this.chains = chains;
    }

    /** The definition together with its origin. */
    record Read(FilterDefinition definition, FilterOrigin origin) {}

    /** A filter whose files were read without an error. */
    static final class Loaded {

        private final String name;
        private final Place file;
        private final DefinitionText text;

        private Loaded(String name, Place file, DefinitionText text) {
            this.name = name;
            this.file = file;
            this.text = text;
        }

        /** What the filter itself says, for {@code %(known/...)s} in the jail, when this is known of the jail so far. */
        Map<String, Passage> known(Map<String, Passage> jail) throws BadValue {
            text.read(jail, true);
            Map<String, Passage> known = new LinkedHashMap<>();
            text.combined(Set.of()).forEach((option, value) -> {
                if (!option.startsWith("known/")) {
                    known.put("known/" + option, value);
                }
            });
            return known;
        }

        /** The filter's options in this jail. Asked after {@link #known}. */
        FilterOptions options(Map<String, Passage> jail) throws BadValue {
            text.read(jail, false);
            return new FilterOptions(text.combined(Set.of()), jail);
        }
    }

    /**
     * The filter's files; nothing after an error, which is added to the problems.
     *
     * @param place where it was asked for
     * @param backend what the jail reads, in fail2ban's words
     */
    Optional<Loaded> load(Call call, Place place, String backend, Problems problems) {
        Problems own = new Problems();
        ChainReader.Chain chain = chain(call.name());
        own.addAll(chain.problems());
        if (chain.sources().isEmpty()) {
            own.error(place, "no file for the filter " + Quoted.of(call.name()) + ", expected filter.d/NAME.conf");
        } else if (!chain.sections().has(DefinitionText.DEFINITION)) {
            own.error(ofFilter(chain), "expected a section [Definition]");
        }
        problems.addAll(own.all());
        if (own.hasError()) {
            return Optional.empty();
        }
        Map<String, Passage> arguments = new LinkedHashMap<>(call.arguments());
        Passage logtype = arguments.get("logtype");
        boolean typed = logtype != null && !logtype.text().isEmpty();
        if (!typed && !chain.sections().own(DefinitionText.DEFINITION).containsKey("logtype")) {
            arguments.put("logtype", Passage.of(backend.startsWith("systemd") ? "journal" : "file", place));
        }
        DefinitionText text = new DefinitionText(chain.sections(), OPTIONS, arguments);
        return Optional.of(new Loaded(call.name(), ofFilter(chain), text));
    }

    private ChainReader.Chain chain(String name) {
        if (!name.matches("[\\w.\\-]{1,100}")) {
            return chains.none();
        }
        return read.computeIfAbsent(name, _ -> chains.read("filter.d/" + name));
    }

    private static Place ofFilter(ChainReader.Chain chain) {
        return Place.ofFile(chain.sources().getLast().toString());
    }

    /** The filter as it works, for times in that zone that name none; what is wrong is added to the problems. */
    static Read define(Loaded filter, FilterOptions options, ZoneId zone, Problems problems) {
        Passage absent = Passage.of("", filter.file);
        List<Passage> failregex = options.several("failregex");
        List<Passage> ignoreregex = options.several("ignoreregex");
        List<Passage> successregex = options.several("successregex");
        if (failregex.isEmpty()) {
            problems.error(filter.file, "has no failregex, so it would find nothing");
        }
        Passage prefregex = options.one("prefregex", absent);
        Passage datepattern = options.one("datepattern", absent);
        FilterDefinition definition = new FilterDefinition(
                filter.name,
                texts(failregex),
                texts(ignoreregex),
                prefregex.text(),
                datepattern.text(),
                zone,
                usedns(options.one("usedns", absent), problems),
                maxlines(options.one("maxlines", absent), problems),
                decodes(options.one("requests", absent), problems),
                texts(successregex));
        return new Read(
                definition,
                new FilterOrigin(
                        places(failregex), places(ignoreregex), places(successregex), prefregex.place(), datepattern.place()));
    }

    /** Bailiff's own option; fail2ban passes it over. */
    private static boolean decodes(Passage value, Problems problems) {
        String read = value.text().strip();
        if (!read.isEmpty() && !REQUESTS.contains(read)) {
            problems.error(value.place(), "read " + Quoted.of(read) + ", expected logged or decoded");
        }
        return read.equals("decoded");
    }

    private static int maxlines(Passage value, Problems problems) {
        String read = value.text().strip();
        if (read.isEmpty()) {
            return 1;
        }
        int lines = read.matches("[0-9]{1,9}") ? Integer.parseInt(read) : 0;
        if (lines < 1 || lines > MOST_LINES) {
            problems.error(value.place(), "read " + Quoted.of(read) + ", expected a number from 1 to " + MOST_LINES);
            return 1;
        }
        return lines;
    }

    private static String usedns(Passage value, Problems problems) {
        String read = value.text().strip();
        if (read.isEmpty()) {
            return "warn";
        }
        if (!USEDNS.contains(read)) {
            problems.error(value.place(), "read " + Quoted.of(read) + ", expected yes, warn, no or raw");
        }
        return read;
    }

    private static List<String> texts(List<Passage> lines) {
        return lines.stream().map(Passage::text).toList();
    }

    private static List<Place> places(List<Passage> lines) {
        return lines.stream().map(Passage::place).toList();
    }
}
