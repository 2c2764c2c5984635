package bailiff.filter;

import bailiff.net.IpAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a match of one failregex yields: its named groups, and those of prefregex that it does not know itself.
 * Immutable.
 */
final class Taking {

    /** A group that may be yielded; {@code inPrefix}: prefregex takes it. */
    private record Source(String name, int number, boolean inPrefix) {}

    /** The groups that say more of a match than whom it blames, and why. */
    private static final Set<String> TELLING = Set.of(Blame.SESSION, "nofail", "mlfgained", "mlfforget", "attempts", Examination.TWICE);

    private final List<Source> sources;
    private final boolean composed;
    private final boolean plain;
    private final String[] names;
    private final List<Source> ids;
    private final List<Source> lengths;

    private Taking(List<Source> sources, boolean composed) {
        this.sources = sources;
        this.composed = composed;
        this.names = sources.stream().map(source -> source.name().intern()).toArray(String[]::new);
        this.ids = Blame.IDS.stream().flatMap(id -> named(id)).toList();
        this.lengths = named(Blame.LENGTH).toList();
        this.plain = !composed && sources.stream().noneMatch(source -> TELLING.contains(source.name()));
    }

    static Taking of(Expression prefregex, Expression failregex) {
        List<Source> sources = new ArrayList<>();
        failregex.groupNumbers().forEach((name, number) -> sources.add(new Source(name, number, false)));
        prefregex.groupNumbers().forEach((name, number) -> {
            if (!failregex.knows(name)) {
                sources.add(new Source(name, number, true));
            }
        });
        sources.removeIf(source -> isOurs(source.name()));
        return new Taking(List.copyOf(sources), prefregex.isComposed() || failregex.isComposed());
    }

    /** Whether every match is one failure, of one line, that belongs to no session. */
    boolean isPlain() {
        return plain;
    }

    /** Whom the line itself blames that the two latest matches took these groups from. */
    Optional<Blame> blame(Find prefix, Find failure, Map<String, String> groups) {
        if (composed) {
            return Blame.of(prefix, failure, groups);
        }
        for (int i = 0; i < ids.size(); i++) {
            Source id = ids.get(i);
            Find find = id.inPrefix() ? prefix : failure;
            int start = find.expression().start(id.number());
            if (start >= 0) {
                int end = find.expression().end(id.number());
                Optional<IpAddress> address = lengths.isEmpty() ? Blame.address(find, start, end) : Optional.empty();
                return Optional.of(Blame.of(id.name(), address, find, start, end, groups));
            }
        }
        return Optional.empty();
    }

    private Stream<Source> named(String name) {
        return sources.stream().filter(source -> source.name().equals(name));
    }

    private static boolean isOurs(String name) {
        return Subject.isContent(name) || Tags.isSkipped(name);
    }

    /** The groups that took part in the two latest matches. */
    Map<String, String> of(Find prefix, Find failure) {
        if (composed) {
            return compose(prefix, failure);
        }
        String[] values = new String[names.length];
        for (int i = 0; i < values.length; i++) {
            Source source = sources.get(i);
            Find find = source.inPrefix() ? prefix : failure;
            int start = find.expression().start(source.number());
            if (start >= 0) {
                values[i] = find.subject().text(start, find.expression().end(source.number()));
            }
        }
        return new TakenGroups(names, values);
    }

    private static Map<String, String> compose(Find prefix, Find failure) {
        Map<String, String> groups = new HashMap<>();
        prefix.expression().groupsInto(groups, prefix.subject());
        groups.keySet().removeIf(failure.expression()::knows);
        failure.expression().groupsInto(groups, failure.subject());
        groups.keySet().removeIf(Taking::isOurs);
        return groups;
    }
}
