package bailiff.evidence.site;

import bailiff.evidence.site.Fingerprint.Grain;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How many new sources make the same request in the same way, and whether people would.
 *
 * <p>Not thread-safe.
 */
final class Fingerprints {

    /*
     * An e-detector (Shin, Ramdas, Rinaldo: E-detectors, a nonparametric framework for sequential change detection,
     * 2023): each new source multiplies the evidence by how much likelier a campaign's source behaves so than an honest
     * one, and evidence below 1 is 1. By Ville's inequality it may be looked at after each source, and passes 1/alpha
     * at most every 1/alpha honest sources on average. Only a source's first attempt counts, so that nobody makes a
     * campaign alone. With time it fades, which only lowers it.
     *
     * A source that an open campaign of a finer grain explains is no evidence for the coarser ones: so an attack that
     * can be told by its User-Agent never makes every attempt at the door suspect.
     */

    /** Fingerprints remembered; a rotating User-Agent fills this with its finest, which are of no use then. */
    private static final int ROOM = 4_096;

    /** Over which the budget of this kind is split. */
    static final int GRAINS = Grain.values().length;

    /** A first attempt that comes to nothing: a campaign's nearly always does, three honest ones in ten. */
    private static final double FAILURE = Math.log(0.999 / 0.3);

    /**
     * What a failure of a program says besides: its password is stored, so of honest ones one in ten fails at first, not
     * three. For programs of the very same name only; those of others say nothing of it.
     */
    private static final double FAILURE_OF_PROGRAM = Math.log(0.3 / 0.1);

    private static final double SUCCESS = Math.log(0.001 / 0.7);

    /** In seconds: two or three releases of a browser. */
    private static final long OF_LATE = 90 * 86_400L;

    private final Recent<Fingerprint, Campaign> known = new Recent<>(ROOM);
    /** Those that were opened and may go on; asked for every few seconds, so that not all suspicions are looked at. */
    private final Map<Fingerprint, Campaign> open = new TreeMap<>();

    private int opened;

    /** A fingerprint holds texts, each as large as several other entries. */
    private static final long WEIGHT = 4;

    long entries() {
        return known.entries().values().stream()
                .mapToLong(campaign -> WEIGHT + campaign.entries())
                .sum();
    }

    void halve() {
        known.halve();
    }

    /** The finest open campaign that this attempt looks like. */
    Optional<Campaign> matching(Attempt attempt, Calibration calibration) {
        Request request = attempt.request();
        boolean isUsual = calibration.isUsual(request.door(), request.conduct());
        for (Grain grain : Grain.values()) {
            Campaign campaign = mayMatch(grain, request, isUsual) ? known.find(Fingerprint.of(grain, request)) : null;
            if (campaign != null
                    && campaign.isOpen(attempt.second())
                    && (tells(request.conduct(), isUsual)
                            || !isOfPeopleToo(campaign, attempt, calibration.sources()))) {
                return Optional.of(campaign);
            }
        }
        return Optional.empty();
    }

    /**
     * Whether people of the site make such requests, or made them with an earlier release of the same browser of late:
     * or else whoever imitates the newest one on the day it comes out has all refused who have it.
     */
    private boolean isOfPeopleToo(Campaign campaign, Attempt attempt, int all) {
        if (campaign.isOfPeopleToo(all)) {
            return true;
        }
        String text = campaign.fingerprint().text();
        int head = text.length() - Fingerprint.agent(attempt.request()).length();
        if (campaign.fingerprint().grain() != Grain.AGENT || head == text.length()) {
            return false;
        }
        String agent = text.substring(head);
        int friends = 0;
        for (Campaign other : known.entries().values()) {
            boolean isLike = other.friends() > 0
                    && other.fingerprint().grain() == Grain.AGENT
                    && attempt.second() - other.last().getEpochSecond() <= OF_LATE
                    && other.fingerprint().text().regionMatches(0, text, 0, head)
                    && Releases.isSameOrLater(agent, other.fingerprint().text().substring(head));
            friends += isLike ? other.friends() : 0;
        }
        return Campaign.areMany(friends, all);
    }

    /**
     * Visitors are never refused for others; of whom nothing is known, or only what people do here too, those with the
     * very same request.
     */
    private static boolean mayMatch(Grain grain, Request request, boolean isUsual) {
        Conduct conduct = request.conduct();
        if (conduct == Conduct.CLIENT) {
            return grain == Grain.AGENT && request.agent().isPresent();
        }
        if (!tells(conduct, isUsual)) {
            boolean known = request.agent().isPresent();
            return known && (grain == Grain.AGENT || (grain == Grain.SHAPE && isOdd(request)));
        }
        return conduct.isCold() && (!request.crowd() || grain == Grain.AGENT);
    }

    /** Whether the conduct alone tells a stranger from people of this site. */
    private static boolean tells(Conduct conduct, boolean isUsual) {
        return conduct == Conduct.BROWSING || (conduct.isCold() && !isUsual);
    }

    /** Whether no browser sends a login form so, and no program calls so. */
    private static boolean isOdd(Request request) {
        return request.door() == Door.LOGIN
                ? request.origin() == Origin.NONE || request.origin() == Origin.ELSEWHERE
                : request.isBrowser() || request.origin() == Origin.DOOR || request.origin() == Origin.ELSEWHERE;
    }

