package bailiff.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code fail2ban.conf} and what belongs to it. */
final class ServerOptionsReader {

    /** What means something there. */
    static final List<String> OPTIONS = List.of(
            "loglevel",
            "logtarget",
            "syslogsocket",
            "socket",
            "pidfile",
            "allowipv6",
            "dbfile",
            "dbmaxmatches",
            "dbpurgeage");

    private static final String THREAD = "Thread";
    private static final String STACKSIZE = "stacksize";

    private ServerOptionsReader() {}

    /** What the files say; what is wrong in them is added to the problems. */
    static ServerOptions read(ChainReader chains, Problems problems) {
        ChainReader.Chain chain = chains.read("fail2ban");
        problems.addAll(chain.problems());
        Map<String, Passage> found = new LinkedHashMap<>();
        Map<String, String> options = new LinkedHashMap<>();
        Map<String, Passage> shield = new LinkedHashMap<>();
        if (chain.sections().has(DefinitionText.DEFINITION)) {
            OPTIONS.forEach(option -> take(chain, DefinitionText.DEFINITION, option, found, problems));
            ShieldOptionsReader.OPTIONS.forEach(
                    option -> take(chain, DefinitionText.DEFINITION, option, shield, problems));
        }
        if (chain.sections().has(THREAD)) {
            take(chain, THREAD, STACKSIZE, found, problems);
        }
        found.forEach((option, value) -> options.put(option, value.text()));
        return new ServerOptions(options, new ShieldOptionsReader(shield, problems).read());
    }

    private static void take(
            ChainReader.Chain chain, String section, String option, Map<String, Passage> into, Problems problems) {
        try {
            Optional<Passage> value = new Percent(chain.sections(), new Percent.Context(section)).find(option);
            value.ifPresent(found -> into.put(option, found));
        } catch (BadValue e) {
            problems.add(e.problem());
        }
    }
}
