package bailiff.guard;

import bailiff.evidence.site.CampaignNews;
import bailiff.ledger.CampaignRecord;
import bailiff.ledger.Ledger;
import bailiff.ledger.LedgerException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows attacks by many addresses: tells listeners when one begins and when it is over, and has them written down.
 *
 * <p>The evidence itself knows what goes on now; this compares it with what went on when it was looked at last, so a
 * campaign that goes on over a restart is neither announced again nor forgotten. Safe for any thread.
 */
final class Campaigns {

    /** Campaigns followed at once; what opens beyond them works, but is not announced and not written down. */
    static final int MOST = 256;

    /** How often what an open campaign has come to is written down, while it grows. */
    static final Duration WRITE_EVERY = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger("bailiff.guard");

    /** What no two campaigns have alike. */
    private record Key(String site, String name) {

        static Key of(CampaignNews news) {
            return new Key(news.site(), news.name());
        }
    }

    private final Ledger ledger;
    private final GuardListener listener;
    private final InstantSource clock;
    private final Runnable nudge;
    private final Map<Key, CampaignNews> known = new LinkedHashMap<>();
    private final Map<Key, CampaignRecord> unwritten = new LinkedHashMap<>();
    private boolean remembers;
    private Instant written = Instant.MIN;
    private volatile CampaignBook book = CampaignBook.EMPTY;
    private volatile boolean hurried;

    /**
     * Follows nothing yet.
     *
     * @param nudge ends the pause of the thread that calls {@link #followInAHurry}
     */
    Campaigns(Ledger ledger, GuardListener listener, InstantSource clock, Runnable nudge) {
        this.ledger = ledger;
        this.listener = listener;
        this.clock = clock;
        this.nudge = nudge;
    }

    /** What is known comes from there, from now on. */
    void read(CampaignBook source) {
        book = source;
    }

    /** What is known now. */
    CampaignBook book() {
        return book;
    }

    /** A campaign has just begun, or ended: whoever looks after this is not to wait for his next round. */
    void hurry() {
        hurried = true;
        nudge.run();
    }

    /** {@link #follow}, if somebody has called {@link #hurry} since the last time. */
    void followInAHurry() {
        if (hurried) {
            follow();
        }
    }

    /** Tells of what has begun and ended since the last time, and writes it down. */
    synchronized void follow() {
        hurried = false;
        if (!remember()) {
            return;
        }
        Instant now = clock.instant();
        Map<Key, CampaignNews> open = new LinkedHashMap<>();
        open().forEach(news -> open.put(Key.of(news), news));
        List<CampaignNews> over = new ArrayList<>();
        known.forEach((key, news) -> {
            if (!open.containsKey(key)) {
                over.add(news);
            }
        });
        over.forEach(news -> end(news, now));
        boolean isUrgent = !over.isEmpty();
        for (Map.Entry<Key, CampaignNews> each : open.entrySet()) {
            isUrgent |= take(each.getKey(), each.getValue());
        }
        if (isUrgent || !now.isBefore(written.plus(WRITE_EVERY))) {
            written = now;
            write();
        }
    }

    /** Takes in what a campaign has come to; gives whether it is one that has just begun. */
    private boolean take(Key key, CampaignNews news) {
        CampaignNews before = known.get(key);
        if (news.equals(before) || (before == null && known.size() >= MOST)) {
            return false;
        }
        known.put(key, news);
        unwritten.put(key, new CampaignRecord(news, Optional.empty()));
        if (before == null) {
            listener.campaignOpened(news);
        }
        return before == null;
    }

    /** Writes down what is known, for the end of the guard. */
    synchronized void close() {
        written = Instant.MIN;
        follow();
    }

    /** The campaigns that go on, as they are now; the one seen last first. */
    List<CampaignNews> open() {
        return book.open(clock.instant()).stream()
                .sorted(Comparator.comparing(CampaignNews::last).reversed().thenComparing(CampaignNews::name))
                .toList();
    }

    /** The same, for a list of all; with {@code all} also those that are over, the latest first. */
    List<CampaignRecord> list(boolean all) throws LedgerException {
        Map<Key, CampaignRecord> list = new LinkedHashMap<>();
        open().forEach(news -> list.put(Key.of(news), new CampaignRecord(news, Optional.empty())));
        if (all) {
            for (CampaignRecord past : ledger.campaigns(MOST)) {
                // One that is open in the ledger alone has just ended, and is written down so within seconds.
                CampaignRecord ended = past.over().isPresent()
                        ? past
                        : new CampaignRecord(past.news(), Optional.of(past.news().last()));
                list.putIfAbsent(Key.of(past.news()), ended);
            }
        }
        return List.copyOf(list.values());
    }

    private void end(CampaignNews news, Instant now) {
        Key key = Key.of(news);
        known.remove(key);
        unwritten.put(key, new CampaignRecord(news, Optional.of(now)));
        listener.campaignClosed(news);
    }

    /** Learns once what went on when the guard before this one ended; nothing can be told before. */
    private boolean remember() {
        if (!remembers) {
            try {
                ledger.openCampaigns().forEach(campaign -> known.put(Key.of(campaign.news()), campaign.news()));
                remembers = true;
            } catch (LedgerException e) {
                LOG.debug("The campaigns of before could not be read.", e);
            }
        }
        return remembers;
    }

    /** What cannot be written is tried again next time; of a campaign only the last counts. */
    private void write() {
        try {
            ledger.keep(unwritten.values());
            unwritten.clear();
        } catch (LedgerException e) {
            LOG.warn("Campaigns could not be written down. {}", Faults.words(e));
            while (unwritten.size() > MOST) {
                unwritten.remove(unwritten.keySet().iterator().next());
            }
        }
    }
}
