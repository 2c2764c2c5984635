package bailiff.ledger;

import java.time.Duration;

/**
 * How much the ledger keeps, and how long it waits.
 *
 * @param openFailures failures of one jail that may yet lead to a ban; beyond it those with the oldest times are
 *     dropped
 * @param endedBans bans that are over; beyond it {@link Ledger#purge} drops those that ended first. Bans that run are
 *     never dropped
 * @param evidence failures that are kept with a ban: the last ones before it
 * @param bytes the size of the database file, not counting its write-ahead log; beyond it commits fail as on a full
 *     disk
 * @param patience how long to wait for another program that holds the database locked
 */
public record Bounds(int openFailures, int endedBans, int evidence, long bytes, Duration patience) {

    /**
     * 250,000 open failures a jail (75 MB with lines of common length, and as many as the engine has room for), 100,000
     * ended bans, 10 failures of evidence, 4 GiB, 2 seconds.
     */
    public static final Bounds DEFAULT = new Bounds(250_000, 100_000, 10, 4L << 30, Duration.ofSeconds(2));
}
