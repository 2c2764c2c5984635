package bailiff.evidence.site;

import bailiff.net.Cidr;

/**
 * Of which sources somebody has spoken of late, so that what another tells of the same attempt is not counted again.
 *
 * <p>Not thread-safe.
 */
final class Spoken {

    /** Sources remembered: a flood drives out who came before, some seconds of which are enough. At 300 bytes each. */
    private static final int ROOM = 4_096;

    /** In seconds: how much later a web server tells of an attempt than WordPress; and clocks in whole seconds. */
    private static final long APART = 30;

    private static final class Times {
        private final Moments happened = new Moments(APART);
        private final Moments heard = new Moments(HeldBack.SECONDS);
    }

    private final Recent<Cidr, Times> sources = new Recent<>(ROOM);

    /**
     * Somebody told of an attempt.
     *
     * @param now the second in which he did, by the clock of whoever reads
     */
    void of(Attempt attempt, long now) {
        Times times = sources.of(attempt.source(), _ -> new Times());
        times.happened.add(attempt.second());
        times.heard.add(now);
    }

    /**
     * Whether somebody told of such an attempt: one of the same source, at the same time or, since clocks and zones of
     * logs differ, at the same moment of reading.
     */
    boolean knows(Attempt attempt, long now) {
        Times times = sources.find(attempt.source());
        return times != null && (times.happened.has(attempt.second()) || times.heard.has(now));
    }
}
