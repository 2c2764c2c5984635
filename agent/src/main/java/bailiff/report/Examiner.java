package bailiff.report;

import bailiff.filter.Door;
import bailiff.report.Findings.DayRow;
import bailiff.report.Findings.DoorRow;
import bailiff.report.Findings.RuleRow;
import bailiff.report.Findings.Shape;
import bailiff.report.Findings.SourceRow;
import bailiff.report.Findings.UserRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes findings of what was collected. Not thread-safe: for one use. */
public final class Examiner {

    /** With fewer attempts than that nobody needs to be alarmed. */
    static final int FEWEST_ATTEMPTS = 10;

    /** From so many sources on an attack may be called distributed: a family or an office has fewer addresses. */
    private static final int FEWEST_SOURCES = 8;

    /** Sources with so many attempts or fewer are not seen by the classic limits. */
    private static final int FEW = 3;

    private static final int MOST_CULPRITS = 1_000;

    /** In the same second, as a person reads a log; clocks are written in seconds. */
    private static final long SAME = 1_000;

    private static final int FEWEST_REFUSALS = 3;

    private final Chronicle chronicle;
    private final ZoneId zone;
    private final Events events;
    private final Replies replies;
    private final Attacks attacks;
    private final List<BreakIn> breakIns;
    private final List<Event> hostile;
    private final Map<Integer, List<Event>> attackers = new TreeMap<>();

    /* What was refused anyway says nothing of what a limit would have to see: spacing is that of what was served. */
    private final List<Event> counted;
    private final Map<Integer, List<Event>> counting = new TreeMap<>();

    /** For what was collected, with times shown in that zone. */
    public Examiner(Chronicle chronicle, ZoneId zone) {
        this.chronicle = chronicle;
        this.zone = zone;
        this.events = Events.of(chronicle.attempts(), chronicle.sizes(), chronicle.texts());
        this.replies = new Replies(chronicle, events.all());
        this.attacks = Attacks.of(chronicle, events.all(), replies);
        this.breakIns = BreakIns.of(chronicle, events.bySource(), replies, attacks);
        events.bySource().forEach((source, of) -> {
            if (!isLetIn(source, of)) {
                attackers.put(source, of);
            }
        });
        breakIns.forEach(one -> attackers.put(one.source(), events.bySource().getOrDefault(one.source(), List.of())));
        this.hostile = events.all().stream()
                .filter(event -> attackers.containsKey(event.source()))
                .toList();
        boolean enough =
                hostile.stream().filter(Event::isServed).limit(FEWEST_ATTEMPTS).count() == FEWEST_ATTEMPTS;
        this.counted = enough ? hostile.stream().filter(Event::isServed).toList() : hostile;
        counted.forEach(event ->
                counting.computeIfAbsent(event.source(), _ -> new ArrayList<>()).add(event));
    }

    /** Whether a login from there was ever accepted; of what is not laid out, the counts alone tell. */
    private boolean isLetIn(int source, List<Event> of) {
        Sources.Source told = chronicle.sources().get(source);
        return told.isVouched()
                || of.stream().anyMatch(replies::isAccepted)
                || (chronicle.beyond() > 0 && told.successes() > 0);
    }

    /** The findings about those logs. */
    public Findings findings(List<Intake.Log> logs) {
        List<SourceRow> sources = sources();
        Returns returns = Returns.of(counting.values());
        int once = (int) counting.values().stream().filter(of -> of.size() == 1).count();
        return new Findings(
                zone,
                Math.min(
                        chronicle.firstMillis(),
                        hostile.isEmpty() ? Long.MAX_VALUE : hostile.getFirst().millis()),
                Math.max(
                        chronicle.lastMillis(),
                        hostile.isEmpty() ? Long.MIN_VALUE : hostile.getLast().millis()),
                chronicle.requests(),
                shape(returns),
                sources.stream().mapToLong(SourceRow::attempts).sum()
                        + chronicle.sources().beyond(),
                sources.stream().mapToLong(SourceRow::served).sum(),
                sources,
                counting.size(),
                once,
                mainDoor(),
                median(gaps(counted)),
                median(counting.values().stream()
                        .flatMapToLong(of -> Arrays.stream(gaps(of)))
                        .toArray()),
                rules(),
                seenAttempts() * 100 / Math.max(1, counted.size()),
                days(),
                users(),
                doors(),
                hostile.stream().filter(event -> event.logs() > 1).toList(),
                culprits(),
                returns,
                (int) events.bySource().keySet().stream()
                        .filter(source -> !attackers.containsKey(source))
                        .count(),
                attacks.rows(),
                breakIns,
                chronicle,
                events,
                logs);
    }

    private Shape shape(@Nullable Returns returns) {
        long few = counting.values().stream().filter(of -> of.size() <= FEW).count();
        if (hostile.size() < FEWEST_ATTEMPTS) {
            return Shape.QUIET;
        }
        // Each return stands for the row of attempts that follows it: those have to be half of all.
        if (returns != null && returns.times() * 2L * Math.max(1, returns.limit()) >= counted.size()) {
            return Shape.RETURNING;
        }
        boolean seen = seenAttempts() * 4 >= counted.size() * 3L;
        boolean many = counting.size() >= FEWEST_SOURCES && few * 3 >= counting.size();
        return many && !seen ? Shape.DISTRIBUTED : Shape.CONCENTRATED;
    }

