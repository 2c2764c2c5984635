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
     * What is put in is itself interpolated, in the section of the value that asked first. A name is looked for among
     * what the caller gives, in the section, among what it gives beneath, and in the defaults; then, when it has a
     * slash, in the section before the slash. Names are compared in small letters, so that nothing with a capital in it
     * can be named with a slash: that is fail2ban's doing. Hostile files: a value refers to at most DEEPEST values in a
     * row, at most MOST are put into one value, and it grows to at most LONGEST characters; each bound ends in a
     * BadValue. All values of a reading share the Effort.
     */
    static final int DEEPEST = 10;
    static final int MOST = 5_000;
    static final int LONGEST = 1 << 20;

    private final Sections sections;
    private final Context context;
    private int left = MOST;

    /**
     * Whose view of the values is taken.
     *
     * @param section the section of the values
     * @param above what wins over every option, by name in small letters
     * @param beneath what is taken where the section does not set it, before the defaults
     */
    record Context(String section, Map<String, Passage> above, Map<String, Passage> beneath) {
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

    /** The option's value with everything put in; nothing where nothing sets it. */
    Optional<Passage> find(String option) throws BadValue {
        Optional<Passage> raw = own(option.toLowerCase(Locale.ROOT));
        return raw.isEmpty() ? raw : Optional.of(expand(raw.get()));
    }

    private Passage expand(Passage raw) throws BadValue {
        if (raw.text().indexOf('%') < 0) {
            return raw;
        }
        left = MOST;
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
                int end = text.startsWith("%(", at) ? text.indexOf(')', at) : -1;
                if (end <= at + 2 || !text.startsWith(")s", end)) {
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
        Passage value = referred(name).orElseThrow(() -> missing(asker, name));
        boolean plain = value.text().indexOf('%') < 0;
        left--;
        if (left < 0 || (depth >= DEEPEST && !plain)) {
            throw new BadValue(asker, "refers to itself, or to too many values: gave up at " + Quoted.of(name));
        }
        sections.effort().spend(value.text().length(), asker);
        if (plain) {
            into.append(value, depth);
        } else {
            expand(value, depth, asker, into);
        }
        if (into.length() > LONGEST) {
            throw new BadValue(asker, "grows beyond " + LONGEST + " characters when values are put in");
        }
    }

    private BadValue missing(Place asker, String name) {
        String where = name.contains("/") ? "there" : "in [" + context.section() + "] or [DEFAULT]";
        return new BadValue(asker, Quoted.of("%(" + name + ")s") + " names an option that is not set " + where);
    }

    private Optional<Passage> referred(String name) {
        if (name.equals("__name__")) {
            return Optional.of(Passage.of(context.section(), new Place("", 0, context.section(), "")));
        }
        String lowered = name.toLowerCase(Locale.ROOT);
        Optional<Passage> own = own(lowered);
        int slash = name.equals(lowered) ? name.indexOf('/') : -1;
        return own.isPresent() || slash <= 0 ? own : elsewhere(name.substring(0, slash), name.substring(slash + 1));
    }

    private Optional<Passage> own(String name) {
        Passage value = context.above().get(name);
        if (value == null) {
            value = sections.own(context.section()).get(name);
        }
        if (value == null) {
            value = context.beneath().get(name);
        }
        return Optional.ofNullable(value != null ? value : sections.defaults().get(name));
    }

    private Optional<Passage> elsewhere(String section, String option) {
        Passage named = switch (section) {
            case "default" -> null;
            case "known" -> sections.own(Sections.KNOWN + context.section()).get(option);
            default -> sections.own(section).get(option);
        };
        boolean there = section.equals("default") || section.equals("known") || sections.has(section);
        return named == null && there
                ? Optional.ofNullable(sections.defaults().get(option))
                : Optional.ofNullable(named);
    }
}
