package bailiff.config;

import bailiff.filter.FilterDefinition;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code filter.d/NAME} for a jail or for a person who tries it.
 *
 * <p>Not thread-safe: made for one reading of a configuration.
 */
final class FilterReader {

    /** The filter's own options, which a jail may set as well. */
    static final List<String> OPTIONS =
            List.of("failregex", "ignoreregex", "prefregex", "datepattern", "maxlines", "usedns", "journalmatch");

    /** Far more lines than any failure spans; what they hold together is bounded besides. */
    private static final int MOST_LINES = 10_000;

    private static final List<String> USEDNS = List.of("yes", "warn", "no", "raw");

    private final ChainReader chains;
    private final Map<String, ChainReader.Chain> read = new HashMap<>();

    FilterReader(ChainReader chains) {
        this.chains = chains;
    }

    /**
     * A filter that was asked for.
     *
     * @param call its name and arguments
     * @param place where it was asked for
     * @param settings options that the jail sets for it; an argument wins over them
     * @param zone the zone of times that name none
     */
    record Request(Call call, Place place, Map<String, Passage> settings, ZoneId zone) {}

    /** The definition together with its origin. */
    record Read(FilterDefinition definition, FilterOrigin origin) {}

    /** What the filter itself says for each of {@link #OPTIONS}, for {@code %(known/...)s}; without what is wrong. */
    Map<String, Passage> known(Call call) {
        FilterText text = new FilterText(chain(call.name()).sections(), call.arguments());
        Map<String, Passage> known = new LinkedHashMap<>();
        for (String option : OPTIONS) {
            try {
                text.find(option).ifPresent(value -> known.put(option, value));
            } catch (BadValue e) {
                known.remove(option);
            }
        }
        return known;
    }

    /** The filter with everything put in; nothing after an error, which is added to the problems. */
    Optional<Read> read(Request request, Problems problems) {
        String name = request.call().name();
        Problems own = new Problems();
        ChainReader.Chain chain = chain(name);
        own.addAll(chain.problems());
        if (chain.sources().isEmpty()) {
            own.error(request.place(), "no file for the filter " + Quoted.of(name) + ", expected filter.d/NAME.conf");
        } else if (!chain.sections().has("Definition")) {
            own.error(ofFilter(chain), "expected a section [Definition]");
        }
        Optional<Read> read = Optional.empty();
        if (!own.hasError()) {
            try {
                read = Optional.of(define(request, chain, own));
            } catch (BadValue e) {
                own.add(e.problem());
            }
        }
        problems.addAll(own.all());
        return own.hasError() ? Optional.empty() : read;
    }

    private ChainReader.Chain chain(String name) {
        if (!name.matches("[\\w.\\-]{1,100}")) {
            return new ChainReader.Chain(new Sections(), List.of(), List.of());
        }
        return read.computeIfAbsent(name, ignored -> {
            ChainReader.Chain chain = chains.read("filter.d/" + name);
            chain.sections().setDefault("logtype", Passage.of("file", Place.ofFile("")));
            return chain;
        });
    }

    private static Place ofFilter(ChainReader.Chain chain) {
        return Place.ofFile(chain.sources().getLast().toString());
    }

    private Read define(Request request, ChainReader.Chain chain, Problems problems) throws BadValue {
        Map<String, Passage> arguments = new HashMap<>(request.settings());
        arguments.putAll(request.call().arguments());
        FilterText text = new FilterText(chain.sections(), arguments);
        Passage absent = Passage.of("", ofFilter(chain));

        Passage prefregex = text.find("prefregex").orElse(absent);
        Passage datepattern = text.find("datepattern").orElse(absent);
        List<Passage> failregex = text.find("failregex").orElse(absent).lines();
        List<Passage> ignoreregex = text.find("ignoreregex").orElse(absent).lines();
        if (failregex.isEmpty()) {
            problems.error(ofFilter(chain), "has no failregex, so it would find nothing");
        }
        FilterDefinition definition = new FilterDefinition(
                request.call().name(),
                texts(failregex),
                texts(ignoreregex),
                prefregex.text().strip(),
                datepattern.text().strip(),
                request.zone(),
                usedns(text.find("usedns").orElse(absent), problems),
                maxlines(text.find("maxlines").orElse(absent), problems));
        return new Read(
                definition,
                new FilterOrigin(places(failregex), places(ignoreregex), prefregex.place(), datepattern.place()));
    }

    private static int maxlines(Passage value, Problems problems) {
        String read = value.text().strip();
        if (read.isEmpty()) {
            return 1;
        }
        if (!read.matches("[0-9]{1,5}") || Integer.parseInt(read) < 1 || Integer.parseInt(read) > MOST_LINES) {
            problems.error(value.place(), "read " + Quoted.of(read) + ", expected a number from 1 to " + MOST_LINES);
            return 1;
        }
        return Integer.parseInt(read);
    }

    private static String usedns(Passage value, Problems problems) {
        String read = value.text().strip();
        if (read.isEmpty()) {
            return "warn";
        }
        if (!USEDNS.contains(read)) {
            problems.error(value.place(), "read " + Quoted.of(read) + ", expected yes, warn, no or raw");
        } else if (read.equals("yes") || read.equals("raw")) {
            problems.warning(value.place(), "host names in a log are never looked up nor banned: only addresses are");
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