    /** Attempts of sources that fail2ban's default sees. */
    private long seenAttempts() {
        Rule usual = Rule.USUAL.getFirst();
        return counting.values().stream()
                .filter(usual::fires)
                .mapToLong(List::size)
                .sum();
    }

    private List<SourceRow> sources() {
        List<SourceRow> rows = new ArrayList<>();
        attackers.forEach((source, of) -> {
            Sources.Source told = chronicle.sources().get(source);
            long attempts = Math.max(told.attempts(), of.size());
            long served =
                    Math.max(told.served(), of.stream().filter(Event::isServed).count());
            rows.add(new SourceRow(
                    told.network(),
                    attempts,
                    served,
                    of.getFirst().millis(),
                    of.getLast().millis(),
                    (int) of.stream()
                            .map(event -> day(event.millis()))
                            .distinct()
                            .count(),
                    median(gaps(of))));
        });
        rows.sort(Comparator.comparingLong(SourceRow::attempts)
                .reversed()
                .thenComparingLong(SourceRow::first)
                .thenComparing(SourceRow::network));
        return rows;
    }

    private Door mainDoor() {
        Map<Door, Integer> counts = new EnumMap<>(Door.class);
        // The classic traps do not tell which door it was; the other logs do.
        counted.stream()
                .map(Event::door)
                .filter(door -> door != Door.OTHER)
                .forEach(door -> counts.merge(door, 1, Integer::sum));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElse(Door.OTHER);
    }

    private List<RuleRow> rules() {
        return Rule.USUAL.stream()
                .map(rule -> new RuleRow(rule, (int)
                        counting.values().stream().filter(rule::fires).count()))
                .toList();
    }

    private List<DayRow> days() {
        TreeMap<LocalDate, Set<Integer>> who = new TreeMap<>();
        Map<LocalDate, Long> count = new HashMap<>();
        for (Event event : hostile) {
            LocalDate day = day(event.millis());
            who.computeIfAbsent(day, _ -> new HashSet<>()).add(event.source());
            count.merge(day, 1L, Long::sum);
        }
        List<DayRow> rows = new ArrayList<>();
        who.forEach((day, of) -> rows.add(new DayRow(day, of.size(), count.getOrDefault(day, 0L))));
        return rows;
    }

    private List<UserRow> users() {
        Map<Integer, Set<Integer>> who = new HashMap<>();
        Map<Integer, Long> count = new HashMap<>();
        for (Event event : hostile) {
            Attempt auth = event.auth();
            if (auth != null && !auth.isAccepted() && auth.text() >= 0) {
                who.computeIfAbsent(auth.text(), _ -> new HashSet<>()).add(event.source());
                count.merge(auth.text(), (long) auth.logins(), Long::sum);
            }
        }
        List<UserRow> rows = new ArrayList<>();
        who.forEach((user, of) ->
                rows.add(new UserRow(chronicle.texts().text(user), of.size(), count.getOrDefault(user, 0L))));
        rows.sort(Comparator.comparingLong(UserRow::attempts).reversed().thenComparing(UserRow::user));
        return rows;
    }

    private List<DoorRow> doors() {
        List<DoorRow> rows = new ArrayList<>();
        chronicle.answers().forEach((door, answers) -> {
            Chronicle.DoorState state = chronicle.states().get(door);
            long served = state == null ? 0 : Math.max(0, state.served());
            long refused = state == null ? 0 : Math.max(0, state.refused());
            rows.add(
                    served > refused
                            ? new DoorRow(door, answers, true, served, 0)
                            : shut(door, answers, served, refused));
        });
        return rows;
    }

    /** Since when a door is shut, as far as the attempts are laid out. */
    private DoorRow shut(Door door, Map<Integer, Long> answers, long served, long refused) {
        long[] since = events.all().stream()
                .filter(event -> event.access() != null && event.door() == door && event.isRefused())
                .mapToLong(Event::millis)
                .filter(millis -> millis >= served)
                .toArray();
        return new DoorRow(door, answers, false, since.length == 0 ? refused : since[0], since.length);
    }

    /** What was answered while the server turned others away: what its owner overlooks among the refusals. */
    private List<Event> culprits() {
        List<Event> found = new ArrayList<>();
        int from = 0;
        int to = 0;
        int refused = 0;
        for (Event event : hostile) {
            while (to < hostile.size() && hostile.get(to).millis() <= event.millis() + SAME) {
                refused += hostile.get(to++).isRefused() ? 1 : 0;
            }
            while (hostile.get(from).millis() < event.millis() - SAME) {
                refused -= hostile.get(from++).isRefused() ? 1 : 0;
            }
            if (refused >= FEWEST_REFUSALS && event.access() != null && event.isServed()) {
                found.add(event);
            }
            if (found.size() >= MOST_CULPRITS) {
                break;
            }
        }
        return found;
    }

    private LocalDate day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate();
    }

    private static long[] gaps(List<Event> of) {
        long[] gaps = new long[Math.max(0, of.size() - 1)];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = of.get(i + 1).millis() - of.get(i).millis();
        }
        return gaps;
    }

    private static long median(long[] of) {
        if (of.length == 0) {
            return -1;
        }
        Arrays.sort(of);
        return of.length % 2 == 1 ? of[of.length / 2] : (of[of.length / 2 - 1] + of[of.length / 2]) / 2;
    }
}
