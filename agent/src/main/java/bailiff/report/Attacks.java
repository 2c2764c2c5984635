package bailiff.report;

import bailiff.evidence.site.Account;
import bailiff.evidence.site.Campaign;
import bailiff.evidence.site.Login;
import bailiff.evidence.site.Outcome;
import bailiff.evidence.site.SiteEvidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which events are of one attack, as the guard's own evidence finds: by what their requests have in common. Not
 * thread-safe.
 */
final class Attacks {

    /*
     * The evidence meets the events in their order, as the guard would have met them. Who came before an attack was known
     * is counted in its sources, but its events are not told to be of it. A campaign is over two weeks after its last
     * source, so all that are open are noted once in a day of the log.
     */

    /** So many are told; who makes more of them makes noise. */
    private static final int MOST = 64;

    private static final long DAY = 86_400_000;

    /** Longer names are no account's. */
    private static final int LONGEST_NAME = 100;

    private final SiteEvidence evidence;
    private final Looks looks;
    private final Texts texts;
    private final Sources sources;
    private final Replies replies;
    private final Map<String, Row> rows = new LinkedHashMap<>();
    /* Two events may be alike: each is itself. */
    private final IdentityHashMap<Event, String> names = new IdentityHashMap<>();

    /**
     * One attack.
     *
     * @param name such as {@code xmlrpc-20160224-3}
     * @param likeness what its requests have in common; hostile
     * @param since when the first attempt came, in milliseconds since 1970
     * @param last when the last one came
     * @param sources how many sources
     * @param attempts how many attempts
     * @param powerOfTen how many times likelier an attack is than none, as a power of ten
     */
    record Row(String name, String likeness, long since, long last, long sources, long attempts, double powerOfTen) {}

    private Attacks(Chronicle chronicle, Replies replies) {
        this.evidence = chronicle.looks().evidence();
        this.looks = chronicle.looks();
        this.texts = chronicle.texts();
        this.sources = chronicle.sources();
        this.replies = replies;
    }

    /** Those among these events, which are in the order of their time; to be asked for once, the evidence remembers. */
    static Attacks of(Chronicle chronicle, List<Event> events, Replies replies) {
        Attacks attacks = new Attacks(chronicle, replies);
        long next = events.isEmpty() ? 0 : events.getFirst().millis() + DAY;
        long before = 0;
        for (Event event : events) {
            if (event.millis() >= next) {
                attacks.note(before);
                next = event.millis() + DAY;
            }
            attacks.meet(event);
            before = event.millis();
        }
        attacks.note(before);
        return attacks;
    }

    private void meet(Event event) {
        Attempt access = event.access();
        Optional<Looks.Look> look = access == null ? Optional.empty() : looks.get(access.look());
        if (access == null || look.isEmpty()) {
            return;
        }
        Outcome outcome = outcome(event, look.get().outcome());
        var attempt = new bailiff.evidence.site.Attempt(
                Instant.ofEpochMilli(event.millis()),
                sources.get(event.source()).network().first(),
                new Login(user(event), Account.UNTOLD, outcome, Math.max(1, access.logins()), false),
                look.get().request());
        evidence.campaign(attempt).ifPresent(campaign -> names.put(event, campaign.name()));
        var _ = evidence.record(attempt);
    }

    private Outcome outcome(Event event, Outcome bySensor) {
        return switch (replies.of(event)) {
            case SUCCESS -> Outcome.SUCCESS;
            case FAILURE -> Outcome.FAILURE;
            case REFUSED -> Outcome.REFUSED;
            case UNKNOWN -> bySensor == Outcome.SUCCESS ? Outcome.UNKNOWN : bySensor;
        };
    }

    private String user(Event event) {
        Attempt auth = event.auth();
        String user = auth == null ? "" : texts.text(auth.text());
        return user.length() <= LONGEST_NAME ? user : "";
    }

    private void note(long millis) {
        for (Campaign campaign : evidence.campaigns(Instant.ofEpochMilli(millis))) {
            if (rows.size() < MOST || rows.containsKey(campaign.name())) {
                rows.put(campaign.name(), row(campaign));
            }
        }
    }

    private static Row row(Campaign campaign) {
        return new Row(
                campaign.name(),
                campaign.likeness(),
                campaign.since().toEpochMilli(),
                campaign.last().toEpochMilli(),
                campaign.sources(),
                campaign.attempts(),
                campaign.powerOfTen());
    }

    /** The attacks, that of the most sources first. */
    List<Row> rows() {
        List<Row> all = new ArrayList<>(rows.values());
        all.sort(Comparator.comparingLong(Row::sources).reversed().thenComparing(Row::name));
        return all;
    }

    /** The name of the attack that an event is of; empty where it is of none that was known by then. */
    String nameOf(Event event) {
        return names.getOrDefault(event, "");
    }
}
