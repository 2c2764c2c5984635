package bailiff.action;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An action as its file and its jail describe it: what to run when.
 *
 * @param label by which the jail's actions are told apart
 * @param properties its commands and tags by option, some of them for one family only ({@code chain?family=inet6});
 *     from the configuration, so trusted
 */
public record ActionScript(String label, Map<String, String> properties) {

    /** How long a command may take where its action does not say. */
    static final Duration USUAL_TIMEOUT = Duration.ofSeconds(60);

    /* A command that never ends would hold up its jail's actions; an hour is long enough for any that does end. */
    private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

    /** Characters of a command: Linux takes 128 KiB as one argument. */
    static final int LONGEST_COMMAND = 100_000;

    /* fail2ban gives up after as many replacements of one tag; ours are passes over the whole text. */
    private static final int MOST_PASSES = 25;
    private static final Pattern TAG = Pattern.compile("<([^ <>]+)>");
    private static final Pattern CONDITIONAL = Pattern.compile("\\w+\\?family=.*");
    /* Single quotes keep the tag's variable for the second shell to look up. Bounded, since a file may be one long line. */
    private static final Pattern SECOND_SHELL = Pattern.compile(
            "(?:^|[\\s;|&(`])(?:eval|ssh|su|(?:/[\\w/]{1,99})?(?:ba|da|k|z)?sh\\s+-\\w{0,9}c)\\s[^\\n'\";|&]{0,999}"
                    + "(?:\"[^\"\\n]{0,999})?<(?:matches|ipmatches|ipjailmatches|ip-host|raw-ticket|F-[A-Z0-9_\\-]+)>");

    private static final Set<String> TRUE = Set.of("1", "on", "true", "yes");

    /* Known only when somebody is banned, and not by a tag of the file that happens to have the name. */
    private static final Set<String> DYNAMIC = Set.of("matches", "ipmatches", "ipjailmatches", "bantime");

    public ActionScript {
        properties = Collections.unmodifiableMap(new LinkedHashMap<>(properties));
    }

    /** Whether its file has anything for one family only; then it is started for each family by itself. */
    boolean isConditional() {
        return properties.keySet().stream()
                .anyMatch(name -> CONDITIONAL.matcher(name).matches());
    }

    /** The families that it is started for when it starts before any ban; the empty one stands for all. */
    List<String> families(boolean ipv6) {
        if (!isConditional()) {
            return List.of("");
        }
        return ipv6 ? List.of("inet4", "inet6") : List.of("inet4");
    }

    /** Whether it starts with the first ban of a family, rather than with its jail. */
    boolean startsOnDemand() {
        String value = properties.get("actionstart_on_demand");
        return value == null ? isConditional() : isTrue(value);
    }

    /** Whether it leaves alone the bans of an earlier run. */
    boolean skipsRestored() {
        return isTrue(properties.getOrDefault("norestored", ""));
    }

    /** Whether it mends its surroundings also for an unban. */
    boolean repairsOnUnban() {
        return isTrue(properties.getOrDefault("actionrepair_on_unban", ""));
    }

    private static boolean isTrue(String value) {
        return TRUE.contains(value.strip().toLowerCase(Locale.ROOT));
    }

    /** How long one of its commands may take; the file's value in whole seconds, at most an hour. */
    Duration timeout() {
        String value = properties.getOrDefault("timeout", "").strip();
        if (!value.matches("\\d{1,9}(?:\\.\\d+)?") || Double.parseDouble(value) < 1) {
            return USUAL_TIMEOUT;
        }
        Duration timeout = Duration.ofSeconds((long) Double.parseDouble(value));
        return timeout.compareTo(LONGEST_TIMEOUT) > 0 ? LONGEST_TIMEOUT : timeout;
    }

    /** Whether the operation has a command for any family. */
    boolean has(Operation operation) {
        return !properties.getOrDefault(operation.option(), "").isBlank()
                || properties.keySet().stream().anyMatch(name -> name.startsWith(operation.option() + "?family="));
    }

    /**
     * The operation's command with every tag of the file put in; those that are known only at a ban still stand in it.
     * Empty where there is nothing to run.
     *
     * @param family {@code inet4}, {@code inet6}, or empty for none
     * @throws ActionException when the tags refer to themselves, or the command becomes too long
     */
    String command(Operation operation, String family) throws ActionException {
        String text = value(operation.option(), family).orElse("");
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            String next = replaced(text, family);
            if (next.equals(text)) {
                return text.strip();
            }
            if (next.length() > LONGEST_COMMAND) {
                throw new ActionException(operation.option() + " is longer than " + LONGEST_COMMAND + " characters");
            }
            text = next;
        }
        throw new ActionException(operation.option() + " has tags that refer to themselves");
    }

    private String replaced(String text, String family) {
        Matcher tags = TAG.matcher(text);
        StringBuilder result = new StringBuilder();
        while (tags.find() && result.length() <= LONGEST_COMMAND) {
            String tag = tags.group(1);
            String value = DYNAMIC.contains(tag)
                    ? tags.group()
                    : value(tag, family).orElseGet(() -> written(tag).orElse(tags.group()));
            tags.appendReplacement(result, Matcher.quoteReplacement(value));
        }
        return tags.appendTail(result).toString();
    }

    /** What is dangerous in its commands: a sentence's end each, for a person. */
    public List<String> warnings() {
        return properties.entrySet().stream()
                .filter(property -> property.getKey().startsWith("action"))
                .flatMap(property -> warning(property.getKey(), property.getValue()).stream())
                .toList();
    }

    /** What is dangerous in a command of that name: a sentence's end, for a person. */
    public static Optional<String> warning(String name, String command) {
        return SECOND_SHELL.matcher(command).find()
                ? Optional.of(name + " hands what an attacker may have written to a second shell, which reads it as"
                        + " commands; single quotes around it prevent that")
                : Optional.empty();
    }

    private Optional<String> value(String name, String family) {
        String special = family.isEmpty() ? null : properties.get(name + "?family=" + family);
        return Optional.ofNullable(special == null ? properties.get(name) : special);
    }

    /** Tags that stand for characters which a configuration cannot hold. */
    private static Optional<String> written(String tag) {
        return switch (tag) {
            case "br" -> Optional.of("\n");
            case "sp" -> Optional.of(" ");
            default -> Optional.empty();
        };
    }
}
