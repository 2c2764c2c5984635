package bailiff.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Puts values into values where they say {@code %(option)s}.
 *
 * <p>Made for one section; not thread-safe.
 */
final class Percent {

    /*
     * What is put in is itself interpolated, in the section of the value that asked first. Hostile files: a value
     * refers to at most DEEPEST values in a row, at most MOST are put into one value, and it grows to at most LONGEST
     * characters; each bound ends in a BadValue.
     */
    static final int DEEPEST = 20;
    static final int MOST = 5_000;
    static final int LONGEST = 1 << 20;

    private final Sections sections;
    private final Context context;
    private int left = MOST;

    /**
     * Whose view of the values is taken.
     *
     * @param section the section of the values
     * @param arguments what is put in as it is and wins over every option
     * @param known what {@code %(known/option)s} is, as it is, before the overwritten values
     */
    record Context(String section, Map<String, Passage> arguments, Map<String, Passage> known) {
        Context(String section) {
            this(section, Map.of(), Map.of());
        }
    }

    Percent(Sections sections, Context context) {
        this.sections = sections;
        this.context = context;
    }

    /** The option's value with everything put in; an absent option reads as empty. */
    Passage value(String option) throws BadValue {
        return find(option).orElse(Passage.of("", new Place("", 0, context.section(), option)));
    }

    /** The option's value with everything put in; nothing where no file sets it. */
    Optional<Passage> find(String option) throws BadValue {
        Passage argument = context.arguments().get(option);
        if (argument != null) {
            return Optional.of(argument);
        }
        Optional<Passage> raw = sections.find(context.section(), option);
        return raw.isEmpty() ? raw : Optional.of(expand(raw.get()));
    }

    /** A value as written, with everything put in. */
    Passage expand(Passage raw) throws BadValue {
        left = MOST;
        if (raw.text().indexOf('%') < 0) {
            return raw;
        }
        Passage.Builder into = new Passage.Builder(raw.place());
        expand(raw, 0, raw.place(), into);
        return into.build();
    }

    private void expand(Passage raw, int depth, Place asker, Passage.Builder into) throws BadValue {
        String text = raw.text();
        int done = 0;
        for (int at = text.indexOf('%'); at >= 0; at = text.indexOf('%', done)) {
            into.append(raw, done, at, depth);
            if (text.startsWith("%%", at)) {
                into.append(raw, at, at + 1, depth);
                done = at + 2;
            } else {
                int end = text.indexOf(")s", at);
                if (!text.startsWith("%(", at)
                        || end < 0
                        || text.substring(at, end).indexOf(')') >= 0) {
                    String rest = text.substring(at, Math.min(text.length(), at + 12));
                    throw new BadValue(asker, "read " + Quoted.of(rest) + ", expected %(option)s or %%");
                }
                put(text.substring(at + 2, end), depth + 1, asker, into);
                done = end + 2;
            }
        }
        into.append(raw, done, text.length(), depth);
    }

    private void put(String name, int depth, Place asker, Passage.Builder into) throws BadValue {
        left--;
        if (left < 0 || depth > DEEPEST) {
            throw new BadValue(asker, "refers to itself, or to too many values: gave up at " + Quoted.of(name));
        }
        Optional<Passage> verbatim = verbatim(name);
        if (verbatim.isPresent()) {
            into.append(verbatim.get(), depth);
        } else {
            expand(raw(name).orElseThrow(() -> missing(asker, name)), depth, asker, into);
        }
        if (into.length() > LONGEST) {
            throw new BadValue(asker, "grows beyond " + LONGEST + " characters when values are put in");
        }
    }

    private BadValue missing(Place asker, String name) {
        String where = name.contains("/") ? "there" : "in [" + context.section() + "] or [DEFAULT]";
        return new BadValue(asker, Quoted.of("%(" + name + ")s") + " names an option that is not set " + where);
    }

    private Optional<Passage> verbatim(String name) {
        if (name.equals("__name__")) {
            return Optional.of(Passage.of(context.section(), new Place("", 0, context.section(), "")));
        }
        if (name.toLowerCase(Locale.ROOT).startsWith("known/")) {
            return Optional.ofNullable(context.known().get(option(name)));
        }
        return Optional.ofNullable(context.arguments().get(name.toLowerCase(Locale.ROOT)));
    }

    private Optional<Passage> raw(String name) {
        int slash = name.indexOf('/');
        String option = option(name);
        if (slash < 0) {
            return sections.find(context.section(), option);
        }
        String section = name.substring(0, slash);
        Optional<Passage> byDefault = Optional.ofNullable(sections.defaults().get(option));
        return switch (section.toLowerCase(Locale.ROOT)) {
            case "default" -> byDefault;
            case "known" -> sections.known(context.section(), option).or(() -> byDefault);
            default -> sections.has(section) ? sections.find(section, option) : Optional.empty();
        };
    }

    private static String option(String name) {
        return name.substring(name.indexOf('/') + 1).toLowerCase(Locale.ROOT);
    }
}
