package bailiff.config;

import bailiff.net.Cidr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the services that a jail spares: the files of {@code services.d} that it names, and those that these name.
 *
 * <p>Not thread-safe.
 */
final class ServicesReader {

    private static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /* A name of at least two parts: whoever trusts all of ".com" trusts everybody. */
    private static final Pattern HOST = Pattern.compile("\\.[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}");

    /* Shorter words stand in nearly every line, each of which would have a name server asked. */
    private static final Pattern AGENT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{3,63}");

    /* The largest lists that services publish have some hundred. */
    private static final int MOST_NETWORKS = 10_000;

    /* Each line that somebody fails by is searched for all of them. */
    private static final int MOST_WORDS = 100;

    private final JailOptions options;
    private final Problems problems;
    private final ChainReader chains;
    private final Map<String, List<Cidr>> networks = new LinkedHashMap<>();
    private final List<Crawler> crawlers = new ArrayList<>();

    ServicesReader(JailOptions options, Problems problems, ChainReader chains) {
        this.options = options;
        this.problems = problems;
        this.chains = chains;
    }

    /** Reads them; what is wrong with their files goes to the problems. */
    void read() {
        Set<String> seen = new LinkedHashSet<>();
        for (String name : options.words("services")) {
            options.text("services").ifPresent(value -> read(name, value, seen, true));
        }
    }

    /** The networks of those that are known by their addresses. */
    Map<String, List<Cidr>> networks() {
        return networks;
    }

    /** Those that are known by the names of their addresses. */
    List<Crawler> crawlers() {
        return crawlers;
    }

    /** @param mayName whether the file may name others: one that is named by another may not */
    private void read(String name, Passage asked, Set<String> seen, boolean mayName) {
        if (!seen.add(name)) {
            return;
        }
        ChainReader.Chain chain = SERVICE.matcher(name).matches() ? chains.read("services.d/" + name) : chains.none();
        problems.addAll(chain.problems());
        if (chain.sources().isEmpty()) {
            problems.error(
                    asked.place(), "no file for the service " + Quoted.of(name) + ", expected services.d/NAME.conf");
            networks.put(name, List.of());
            return;
        }
        JailOptions list = new JailOptions(chain.sections(), DefinitionText.DEFINITION, problems);
        Place file = Place.ofFile(chain.sources().getLast().toString());
        List<String> others = mayName ? list.words("services") : List.of();
        for (String other : others) {
            list.text("services").ifPresent(value -> read(other, value, seen, false));
        }
        boolean hosts = hosts(name, list, file);
        addresses(name, list, file, !hosts && others.isEmpty());
    }

    private void addresses(String name, JailOptions list, Place file, boolean needed) {
        List<Cidr> found = new ArrayList<>();
        List<String> words = list.words("addresses");
        for (String word : words) {
            Optional<Cidr> network = Cidr.parse(word);
            network.ifPresent(found::add);
            if (network.isEmpty()) {
                wrong(list, "addresses", file, word, "an address or a network");
            }
        }
        if (needed ? words.isEmpty() || words.size() > MOST_NETWORKS : words.size() > MOST_NETWORKS) {
            problems.error(file, "expected 1 to " + MOST_NETWORKS + " networks as addresses in [Definition]");
        }
        if (needed || !words.isEmpty()) {
            networks.put(name, found);
        }
    }

    /** Whether the file says anything of names. */
    private boolean hosts(String name, JailOptions list, Place file) {
        List<String> hosts = words(list, "hosts", file, HOST, "the end of a host's name, such as .search.example.com");
        List<String> agents = words(list, "agents", file, AGENT, "a word of 4 to 64 letters, digits and ._/-");
        if (hosts.isEmpty() && agents.isEmpty()) {
            return false;
        }
        if (hosts.isEmpty() || agents.isEmpty() || hosts.size() > MOST_WORDS || agents.size() > MOST_WORDS) {
            problems.error(
                    file,
                    "expected both hosts and agents in [Definition], 1 to " + MOST_WORDS + " words each: the ends of"
                            + " its hosts' names, and what its programs call themselves");
        }
        crawlers.add(new Crawler(name, hosts, agents));
        return true;
    }

    private List<String> words(JailOptions list, String option, Place file, Pattern form, String expected) {
        List<String> found = new ArrayList<>();
        for (String word : list.words(option)) {
            if (form.matcher(word).matches()) {
                found.add(word.toLowerCase(Locale.ROOT));
            } else {
                wrong(list, option, file, word, expected);
            }
        }
        return found;
    }

    private void wrong(JailOptions list, String option, Place file, String word, String expected) {
        Place place = list.text(option).map(Passage::place).orElse(file);
        problems.error(place, "read " + Quoted.of(word) + ", expected " + expected);
    }
}