    /**
     * Counts the first attempt of a source.
     *
     * @param bar what opens a campaign now
     */
    void first(Attempt attempt, Calibration calibration, Campaign.Bar bar) {
        Request request = attempt.request();
        double ratio = ratio(attempt, calibration);
        boolean isUsual = calibration.isUsual(request.door(), request.conduct());
        // Whom an open campaign refuses belongs to it: rotating names must not make one attack look like many.
        boolean isOfOne = attempt.login().outcome() == Outcome.SHIELDED
                && matching(attempt, calibration).isPresent();
        for (Grain grain : Grain.values()) {
            Campaign campaign = campaign(grain, attempt);
            double more = grain == Grain.AGENT ? ofProgram(attempt) : 0;
            weigh(campaign, attempt, ratio + more, isOfOne ? bar.closed() : bar);
            campaign.follow(attempt);
            if (grain == Grain.AGENT && mayHaveSucceeded(attempt)) {
                campaign.befriend();
            }
            if (mayMatch(grain, request, isUsual) && campaign.isOpen(attempt.second())) {
                return;
            }
        }
    }

    /** Counts the first success of a source, which speaks for all that is like it. */
    void success(Attempt attempt, Campaign.Bar bar) {
        for (Grain grain : Grain.values()) {
            Campaign campaign = campaign(grain, attempt);
            campaign.befriend();
            weigh(campaign, attempt, SUCCESS, bar);
        }
    }

    /** Follows a further attempt of a source that came to nothing. */
    void further(Attempt attempt, Calibration calibration) {
        matching(attempt, calibration).ifPresent(campaign -> campaign.follow(attempt));
    }

    private static double ratio(Attempt attempt, Calibration calibration) {
        Login login = attempt.login();
        double conduct =
                calibration.ratio(attempt.request().door(), attempt.request().conduct());
        // Of who was refused it is not known whether he would have failed: that alone must not end his campaign.
        return login.outcome() == Outcome.SHIELDED ? Math.max(0, conduct) : conduct + outcome(login);
    }

    /** An access log does not tell whether a program was let in: where it may have been, people may use it. */
    private static boolean mayHaveSucceeded(Attempt attempt) {
        return attempt.request().conduct() == Conduct.CLIENT && attempt.login().outcome() == Outcome.UNKNOWN;
    }

    private static double ofProgram(Attempt attempt) {
        boolean failed = outcome(attempt.login()) > 0;
        return failed && attempt.request().conduct() == Conduct.CLIENT ? FAILURE_OF_PROGRAM : 0;
    }

    private static double outcome(Login login) {
        return switch (login.outcome()) {
            case FAILURE, REFUSED -> FAILURE;
            case SUCCESS, SHIELDED, BROKEN, UNKNOWN -> 0;
        };
    }

    private Campaign campaign(Grain grain, Attempt attempt) {
        return known.of(Fingerprint.of(grain, attempt.request()), key -> new Campaign(key, attempt.time()));
    }

    private void weigh(Campaign campaign, Attempt attempt, double ratio, Campaign.Bar bar) {
        if (campaign.weigh(attempt.time(), ratio, bar)) {
            opened++;
            campaign.open(opened);
            open.put(campaign.fingerprint(), campaign);
            if (open.size() > ROOM) {
                prune(attempt.second());
            }
        }
    }

    /** The campaigns that go on at that moment. */
    List<Campaign> open(long now) {
        prune(now);
        return List.copyOf(open.values());
    }

    /** To look for the open ones keeps them in use: a flood of other requests does not drive them out. */
    private void prune(long now) {
        open.values().removeIf(campaign -> !campaign.isOpen(now) || known.find(campaign.fingerprint()) != campaign);
    }

    /** How many campaigns were opened so far. */
    int opened() {
        return opened;
    }

    @Nullable
    Campaign find(Fingerprint fingerprint) {
        return known.find(fingerprint);
    }

    /**
     * Takes in what another process saw of the same site.
     *
     * @param usual the evidence that opens a campaign in quiet times
     */
    void merge(Fingerprints other, double usual) {
        Set<Door> told = EnumSet.noneOf(Door.class);
        for (Door door : Door.values()) {
            if (isTold(door) || other.isTold(door)) {
                told.add(door);
            }
        }
        other.known.entries().values().forEach(theirs -> {
            Campaign ours = known.of(theirs.fingerprint(), key -> new Campaign(key, theirs.since()));
            boolean isOpen = ours.isOpened() || theirs.isOpened();
            // Before a finer campaign explained its sources, each side counted them for the coarser grains as well.
            boolean fed = ours.fingerprint().grain() != Grain.AGENT && told.contains(doorOf(ours));
            ours.merge(theirs, usual, !fed);
            if (isOpen ? !ours.isOpened() : ours.isDue(usual)) {
                opened++;
                ours.open(opened);
            }
            if (ours.isOpened()) {
                open.put(ours.fingerprint(), ours);
            }
        });
    }

    /** Whether a campaign at that door is told by more than the door. */
    private boolean isTold(Door door) {
        return known.entries().values().stream()
                .anyMatch(campaign ->
                        campaign.fingerprint().grain() != Grain.DOOR && campaign.isOpened() && campaign.isAt(door));
    }

    private static Door doorOf(Campaign campaign) {
        for (Door door : Door.values()) {
            if (campaign.isAt(door)) {
                return door;
            }
        }
        return Door.LOGIN;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(opened);
        Saved.table(out, known, (to, _, campaign) -> campaign.write(to));
    }

    void read(DataInput from) throws IOException {
        opened = from.readInt();
        Saved.table(from, ROOM, in -> {
            Campaign campaign = Campaign.read(in);
            known.put(campaign.fingerprint(), campaign);
            open.put(campaign.fingerprint(), campaign);
        });
    }
}
