package bailiff.guard;

import bailiff.action.ActionScript;
import bailiff.config.Configuration;
import bailiff.config.EvidenceOptions;
import bailiff.config.FilterOrigin;
import bailiff.config.JailDefinition;
import bailiff.config.Place;
import bailiff.config.Problem;
import bailiff.config.ServerOptions;
import bailiff.config.Severity;
import bailiff.evidence.Limits;
import bailiff.filter.Filter;
import bailiff.filter.RegexException;
import bailiff.source.Encoding;
import bailiff.source.JournalSource;
import bailiff.source.LogPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a configuration comes to: the jails that can run, their expressions compiled, and everything that is wrong.
 *
 * @param jails the jails that can run, in the order of the files
 * @param leftOut the names of the enabled jails that cannot
 * @param problems all of them, each with its place
 * @param directory where the configuration was read
 * @param server what {@code fail2ban.conf} says
 * @param faults the errors that keep each jail of {@code leftOut} from running, by its name
 */
public record Plan(
        List<Compiled> jails,
        List<String> leftOut,
        List<Problem> problems,
        Path directory,
        ServerOptions server,
        Map<String, List<Problem>> faults) {

    /** The name of the jail for bans by hand, which no jail of the configuration may have. */
    public static final String BY_HAND = "manual";

    private static final Pattern NAMED =
            Pattern.compile("(failregex|ignoreregex|successregex|datepattern) ([0-9]{1,6}) ");

    /** By what an expression is known that takes the name of a site. */
    private static final List<String> SITE = List.of("<F-SITE>", "(?P<site>");

    /** A jail and its compiled filter; the filter belongs to whoever runs the jail, one thread. */
    public record Compiled(JailDefinition definition, Filter filter) {

        /** The logs to follow, as {@link bailiff.source} takes them. */
        public List<LogPath> logs() {
            return Followers.logs(definition.sources());
        }

        /** The journal's entries to follow, where the jail reads the journal. */
        public JournalSource journal() {
            return Followers.journal(definition.sources());
        }

        /** The encoding of its logs. */
        public Encoding encoding() {
            return Encoding.of(definition.sources().encoding()).orElse(Encoding.UTF_8);
        }

        /** The labels of the actions whose commands are run, in their order. */
        public List<String> scripts() {
            return ScriptedJail.scripts(definition).stream()
                    .map(ActionScript::label)
                    .toList();
        }

        /** Whether the guard closes the jail's ports by itself, whatever its actions do. */
        public boolean isEnforcedNatively() {
            return ScriptedJail.isEnforcedNatively(definition);
        }

        /** Whether whom it bans is neither shut out nor told to any command. */
        public boolean hasNoEffect() {
            return ScriptedJail.hasNoEffect(definition);
        }

        /**
         * What becomes of what its lines tell of a site: nothing where they name none, and where bans are to be those of
         * fail2ban.
         */
        public EvidenceOptions evidence() {
            boolean tells = definition.evidence().use() == EvidenceOptions.Use.ACCESS
                    || definition.filter().failregex().stream()
                            .anyMatch(regex -> SITE.stream().anyMatch(regex::contains));
            return tells && !definition.limits().counting().isByRate() ? definition.evidence() : EvidenceOptions.OFF;
        }

        Limits limits() {
            var configured = definition.limits();
            // fail2ban's counter knows no successes.
            boolean credit = configured.credit()
                    && definition.filter().knowsSuccess()
                    && !configured.counting().isByRate();
            return new Limits(
                    configured.maxretry(),
                    configured.findtime(),
                    configured.ipv6Prefix(),
                    configured.counting(),
                    credit);
        }
    }

    /** Compiles every jail's expressions. */
    public static Plan of(Configuration configuration) {
        List<Compiled> jails = new ArrayList<>();
        Map<String, List<Problem>> faults = new LinkedHashMap<>(configuration.faults());
        List<Problem> problems = new ArrayList<>(configuration.problems());
        for (JailDefinition definition : configuration.jails()) {
            List<Problem> found = compile(definition, jails);
            problems.addAll(found);
            if (hasErrors(found)) {
                faults.put(
                        definition.name(), found.stream().filter(Plan::isError).toList());
            }
        }
        return new Plan(
                List.copyOf(jails),
                List.copyOf(faults.keySet()),
                List.copyOf(problems),
                configuration.directory(),
                configuration.server(),
                Collections.unmodifiableMap(faults));
    }

    /** Adds the jail, unless one of the problems that it gives is an error. */
    private static List<Problem> compile(JailDefinition definition, List<Compiled> jails) {
        if (definition.name().equals(BY_HAND)) {
            Place place = new Place("", 0, BY_HAND, "");
            return List.of(Problem.error(place, "this name is kept for bans by hand; expected another"));
        }
        var unreadable = Followers.problem(definition.sources());
        if (unreadable.isPresent()) {
            Place place = new Place("", 0, definition.name(), unreadable.get().getKey());
            return List.of(Problem.error(place, unreadable.get().getValue()));
        }
        try {
            Filter filter = Filter.compile(definition.filter());
            jails.add(new Compiled(definition, filter));
            List<Problem> warnings = new ArrayList<>(ScriptedJail.warnings(definition));
            filter.warnings()
                    .forEach(warning -> warnings.add(Problem.warning(place(warning, definition.origin()), warning)));
            return warnings;
        } catch (RegexException e) {
            return problems(e, definition.origin());
        }
    }

    /** Where the expression stands that a filter's warning names first; the filter's file where it names none. */
    private static Place place(String warning, FilterOrigin origin) {
        Matcher named = NAMED.matcher(warning);
        if (!named.lookingAt()) {
            return origin.prefregex();
        }
        List<Place> places = switch (named.group(1)) {
            case "failregex" -> origin.failregex();
            case "ignoreregex" -> origin.ignoreregex();
            case "successregex" -> origin.successregex();
            default -> List.of();
        };
        int index = Integer.parseInt(named.group(2));
        return index < places.size() ? places.get(index) : origin.datepattern();
    }

    /** The bad expression and the further ones that hang on it, each where it was written. */
    public static List<Problem> problems(RegexException exception, FilterOrigin origin) {
        List<Problem> problems = new ArrayList<>();
        problems.add(problem(exception, origin));
        for (Throwable further : exception.getSuppressed()) {
            if (further instanceof RegexException regex) {
                problems.add(problem(regex, origin));
            }
        }
        return problems;
    }

    /** What is wrong with the expression and the further ones, a line each. */
    public static String messages(RegexException exception) {
        StringBuilder messages = new StringBuilder(String.valueOf(exception.getMessage()));
        for (Throwable further : exception.getSuppressed()) {
            messages.append('\n').append(further.getMessage());
        }
        return messages.toString();
    }

    private static Problem problem(RegexException exception, FilterOrigin origin) {
        Place place = switch (exception.option()) {
            case FAILREGEX -> origin.failregex().get(exception.index());
            case IGNOREREGEX -> origin.ignoreregex().get(exception.index());
            case SUCCESSREGEX -> origin.successregex().get(exception.index());
            case PREFREGEX -> origin.prefregex();
            case DATEPATTERN -> origin.datepattern();
        };
        return Problem.error(place, String.valueOf(exception.getMessage()));
    }

    /** Whether something has to be mended before all of it runs. */
    public boolean hasErrors() {
        return hasErrors(problems);
    }

    private static boolean hasErrors(List<Problem> problems) {
        return problems.stream().anyMatch(Plan::isError);
    }

    private static boolean isError(Problem problem) {
        return problem.severity() == Severity.ERROR;
    }

    /**
     * Whether something could not be read that may concern any jail, so that one that is missing here was not
     * necessarily taken out by anybody.
     */
    boolean isUncertain() {
        return problems.stream()
                .filter(Plan::isError)
                .map(problem -> problem.place().section())
                .anyMatch(section -> section.isEmpty() || section.equals("DEFAULT") || section.equals("INCLUDES"));
    }

    /**
     * Whether a jail of that name that is not among {@link #jails} may be meant to run all the same: it has a fault, or
     * something could not be read that may have told of it. If it runs, it goes on with its old rules.
     */
    boolean mayStillMean(String name) {
        return faults.containsKey(name) || isUncertain();
    }

    /** Whether there is nothing that could run, now or when it is mended. */
    boolean isHopeless() {
        return jails.isEmpty() && faults.isEmpty();
    }
}
